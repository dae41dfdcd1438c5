"""What pydantic found wrong, in words for people in both languages."""

import re
from typing import Any

from pydantic_core import ErrorDetails

from contracts.base import Words
from kit.files.errors import quoted

_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_NUMBER = Words(en="is no number", id="bukan angka"), Words(en="write a number, e.g. 12.5", id="tulis angka, mis. 12.5")
_WHOLE = (
    Words(en="is no whole number", id="bukan bilangan bulat"),
    Words(en="write digits alone", id="tulis angka saja"),
)
_YES_NO = (
    Words(en="is neither true nor false", id="bukan true atau false"),
    Words(en="write true or false", id="tulis true atau false"),
)
_LIST = (
    Words(en="is no list", id="bukan daftar"),
    Words(en="begin each line with '- '", id="awali tiap baris dengan '- '"),
)
_FIELDS = (
    Words(en="has no fields", id="tidak memiliki isian"),
    Words(en="write 'name: value' below it, indented", id="tulis 'nama: nilai' di bawahnya, menjorok"),
)
_DAY = (
    Words(en="is no date", id="bukan tanggal"),
    Words(en="write year-month-day: 2027-01-31", id="tulis tahun-bulan-hari: 2027-01-31"),
)
_TEXT = Words(en="is no text", id="bukan teks"), Words(en="write it in quotation marks", id="tulis dalam tanda kutip")
_FOUND: dict[str, tuple[Words, Words]] = {
    "missing": (Words(en="is missing", id="tidak ada"), Words(en="add it", id="tambahkan")),
    "enum": (
        Words(en="is none of {expected}", id="bukan salah satu dari {expected}"),
        Words(en="use one of these words", id="gunakan salah satu kata tersebut"),
    ),
    "extra_forbidden": (
        Words(en="is not known here", id="tidak dikenal di sini"),
        Words(en="remove it, or correct its name", id="hapus, atau perbaiki namanya"),
    ),
    "greater_than": (
        Words(en="is not above {gt}", id="tidak di atas {gt}"),
        Words(en="write more", id="tulis lebih besar"),
    ),
    "greater_than_equal": (
        Words(en="is below {ge}", id="di bawah {ge}"),
        Words(en="write {ge} or more", id="tulis {ge} atau lebih"),
    ),
    "less_than": (
        Words(en="is not below {lt}", id="tidak di bawah {lt}"),
        Words(en="write less", id="tulis lebih kecil"),
    ),
    "less_than_equal": (
        Words(en="is above {le}", id="di atas {le}"),
        Words(en="write {le} or less", id="tulis {le} atau kurang"),
    ),
    "string_too_long": (
        Words(en="is longer than {max_length} characters", id="lebih dari {max_length} huruf"),
        Words(en="shorten it", id="persingkat"),
    ),
    "string_too_short": (
        Words(en="is shorter than {min_length} characters", id="kurang dari {min_length} huruf"),
        Words(en="write more", id="tulis lebih lengkap"),
    ),
    "too_long": (
        Words(en="has more than {max_length} entries", id="lebih dari {max_length} butir"),
        Words(en="remove some", id="kurangi"),
    ),
    "too_short": (
        Words(en="has fewer than {min_length} entries", id="kurang dari {min_length} butir"),
        Words(en="add some", id="tambahkan"),
    ),
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "date_from_datetime_parsing": _DAY,
    "string_type": _TEXT,
}
_UNNAMED = Words(en="fix the value", id="perbaiki nilainya")


def in_words(error: ErrorDetails) -> tuple[tuple[str, str], tuple[str, str]]:
    """What is wrong and how to fix it."""
    where = ".".join(quoted(part) for part in error["loc"])
    if error["type"] not in _FOUND:  # our own checks, which say it themselves
        message = error["msg"].removeprefix("Value error, ")
        at, di = where or "the policy", where or "kebijakan"
        return (f"{at}: {message}", f"{di}: nilai '{quoted(error['input'])}' tidak sah ({message})"), _both(_UNNAMED)
    wrong, fix = _FOUND[error["type"]]
    if error["type"] == "missing":
        return _both(wrong, before=f"'{where}' "), _both(fix)
    if (point := _with_a_point(error["input"])) is not None and wrong is _NUMBER[0]:
        fix = Words(en=f"write decimals with a point: {point}", id=f"tulis desimal dengan titik: {point}")
    return _both(wrong, error.get("ctx"), before=f"{where}: '{quoted(error['input'])}' "), _both(fix, error.get("ctx"))


def _with_a_point(given: object) -> str | None:
    """``50.0`` where somebody wrote ``50,0``, as people do in Indonesia."""
    return given.replace(",", ".") if isinstance(given, str) and _COMMA.fullmatch(given) else None


def _both(words: Words, values: dict[str, Any] | None = None, *, before: str = "") -> tuple[str, str]:
    english = dict(values or {})
    indonesian = {name: value.replace(" or ", " atau ") for name, value in english.items() if isinstance(value, str)}
    return before + words.en.format_map(english), before + words.id.format_map(english | indonesian)
