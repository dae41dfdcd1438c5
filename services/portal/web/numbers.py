"""Numbers as people write them: a decimal comma in Indonesian, no zeros that say nothing."""

from decimal import Decimal


def figure(language: str, value: str | Decimal | float | None) -> str:
    """``12,5`` for ``12.5000``; empty where there is none."""
    if value is None or value == "":
        return ""
    shown = f"{Decimal(str(value)):f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", ",") if language == "id" else shown
