"""What people are called and graded by what their unit does and how high they stand."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Post:
    """A position with the grades and degrees that go with it."""

    title: str
    kind: str
    grades: tuple[str, ...]
    contract_grade: str = ""
    """Of a PPPK; empty where only a PNS may sit."""
    degrees: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Workplace:
    """A unit as far as its posts depend on it."""

    code: str
    name: str
    kind: str

    @property
    def short_name(self) -> str:
        """``Kecamatan Barangin`` -> ``Barangin``."""
        return self.name.partition(" ")[2] or self.name


_HEADS = {
    "SECRETARIAT": ("Sekretaris {}", "JPT_PRATAMA"),
    "INSPECTORATE": ("Inspektur {}", "JPT_PRATAMA"),
    "OFFICE": ("Kepala {name}", "JPT_PRATAMA"),
    "AGENCY": ("Kepala {name}", "JPT_PRATAMA"),
    "HOSPITAL": ("Direktur {name}", "JPT_PRATAMA"),
    "DISTRICT": ("Camat {}", "ADMINISTRATOR"),
    "SUBDISTRICT": ("Lurah {}", "PENGAWAS"),
    "HEALTH_CENTRE": ("Kepala {name}", "AHLI_MADYA"),
    "SCHOOL": ("Kepala {name}", "AHLI_MADYA"),
}
_GRADES = {
    "JPT_PRATAMA": ("IV/b", "IV/c", "IV/d"),
    "ADMINISTRATOR": ("III/d", "IV/a", "IV/b"),
    "PENGAWAS": ("III/c", "III/d"),
    "AHLI_MADYA": ("IV/a", "IV/b"),
}
_SECTIONS = {
    "health": ("Pelayanan Kesehatan", "Pencegahan Penyakit", "Kesehatan Masyarakat", "Sumber Daya Kesehatan"),
    "education": ("Pembinaan SD", "Pembinaan SMP", "Guru dan Tenaga Kependidikan", "Kurikulum"),
    "people": ("Penilaian Kinerja Aparatur", "Mutasi dan Promosi", "Pengembangan Kompetensi", "Pengadaan Pegawai"),
    "audit": ("Pengawasan Wilayah I", "Pengawasan Wilayah II", "Pengawasan Wilayah III", "Investigasi"),
    "area": ("Pemerintahan", "Pelayanan Umum", "Pemberdayaan Masyarakat", "Ketenteraman dan Ketertiban"),
    "general": ("Tata Usaha", "Program dan Evaluasi", "Pelayanan", "Keuangan"),
}
_STAFF = {
    "health": (
        Post("Perawat Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.Kep., Ns.",)),
        Post("Bidan Terampil", "TERAMPIL", ("II/c", "II/d"), "VII", ("A.Md.Keb.",)),
        Post("Dokter Ahli Muda", "AHLI_MUDA", ("III/c", "III/d"), "", ("dr.",)),
        Post("Sanitarian Mahir", "MAHIR", ("III/a", "III/b"), "", ("A.Md.KL.",)),
        Post("Penyuluh Kesehatan Masyarakat Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.K.M.",)),
        Post("Pengelola Layanan Kesehatan", "PELAKSANA", ("II/c", "II/d", "III/a"), "V"),
    ),
    "education": (
        Post("Guru Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.Pd.",)),
        Post("Guru Ahli Muda", "AHLI_MUDA", ("III/c", "III/d"), "", ("S.Pd.", "S.Pd., M.Pd.")),
        Post("Pengawas Sekolah Ahli Madya", "AHLI_MADYA", ("IV/a", "IV/b"), "", ("S.Pd., M.Pd.",)),
        Post("Pengelola Data Pendidikan", "PELAKSANA", ("II/c", "II/d", "III/a"), "V", ("", "A.Md.")),
    ),
    "people": (
        Post("Analis SDM Aparatur Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.A.P.", "S.IP.")),
        Post("Analis SDM Aparatur Ahli Muda", "AHLI_MUDA", ("III/c", "III/d"), "", ("S.A.P., M.Si.", "S.Psi.")),
        Post("Assessor SDM Aparatur Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.Psi.",)),
        Post("Pengelola Kepegawaian", "PELAKSANA", ("II/c", "II/d", "III/a"), "V", ("", "A.Md.")),
    ),
    "audit": (
        Post("Auditor Ahli Muda", "AHLI_MUDA", ("III/c", "III/d"), "", ("S.E., Ak.", "S.H.")),
        Post("Auditor Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.E.", "S.Ak.")),
        Post("Pengawas Penyelenggaraan Urusan Pemerintahan Ahli Muda", "AHLI_MUDA", ("III/c", "III/d"), "", ("S.H.",)),
        Post("Auditor Penyelia", "PENYELIA", ("III/c", "III/d"), "", ("A.Md.Ak.",)),
    ),
    "area": (
        Post("Pengelola Pelayanan Umum", "PELAKSANA", ("II/c", "II/d", "III/a"), "V", ("", "A.Md.")),
        Post("Pengadministrasi Kependudukan", "PELAKSANA", ("II/b", "II/c"), "V"),
        Post("Penyuluh Sosial Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.Sos.",)),
        Post("Analis Pemberdayaan Masyarakat", "PELAKSANA", ("III/a", "III/b"), "IX", ("S.IP.", "S.Sos.")),
    ),
    "general": (
        Post("Pengadministrasi Umum", "PELAKSANA", ("II/b", "II/c"), "V"),
        Post("Perencana Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.E.", "S.T.")),
        Post("Pranata Komputer Ahli Pertama", "AHLI_PERTAMA", ("III/a", "III/b"), "IX", ("S.Kom.", "S.T.")),
        Post("Analis Kebijakan Ahli Muda", "AHLI_MUDA", ("III/c", "III/d"), "", ("S.E., M.Si.", "S.H., M.H.")),
        Post("Arsiparis Terampil", "TERAMPIL", ("II/c", "II/d"), "VII", ("A.Md.",)),
        Post("Bendahara", "PELAKSANA", ("III/a", "III/b"), "IX", ("S.E.", "S.Ak.")),
    ),
}
_LEADER_DEGREES = ("S.E., M.Si.", "S.H., M.H.", "S.Sos., M.Si.", "S.STP., M.AP.", "S.IP.")
_NUMERALS = ("", " II", " III", " IV", " V", " VI", " VII", " VIII")


def field_of(unit: Workplace) -> str:
    """What the unit works on."""
    name = unit.name.lower()
    if unit.kind in ("HOSPITAL", "HEALTH_CENTRE") or "kesehatan" in name:
        return "health"
    if unit.kind == "SCHOOL" or "pendidikan" in name:
        return "education"
    if "kepegawaian" in name:
        return "people"
    if unit.kind == "INSPECTORATE":
        return "audit"
    return "area" if unit.kind in ("DISTRICT", "SUBDISTRICT") else "general"


def head_post(unit: Workplace) -> Post:
    """Who leads the unit."""
    title, kind = _HEADS[unit.kind]
    shown = title.format(unit.short_name, name=unit.name)
    degrees = ("dr.",) if field_of(unit) == "health" else _LEADER_DEGREES
    grades = ("IV/d",) if unit.code.endswith(".SETDA") else _GRADES[kind]
    return Post(shown, kind, grades, "", degrees)


def leader_post(unit: Workplace, depth: int, number: int) -> Post:
    """Who leads a section (depth 1) or a part of one; raters are at least *pengawas*."""
    topics = _SECTIONS[field_of(unit)]
    topic = topics[number % len(topics)] + _NUMERALS[(number // len(topics)) % len(_NUMERALS)]
    large = unit.kind in ("SECRETARIAT", "INSPECTORATE", "OFFICE", "AGENCY", "HOSPITAL")
    if depth == 1 and large:
        return Post(f"Kepala Bidang {topic}", "ADMINISTRATOR", _GRADES["ADMINISTRATOR"], "", _LEADER_DEGREES)
    rank = "Seksi" if depth <= 2 else "Subseksi"
    return Post(f"Kepala {rank} {topic}", "PENGAWAS", _GRADES["PENGAWAS"], "", _LEADER_DEGREES)


def staff_post(unit: Workplace, luck: Random) -> Post:
    """One who leads nobody."""
    return luck.choice(_STAFF[field_of(unit)])


def auditor_post() -> Post:
    """The panel's members, whatever else the inspectorate has."""
    return _STAFF["audit"][0]
