"""Numbers as people write them: a decimal comma in Indonesian, no zeros that say nothing; and the number of a page."""

import re
from decimal import Decimal

MOST_PAGES = 100_000
"""No list has more; the database counts the rows before a page in 64 bits."""
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,10})?")
_GROUPS = {"id": ".", "en": ","}
_GROUPED = {
    "id": re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?"),
    "en": re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"),
}
"""What stands between thousands in one language stands before decimals in the other."""


def number(language: str, typed: str) -> Decimal:
    """What somebody typed; raises ValueError for what is none.

    ``1.500`` is fifteen hundred in Indonesian and one and a half in English; ``12,5`` and ``12.5`` are the same in both.
    """
    text = typed.replace(" ", "")
    if _GROUPED[language].fullmatch(text):
        text = text.replace(_GROUPS[language], "")
    if not _PLAIN.fullmatch(text):
        raise ValueError(typed)
    return Decimal(text.replace(",", "."))


def figure(language: str, value: str | Decimal | float | None) -> str:
    """``12,5`` for ``12.5000``; empty where there is none."""
    if value is None or value == "":
        return ""
    shown = f"{Decimal(str(value)):f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", ",") if language == "id" else shown


def page_number(typed: str) -> int:
    """The number of a page as an address has it: from 1 to :data:`MOST_PAGES`; what is none is the first page."""
    if not (typed.isascii() and typed.isdecimal()):
        return 1
    # Of thousands of digits, which Python refuses to read, the first ones say enough: they are beyond the bound.
    return max(1, min(int(typed.lstrip("0")[:7] or "0"), MOST_PAGES))
