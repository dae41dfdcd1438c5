"""How civil servants are employed, and their positions and grades."""

from enum import StrEnum


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


PNS_GRADES = frozenset(
    [f"{rank}/{room}" for rank in ("I", "II", "III") for room in "abcd"] + [f"IV/{room}" for room in "abcde"]
)
PPPK_GRADES = frozenset(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
)
