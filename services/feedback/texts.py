"""Texts that people must really write: feedback, reasons, grounds."""

from kit.errors import Invalid


def required(text: str, *, name: tuple[str, str]) -> str:
    """The text without surrounding blanks; raises Invalid if nothing is left. ``name`` is English and Indonesian."""
    if not (stripped := text.strip()):
        raise Invalid(f"{name[0]} must not be empty", f"{name[1]} tidak boleh kosong")
    return stripped


REASON = ("the reason", "alasan")
