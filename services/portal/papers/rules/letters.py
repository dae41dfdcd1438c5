"""Which characters the forms' own fonts can show; what people wrote beyond that must not keep a form from being made.

A tagged form may hold no character without a shape (PDF/UA-1, 7.21), and whoever typesets refuses one: a single emoji in
somebody's report would leave the person without a form. So what has no shape here becomes a square that says so.
"""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
MISSING = "\N{WHITE SQUARE}"
"""Stands for a character that the fonts do not have."""
_LONG = re.compile(r"\S{25,}")
_MARKS = "/.,;:_?&=@%+#-"
_PART = re.compile(rf"[^{_MARKS}]{{1,24}}[{_MARKS}]{{0,24}}|[{_MARKS}]{{1,24}}")
"""An address may break after its marks, any other long word after so many letters."""
_GAP = "\N{ZERO WIDTH SPACE}"


def printable(text: str) -> str:
    """The text in what can be shown: composed, without controls, with places where a long word may break."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    shown = composed if composed.isascii() and composed.isprintable() else "".join(map(_shown, composed))
    return _LONG.sub(lambda found: _GAP.join(_PART.findall(found[0])), shown).strip()


def _shown(one: str) -> str:
    if one in {"\n", " "}:
        return one
    kind = unicodedata.category(one)
    # Controls, among them those that turn the direction of writing and could show a name as another, and variants of
    # a shape: they are no letters of their own.
    if kind in ("Cc", "Cf") or "\ufe00" <= one <= "\ufe0f":
        return ""
    if kind in ("Zl", "Zp"):
        return "\n"
    return one if ord(one) in covered() and kind not in ("Cs", "Co", "Cn") else MISSING


@cache
def covered() -> frozenset[int]:
    """Every code point for which one of the fonts has a shape."""
    return frozenset(point for font in sorted(FONTS.glob("*.ttf")) for point in _points(font.read_bytes()))


def _points(font: bytes) -> Iterator[int]:
    """Those of a TrueType font's character map, in the formats that map Unicode (4 and 12)."""
    start = _table(font, b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for number in range(count):
        at = start + struct.unpack_from(">HHI", font, start + 4 + 8 * number)[2]
        if (kind := struct.unpack_from(">H", font, at)[0]) == 4:
            yield from _segments(font, at)
        elif kind == 12:
            yield from _groups(font, at)


def _table(font: bytes, name: bytes) -> int:
    count = struct.unpack_from(">H", font, 4)[0]
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == name:
            return int(offset)
    raise ValueError(f"no {name.decode()} in this font")


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: segments with an offset of the glyph's number, or a list of numbers; number 0 has no shape."""
    half = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts = (struct.unpack_from(f">{half}H", font, place) for place in (at + 14, at + 16 + 2 * half))
    shifts = struct.unpack_from(f">{half}H", font, at + 16 + 4 * half)
    ranges_at = at + 16 + 6 * half
    lists = struct.unpack_from(f">{half}H", font, ranges_at)
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point + shifts[number]
            if lists[number]:
                place = ranges_at + 2 * number + lists[number] + 2 * (point - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            if glyph % 65536:
                yield point


def _groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: runs of code points with the number of the first one's glyph."""
    count = struct.unpack_from(">I", font, at + 12)[0]
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from (point for point in range(first, last + 1) if glyph + point - first)
