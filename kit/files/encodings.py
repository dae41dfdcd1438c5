"""Text files as offices save them: UTF-8, UTF-16, and what Windows writes; how one was read is told as a warning."""

import codecs
import re

from kit.files.errors import FileErrors, Place

_SIGNS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LOOKED_AT = 2_000
"""Bytes in which the zeros of UTF-16 without a sign are looked for."""
_PAGE = re.compile(
    rb"\A\s*(?:<!doctype html|<html|<table|<meta|<\?xml[^>]*>\s*<(?:html|\?mso|workbook))", re.IGNORECASE
)
_SAVE = ("save the file as UTF-8 (in Excel: Save As, CSV UTF-8)", "simpan berkas sebagai UTF-8 (CSV UTF-8 di Excel)")


def is_page(content: bytes) -> bool:
    """Whether it is a web page, whatever its name is; many applications export tables so, and call them .xls."""
    return _PAGE.match(content.removeprefix(codecs.BOM_UTF8)) is not None


def encoding_of(file: str, content: bytes, errors: FileErrors) -> str | None:
    """In which way the text is written, or None with the reason noted."""
    if not content.strip():
        fix = ("send one with content", "kirim berkas yang berisi")
        errors.add(Place(file), ("the file is empty", "berkas kosong"), fix)
        return None
    found = _signed(content) or ("utf-8" if _broken(content, "utf-8") is None else "cp1252")
    broken = _broken(content, found) if found != "utf-8" else None
    if broken is None and not found.startswith("utf-16"):
        broken = content.find(b"\x00") if b"\x00" in content else None
    if broken is not None:
        line, bad = content.count(b"\n", 0, broken) + 1, content[broken]
        wrong = (f"byte 0x{bad:02x} is no text in {found}", f"bita 0x{bad:02x} bukan teks dalam {found}")
        errors.add(Place(file, line), wrong, _SAVE)
        return None
    if found not in ("utf-8", "utf-8-sig"):
        told = (f"read as {found}: look at names with marks", f"dibaca sebagai {found}: periksa nama bertanda baca")
        errors.warn(Place(file), told, _SAVE)
    return found


def _signed(content: bytes) -> str | None:
    found = next((name for sign, name in _SIGNS if content.startswith(sign)), None)
    if found is None and len(content) > 1:
        even, odd = content[:_LOOKED_AT:2].count(0), content[1:_LOOKED_AT:2].count(0)
        half = min(len(content), _LOOKED_AT) / 5
        return "utf-16-le" if odd > half > even else "utf-16-be" if even > half > odd else None
    return found


def _broken(content: bytes, encoding: str) -> int | None:
    """The first byte that is none of the encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return None
