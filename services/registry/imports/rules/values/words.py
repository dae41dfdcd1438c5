"""Employment, grade, kind of position, yes and no as they are written in Indonesia."""

import re
import unicodedata

from kit.files.answers import Ask, Found, Wrong, is_nothing
from services.registry.imports.rules.headers import key
from services.registry.servants.rules.positions import PNS_GRADES, PPPK_GRADES, PositionKind

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
_RANKS = dict(
    zip(
        (
            "juru muda", "juru muda tingkat i", "juru", "juru tingkat i",
            "pengatur muda", "pengatur muda tingkat i", "pengatur", "pengatur tingkat i",
            "penata muda", "penata muda tingkat i", "penata", "penata tingkat i",
            "pembina", "pembina tingkat i", "pembina utama muda", "pembina utama madya", "pembina utama",
        ),
        [*(f"{rank}/{room}" for rank in ("I", "II", "III") for room in "abcd"), *(f"IV/{room}" for room in "abcde")],
        strict=True,
    )
)  # fmt: skip
"""PP 99/2000, lampiran I: the name of each rank and room."""
_PNS = re.compile(r"(?<![A-Z0-9])(IV|III|II|I|[1-4])\s*[/.,\s-]?\s*([A-Ea-e])(?![A-Za-z])")
_CODE = re.compile(r"([1-4])([1-5])")
_SHORT = re.compile(r"\bt(?:k|ingkat|kt)\b\.?\s*(?:1|i)\b\.?", re.IGNORECASE)
_YES = frozenset(
    {"yes", "ya", "y", "true", "1", "x", "v", "benar", "betul", "iya", "aktif", "ketua", "pimpinan", "kepala", "kepala unit"}
    | set("✓✔☑√")
)  # fmt: skip
_NO = frozenset(
    {"no", "tidak", "n", "t", "false", "0", "bukan", "salah", "staf", "anggota", "pelaksana", "bukan kepala"}
    | set("✗✘")
)
_LEVELS = (
    ("ahli utama", "AHLI_UTAMA"), ("ahli madya", "AHLI_MADYA"), ("ahli muda", "AHLI_MUDA"), ("ahli pertama", "AHLI_PERTAMA"),
    ("penyelia", "PENYELIA"), ("mahir", "MAHIR"), ("pelaksana lanjutan", "MAHIR"), ("terampil", "TERAMPIL"),
    ("pemula", "PEMULA"), ("pimpinan tinggi utama", "JPT_UTAMA"), ("pimpinan tinggi madya", "JPT_MADYA"),
    ("pimpinan tinggi pratama", "JPT_PRATAMA"), ("jpt utama", "JPT_UTAMA"), ("jpt madya", "JPT_MADYA"),
    ("jpt pratama", "JPT_PRATAMA"), ("jptp", "JPT_PRATAMA"), ("administrator", "ADMINISTRATOR"), ("pengawas", "PENGAWAS"),
    ("pelaksana", "PELAKSANA"), ("fungsional umum", "PELAKSANA"), ("jfu", "PELAKSANA"),
)  # fmt: skip
_ECHELONS = {"ii": "JPT_PRATAMA", "2": "JPT_PRATAMA", "iii": "ADMINISTRATOR", "3": "ADMINISTRATOR"} | {
    "iv": "PENGAWAS", "4": "PENGAWAS", "v": "PELAKSANA", "5": "PELAKSANA", "i": "JPT_MADYA", "1": "JPT_MADYA"
}  # fmt: skip
_ECHELON = re.compile(r"^(?:eselon|esl|es)?\s*(iv|iii|ii|i|v|[1-5])(?:\s*[ab])?$")


def employment(text: str) -> tuple[Found, str | None]:
    """PNS or PPPK, and what the cell says beyond that: CPNS, PART_TIME, SECONDED."""
    said = f" {key(text)} "
    if is_nothing(text):
        return Wrong(
            ("the employment type is empty", "jenis kepegawaian kosong"), ("PNS or PPPK", "PNS atau PPPK")
        ), None
    contract = any(word in said for word in (" pppk ", " p3k ", " perjanjian kerja ", " nippppk "))
    if " cpns " in said or " calon pegawai negeri sipil " in said or " calon pns " in said:
        return "PNS", "CPNS"
    servant = " pns " in said or " pegawai negeri sipil " in said
    if contract and servant:
        return Ask((f"'{text}' names both PNS and PPPK", f"'{text}' menyebut PNS dan PPPK"), ("PNS", "PPPK")), None
    if contract:
        return "PPPK", "PART_TIME" if " paruh waktu " in said or " part time " in said else None
    if servant:
        return "PNS", "SECONDED" if any(
            word in said for word in (" dpb ", " dpk ", " diperbantukan ", " dipekerjakan ")
        ) else None
    wrong = f"unknown employment type '{text}'", f"jenis kepegawaian '{text}' tidak dikenal"
    return Wrong(wrong, ("PNS or PPPK", "PNS atau PPPK")), None


