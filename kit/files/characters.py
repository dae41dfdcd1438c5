"""Characters that no text holds: nobody sees them, PostgreSQL stores some of them nowhere, and JSON others."""

import re

from kit.files.errors import FileErrors, Place, quoted

# C0 controls without tab and line breaks, DEL, C1 controls, and halves of surrogate pairs.
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_FIX = (
    "delete the cell or value and type it again",
    "hapus isi sel atau nilai itu, lalu ketik ulang",
)

# What is between words, or nothing at all, though it has a code: breaks, controls, blanks that do not break.
_BLANKS = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_NOTHING = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def one_line(text: str) -> str:
    """Without controls, line breaks and what nobody sees; several blanks are one. The same class of text stays."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    kept = _BLANKS.sub(" ", _NOTHING.sub("", text))
    return kept if type(text) is str else type(text)(kept)


def judge_characters(text: str, place: Place, errors: FileErrors) -> bool:
    """Whether a text holds none of them; the first is noted."""
    found = UNWANTED.search(text)
    if found is None:
        return True
    code, around = f"U+{ord(found[0]):04X}", quoted(text[max(0, found.start() - 10) : found.start() + 10])
    wrong = (
        f"there is a character that cannot be seen, {code}, in '{around}'",
        f"ada karakter yang tidak terlihat, {code}, dalam '{around}'",
    )
    errors.add(place, wrong, _FIX)
    return False
