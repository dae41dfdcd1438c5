"""Credit points (angka kredit): percentage of the predicate x yearly coefficient of the level x months / 12."""

from decimal import Decimal
from fractions import Fraction

from kit.errors import Invalid
from scoring.numbers import rounded

COEFFICIENTS: dict[str, Decimal] = {  # points a year by level of the functional post (Peraturan BKN 3/2023)
    "AHLI_PERTAMA": Decimal("12.5"),
    "AHLI_MUDA": Decimal(25),
    "AHLI_MADYA": Decimal("37.5"),
    "AHLI_UTAMA": Decimal(50),
    "PEMULA": Decimal("3.75"),
    "TERAMPIL": Decimal(5),
    "MAHIR": Decimal("12.5"),
    "PENYELIA": Decimal(25),
}
PERCENTAGES: dict[str, Decimal] = {  # by predicate (Peraturan BKN 3/2023)
    "VERY_GOOD": Decimal(150),
    "GOOD": Decimal(100),
    "NEEDS_IMPROVEMENT": Decimal(75),
    "FAIR": Decimal(75),  # PP 30/2019 calls it Cukup
    "POOR": Decimal(50),
    "VERY_POOR": Decimal(25),
}
_YEAR = 12


def credit(level: str, predicate: str, months: int) -> Decimal:
    """Credit points to three places, for 1 to 12 months on the level (Peraturan BKN 3/2023).

    Raises Invalid for other months, and for a level or predicate that the regulation does not name.
    """
    if not 1 <= months <= _YEAR:
        raise Invalid(
            f"months must be 1 to 12, not {months}", f"bulan harus 1 sampai 12, bukan {months}", where="months"
        )
    percent, coefficient = _known("predicate", PERCENTAGES, predicate), _known("level", COEFFICIENTS, level)
    return points(percent, coefficient, months)


def points(percent: Decimal, coefficient: Decimal, months: int) -> Decimal:
    """Percent x coefficient x months / 12, rounded once."""
    # As a fraction to the end: months / 12 has no end as a decimal.
    return rounded(Fraction(percent) / 100 * Fraction(coefficient) * months / _YEAR, places=3)


def _known(what: str, table: dict[str, Decimal], name: str) -> Decimal:
    if name not in table:
        raise Invalid(
            f"{what} {name} is unknown: one of {', '.join(table)}", f"{what} {name} tidak dikenal", where=what
        )
    return table[name]
