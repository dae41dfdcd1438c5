"""Bytes of a text file to text; a wrong encoding is noted with the line it begins on."""

import codecs

from kit.files.characters import UNWANTED, judge_characters
from kit.files.errors import FileErrors, Place

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIX = (
    "save the file as UTF-8 (in Excel: Save As, CSV UTF-8)",
    "simpan berkas sebagai UTF-8 (di Excel: Simpan Sebagai, CSV UTF-8)",
)


def decode(file: str, content: bytes, errors: FileErrors) -> str | None:
    """The text, a byte order mark removed; None if there is none to read."""
    if content.startswith(_UTF16):
        errors.add(Place(file), ("the file is UTF-16, not UTF-8", "berkas berenkode UTF-16, bukan UTF-8"), _FIX)
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _not_utf8(file, content, error.start, errors)
        return None
    if not text.strip():
        errors.add(
            Place(file), ("the file is empty", "berkas kosong"), ("send one with content", "kirim berkas yang berisi")
        )
        return None
    return text


def judge_text(file: str, text: str, errors: FileErrors) -> bool:
    """Whether the text of a file holds no character that cannot be seen; the first is noted with its line and column."""
    found = UNWANTED.search(text)
    if found is None:
        return True
    start = found.start()
    line_start = text.rfind("\n", 0, start) + 1
    place = Place(file, text.count("\n", 0, start) + 1, start - line_start + 1)
    return judge_characters(text[max(0, start - 10) : start + 10], place, errors)


def _not_utf8(file: str, content: bytes, offset: int, errors: FileErrors) -> None:
    line_start = content.rfind(b"\n", 0, offset) + 1
    before = content[line_start:offset].decode("utf-8", "replace")
    place = Place(file, content.count(b"\n", 0, offset) + 1, len(before) + 1)
    value = content[offset]
    errors.add(
        place,
        (
            f"byte 0x{value:02x} (number {offset + 1} in the file) is not UTF-8",
            f"bita 0x{value:02x} (ke-{offset + 1} dalam berkas) bukan UTF-8",
        ),
        _FIX,
    )
