"""Numbers as people write them: a decimal comma in Indonesian, no zeros that say nothing."""

import re
from decimal import Decimal

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
