"""The closed vocabularies of master data."""

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit of a city government is."""

    CITY = "CITY"
    """The government as a whole; the root of its units."""
    SECRETARIAT = "SECRETARIAT"
    INSPECTORATE = "INSPECTORATE"
    OFFICE = "OFFICE"
    """Dinas."""
    AGENCY = "AGENCY"
    """Badan."""
    DISTRICT = "DISTRICT"
    """Kecamatan."""
    SUBDISTRICT = "SUBDISTRICT"
    """Kelurahan."""
    HOSPITAL = "HOSPITAL"
    HEALTH_CENTRE = "HEALTH_CENTRE"
    """Puskesmas."""
    SCHOOL = "SCHOOL"
    SECTION = "SECTION"
    """Bagian, bidang, seksi, UPTD."""


class EmploymentType(StrEnum):
    """Civil servant, or government employee with a work agreement."""

    PNS = "PNS"
    PPPK = "PPPK"


class PositionKind(StrEnum):
    """Leading (JPT), administrative (JA) and functional (JF) positions with their levels, as SIASN names them."""

    JPT_UTAMA = "JPT_UTAMA"
    JPT_MADYA = "JPT_MADYA"
    JPT_PRATAMA = "JPT_PRATAMA"
    ADMINISTRATOR = "ADMINISTRATOR"
    PENGAWAS = "PENGAWAS"
    PELAKSANA = "PELAKSANA"
    AHLI_UTAMA = "AHLI_UTAMA"
    AHLI_MADYA = "AHLI_MADYA"
    AHLI_MUDA = "AHLI_MUDA"
    AHLI_PERTAMA = "AHLI_PERTAMA"
    PENYELIA = "PENYELIA"
    MAHIR = "MAHIR"
    TERAMPIL = "TERAMPIL"
    PEMULA = "PEMULA"


class RelationSource(StrEnum):
    """Where a rater relation comes from."""

    HIERARCHY = "HIERARCHY"
    """The personnel office's file."""
    DELEGATION = "DELEGATION"
    """An acting official (Plt, Plh) or another delegate (PermenPANRB 6/2022, L IV.A)."""
    CORRECTION = "CORRECTION"
    """The file is wrong and work must go on."""
    SUPERIOR = "SUPERIOR"
    """The rater is permanently absent: the next superior up (PermenPANRB 6/2022, L IV.A)."""


class ChangeState(StrEnum):
    """Where a change of personnel stands."""

    PLANNED = "PLANNED"
    APPLIED = "APPLIED"
    CANCELLED = "CANCELLED"
    REFUSED = "REFUSED"
    """On its day the rules forbade it, e.g. two people would have rated one another."""


PNS_GRADES = frozenset(
    [f"{rank}/{room}" for rank in ("I", "II", "III") for room in "abcd"] + [f"IV/{room}" for room in "abcde"]
)
PPPK_GRADES = frozenset(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
)
PERIODS = (1, 2, 3, 4, 6, 12)
"""Months that divide a year."""
