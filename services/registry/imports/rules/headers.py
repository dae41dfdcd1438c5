"""Recognises the columns of an office's own table of people by what stands above them: English, Indonesian, SIASN's names."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kit.files.lines import RawLine

_SAID: dict[str, tuple[str, ...]] = {
    "nip": (
        "nip", "nip baru", "nip pegawai", "nomor induk pegawai", "nip id", "nip ni pppk", "nip nippppk", "nip nipppk", "ni pppk",
        "nip nik", "no induk pegawai", "nomor induk", "nipbaru", "employee number", "civil servant number", "data pegawai nip",
    ),
    "name": (
        "nama", "name", "nama pegawai", "nama lengkap", "nama asn", "nama pns", "full name", "employee name",
        "nama dan gelar", "nama gelar", "data pegawai nama",
    ),
    "title_before": ("gelar depan", "gelar dpn", "title before", "gelar di depan", "gelar akademik depan"),
    "title_after": ("gelar belakang", "gelar blk", "title after", "gelar di belakang", "gelar akademik belakang"),
    "employment_type": (
        "employment type", "status cpns pns", "jenis kepegawaian", "status kepegawaian", "status kepeg", "status pegawai",
        "jenis asn", "status asn", "jenis pegawai", "pns pppk", "employment", "kategori pegawai",
    ),
    "grade": (
        "grade", "golongan", "gol", "gol ruang", "golongan ruang", "gol akhir", "golongan akhir", "gol ruang akhir",
        "pangkat golongan", "pangkat gol", "pangkat gol ruang", "pangkat golongan ruang", "gol akhir nama", "golru",
        "pangkat golongan gol", "pangkat golongan golongan", "golongan terakhir", "pangkat dan golongan",
    ),
    "rank": ("pangkat", "pangkat akhir", "pangkat golongan pangkat", "rank", "pangkat terakhir"),
    "position": (
        "position", "jabatan", "nama jabatan", "jabatan nama", "job title", "jabatan terakhir", "jabatan nama jabatan",
        "nama jabatan terakhir", "position title",
    ),
    "position_kind": (
        "position kind", "jenis jabatan", "jabatan jenis", "jenjang jabatan", "jabatan jenjang", "jenjang", "level jabatan",
        "jabatan jenis jabatan", "tingkat jabatan", "jenis jabatan nama",
    ),
    "echelon": ("eselon", "echelon", "eselon jabatan", "jabatan eselon"),
    "unit_code": (
        "unit code", "kode unit", "kode unor", "kode unit kerja", "kode opd", "nama unor", "unor", "unor nama", "unit kerja",
        "nama unit kerja", "unit organisasi", "unit", "perangkat daerah", "opd", "skpd", "satuan kerja", "bidang", "bagian",
        "instansi", "department", "unit name", "nama opd",
    ),
    "head": ("head", "kepala", "kepala unit", "pimpinan", "kepala unit kerja", "is head", "pimpinan unit"),
    "rater_nip": (
        "rater nip", "nip atasan", "nip atasan langsung", "nip penilai", "nip pejabat penilai", "atasan langsung nip",
        "pejabat penilai nip", "atasan nip", "atasan langsung", "atasan", "pejabat penilai", "nama atasan langsung",
        "nama atasan", "nama pejabat penilai", "atasan langsung nama", "pejabat penilai nama", "superior", "supervisor",
    ),
    "email": ("email", "e mail", "surel", "alamat email", "alamat surel", "email address", "alamat e mail", "email pegawai"),
    "roles": ("roles", "peran", "role", "peran aplikasi"),
    "language": ("language", "bahasa"),
    "since": ("since", "sejak", "tmt atasan", "tmt penilai", "dinilai sejak", "atasan sejak"),
    "active": ("active", "status aktif", "aktif", "kedudukan hukum"),
}  # fmt: skip
FIELDS = tuple(_SAID)
_MEANS = {said: (field, rank) for field, all_said in _SAID.items() for rank, said in enumerate(all_said)}
_UNUSED = [
    "no",
    "nomor",
    "tempat",
    "jenis",
    "kelamin",
    "agama",
    "nik",
    "hp",
    "telepon",
    "alamat",
    "tmt",
    "pendidikan",
    "masa",
    "kerja",
    "npwp",
    "karpeg",
    "tahun",
    "lulus",
    "tanggal",
    "lahir",
    "foto",
    "keterangan",
    "ket",
    "usia",
    "umur",
    "induk",
    "kppn",
    "kpkn",
    "lokasi",
]
_NIP = re.compile(r"\d{15,}")
_TYPES = re.compile(r"\b(?:c?pns|pppk|p3k|pegawai negeri|perjanjian kerja)\b", re.IGNORECASE)
LEAST = 3
"""Columns that must be recognised before a line counts as a header."""
_CLOSE = 0.88


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: where it stands, what its columns are called and what they mean."""

    line: int
    after: int
    """Lines of the list that belong to the header and what is above it."""
    labels: tuple[str, ...]
    """Each once, so that a column can be named."""
    columns: dict[str, int]
    """By field, from 0."""
    near: frozenset[str] = frozenset()
    """Fields whose names are only similar."""
    rows: int = 1
    """Lines of the header itself."""


