"""NIPs and addresses as they are written: with an apostrophe, dots, blanks of every kind, remarks beside."""

import re
import unicodedata

from kit.files.answers import Found, Wrong, is_nothing

_BETWEEN = re.compile("[\\s.'\u2019\u2018`\u00b4\\-_/\u00ad\u200b-\u200f\u2060\ufeff]+")
_LABEL = re.compile(r"^(?:nip|ni ?pppk)\b[\s.:]*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{2}|\d{15,18}[.,]0+")
_INSIDE = re.compile(r"(?<!\d)(\d(?:[\s.]?\d){17})(?!\d)")
_ADDRESS = re.compile(r"[^@\s,;/]+@[^@\s,;/]+\.[^@\s,;/]+")
LOST = (
    "a spreadsheet kept fifteen of the eighteen digits: this number is lost",
    "lembar kerja hanya menyimpan lima belas dari delapan belas digit: nomor ini hilang",
)
AGAIN = (
    "format the column as text and take the numbers from their source again",
    "ubah format kolom menjadi teks dan ambil kembali nomor dari sumbernya",
)


def nip(text: str) -> Found:
    """The digits alone; whether they are a NIP is judged elsewhere."""
    if text.isascii() and text.isdigit():
        return text
    plain = _LABEL.sub("", unicodedata.normalize("NFKC", text).strip())
    if _SCIENTIFIC.fullmatch(plain):
        return Wrong(LOST, AGAIN)
    return _BETWEEN.sub("", plain)


def nips_inside(text: str) -> list[str]:
    """Each number of eighteen digits in a text with remarks, once."""
    plain = unicodedata.normalize("NFKC", text)
    return list(dict.fromkeys(_BETWEEN.sub("", one) for one in _INSIDE.findall(plain)))


def email(text: str) -> Found:
    """One address, or nothing."""
    said = text.strip()
    if is_nothing(said):
        return ""
    found = _ADDRESS.findall(said)
    if len(found) > 1:
        wrong = f"there are two addresses in the cell: '{text}'", f"ada dua alamat dalam satu sel: '{text}'"
        return Wrong(wrong, ("keep the one that the person reads", "pertahankan yang dibaca pegawai itu"))
    if len(found) == 1 and said.removeprefix("mailto:").strip("<>.") == found[0].strip("<>."):
        return str(found[0]).removeprefix("mailto:").strip("<>.")
    wrong = f"'{text}' is no e-mail address", f"'{text}' bukan alamat surel"
    return Wrong(wrong, ("e.g. siti@palembang.example, or empty", "contoh: siti@palembang.example, atau kosong"))
