"""What pydantic found wrong, in words for people in both languages."""

from pydantic_core import ErrorDetails

from kit.files.errors import quoted

_FIXES = {
    "missing": ("add it", "tambahkan"),
    "enum": ("use one of these words", "gunakan salah satu kata tersebut"),
}


def in_words(error: ErrorDetails) -> tuple[tuple[str, str], tuple[str, str]]:
    """What is wrong and how to fix it."""
    where = ".".join(quoted(part) for part in error["loc"]) or "the policy"
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        return (f"'{where}' is missing", f"'{where}' tidak ada"), _FIXES["missing"]
    wrong = (f"{where}: {message}", f"{where}: nilai '{quoted(error['input'])}' tidak sah ({message})")
    return wrong, _FIXES.get(error["type"], ("fix the value", "perbaiki nilainya"))