def key(text: str) -> str:
    """Letters and digits alone, small, one blank between words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def score(lines: Sequence[RawLine]) -> int:
    """How many columns of people the best of these lines names; 0 if none is a header."""
    found = find(lines)
    return 0 if found is None else len(found.columns)


def find(lines: Sequence[RawLine]) -> Header | None:
    """The header among the first lines: the one that names most, of one line or of two that belong together."""
    best: Header | None = None
    for header in _headers(lines):
        if len(header.columns) >= LEAST and (best is None or _names_more(header, best)):
            best = header
    return best


def _names_more(header: Header, best: Header) -> bool:
    """A line that names as much by itself as together with a title above it is the header alone."""
    return (len(header.columns), -header.rows) > (len(best.columns), -best.rows)


def _headers(lines: Sequence[RawLine]) -> Iterator[Header]:
    for at, (number, cells) in enumerate(lines):
        if any(_NIP.search(cell.replace(" ", "")) for cell in cells):
            return
        below = [cells for _, cells in lines[at + 1 :]]
        yield _header(number, at + 1, list(cells), below)
        if below and not any(_NIP.search(cell.replace(" ", "")) for cell in below[0]):
            yield replace(_header(number, at + 2, _joined(cells, below[0]), below[1:]), rows=2)


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two lines of a header as one: what is merged over several columns stands in the first alone."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    over, names = "", list[str]()
    for up, low in zip(upper, lower, strict=True):
        over = up or (over if low else "")
        both = f"{over} {low}".strip()
        alone = low and key(both) not in _MEANS and (key(low) in _MEANS or key(low) in ("no", "nomor"))
        names.append(low if alone else both)
    return names


def _header(line: int, after: int, cells: list[str], below: Sequence[Sequence[str]]) -> Header:
    while cells and not cells[-1].strip():
        cells.pop()
    ranked: dict[str, tuple[int, int]] = {}
    near: set[str] = set()
    for at, cell in enumerate(cells):
        field, rank, close = _meaning(key(cell), at, below)
        if field and (field not in ranked or rank < ranked[field][0]):
            ranked[field] = rank, at
            near = near | {field} if close else near - {field}
    return Header(line, after, labels(cells), {name: at for name, (_, at) in ranked.items()}, frozenset(near))


def _meaning(said: str, at: int, below: Sequence[Sequence[str]]) -> tuple[str, int, bool]:
    if said in _MEANS:
        return *_MEANS[said], False
    if said == "status":
        types = any(_TYPES.search(cells[at]) for cells in below if at < len(cells))
        return ("employment_type" if types else "active"), 50, False
    if not said or len(said) < 5 or said.split(maxsplit=1)[0] in _UNUSED:
        return "", 0, False
    close = difflib.get_close_matches(said, _MEANS, n=1, cutoff=_CLOSE)
    return (_MEANS[close[0]][0], 100, True) if close else ("", 0, False)


def labels(cells: Sequence[str]) -> tuple[str, ...]:
    """What each column is called, so that no two are called the same."""
    found: list[str] = []
    for at, cell in enumerate(cells, start=1):
        name = cell.strip() or f"({at})"
        found.append(f"{name} ({at})" if name in found else name)
    return tuple(found)