def grade(text: str, *, contract: bool) -> Found:
    """``III/d`` of a PNS, ``IX`` of a PPPK."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in (PPPK_GRADES if contract else PNS_GRADES):
        return plain
    kind = "PPPK" if contract else "PNS"
    span = "I - XVII" if contract else "I/a - IV/e"
    wrong = Wrong(
        (f"'{text}' is no grade of a {kind}", f"'{text}' bukan golongan {kind}"),
        (f"grades are {span}", f"golongan {span}"),
    )
    if is_nothing(plain):
        return wrong
    return (_of_contract(plain) if contract else None) or _of_servant(plain) or wrong


def _of_servant(text: str) -> Found | None:
    said = {f"{ROMAN[int(a) - 1] if a.isdigit() else a.upper()}/{b.lower()}" for a, b in _PNS.findall(_cased(text))}
    if not said and (code := _CODE.fullmatch(text)):
        said = {f"{ROMAN[int(code[1]) - 1]}/{'abcde'[int(code[2]) - 1]}"}
    rank = _rank(text)
    if rank:
        said.add(rank)
    said &= PNS_GRADES
    if len(said) > 1:
        return Ask((f"'{text}' names two grades", f"'{text}' menyebut dua golongan"), tuple(sorted(said)))
    return next(iter(said), None)


def _cased(text: str) -> str:
    """``iii/D`` -> ``III/D``: rooms stay, numerals are capitals."""
    return re.sub(r"(?i)(?<![a-z])(iv|iii|ii|i)(?=\s*[/.,\s-]?\s*[a-e](?![a-z]))", lambda one: one[0].upper(), text)


def _rank(text: str) -> str | None:
    words = key(_SHORT.sub(" tingkat i ", _PNS.sub(" ", text)))
    words = re.sub(r"\b(?:gol|golongan|ruang|pangkat)\b", " ", words)
    return _RANKS.get(" ".join(words.split()))


def _of_contract(text: str) -> str | None:
    found = re.sub(r"(?i)^(?:golongan|gol|kelas|grade)?[.\s:]*", "", text).strip(" .").upper()
    if found.isdigit() and 1 <= int(found) <= len(ROMAN):
        return ROMAN[int(found) - 1]
    return found if found in PPPK_GRADES else None


def position_kind(text: str, *, echelon: str = "", position: str = "") -> Found:
    """The kind, from its own words, else from the echelon, else from a level that the position names."""
    said = key(text)
    if text.strip().upper() in PositionKind.__members__:
        return text.strip().upper()
    for of in (said, key(echelon)):
        if (found := _ECHELON.match(of)) is not None:
            return _ECHELONS[found[1]]
    for of in (said, "" if said.startswith("jabatan pelaksana") else key(position)):
        kinds = {kind for words, kind in _longest(of)}
        if len(kinds) == 1:
            return kinds.pop()
    choices = tuple(PositionKind)
    if said in (
        "struktural",
        "jabatan struktural",
        "fungsional",
        "jabatan fungsional",
        "jf",
        "jft",
        "fungsional tertentu",
        "jabatan fungsional tertentu",
        "jpt",
        "",
    ):
        return Ask((f"'{text}' does not say which level", f"'{text}' tidak menyebut jenjangnya"), choices)
    wrong = f"unknown position kind '{text}'", f"jenis jabatan '{text}' tidak dikenal"
    return Wrong(wrong, (f"one of {', '.join(choices)}", f"salah satu dari {', '.join(choices)}"))


def _longest(said: str) -> list[tuple[str, str]]:
    """Levels that are named; ``pelaksana`` inside ``pelaksana lanjutan`` is not another one."""
    found = [(words, kind) for words, kind in _LEVELS if re.search(rf"\b{words}\b", said)]
    return [one for one in found if not any(one[0] != other[0] and one[0] in other[0] for other in found)]


def yes_or_no(text: str) -> Found:
    """``yes`` or ``no``; nothing is no."""
    said = unicodedata.normalize("NFKC", text).strip().casefold()
    if said in _YES:
        return "yes"
    if said in _NO or is_nothing(said):
        return "no"
    return Wrong((f"'{text}' is neither yes nor no", f"'{text}' bukan ya atau tidak"), ("yes or no", "ya atau tidak"))
