"""Why somebody of the scope would not take part in a cycle, and what would keep it from being opened."""

from enum import StrEnum

from contracts.base import Words


class Missing(StrEnum):
    """Why a person is not in."""

    LEFT = "LEFT"
    NOT_COVERED = "NOT_COVERED"
    UNIT_CLOSED = "UNIT_CLOSED"
    OTHER_POLICY = "OTHER_POLICY"
    OTHER_PERIOD = "OTHER_PERIOD"

    @property
    def words(self) -> Words:
        """Said to the office, with how to mend it."""
        return _WORDS[self]


_WORDS = {
    Missing.LEFT: Words(
        en="no longer in service; if that is wrong, correct the record in the registry",
        id="tidak lagi bertugas; bila keliru, perbaiki data di registri",
    ),
    Missing.NOT_COVERED: Words(
        en="not appraised in this status (PermenPANRB 6/2022, L II.C.8); if that is wrong, correct the status",
        id="tidak dinilai dalam status ini (PermenPANRB 6/2022, L II.C.8); bila keliru, perbaiki statusnya",
    ),
    Missing.UNIT_CLOSED: Words(
        en="the unit is no longer active: transfer the person to one that is",
        id="unit tidak aktif lagi: pindahkan pegawai ke unit yang aktif",
    ),
    Missing.OTHER_POLICY: Words(
        en="the unit has a policy of its own: a cycle of that scope covers it",
        id="unit memiliki kebijakan sendiri: siklus cakupan itu yang mencakupnya",
    ),
    Missing.OTHER_PERIOD: Words(
        en="the unit is appraised over another period: a cycle of that length covers it",
        id="unit dinilai dengan periode lain: siklus sepanjang itu yang mencakupnya",
    ),
}


class Remark(StrEnum):
    """What the office should see to about somebody who is in."""

    NOBODY_RATES = "NOBODY_RATES"
    RATER_NOT_KNOWN = "RATER_NOT_KNOWN"


def nobody_takes_part(scope: str, months: int) -> Words:
    """The scope has nobody for a cycle of this length."""
    return Words(
        en=f"no unit of {scope} with people in it has a period that divides {months} months",
        id=f"belum ada unit {scope} berpegawai yang periodenya membagi {months} bulan",
    )


def raters_are_missing(people: int) -> Words:
    """Relations cannot be frozen yet."""
    return Words(
        en=f"the raters of {people} people have not arrived: import them, or correct the raters",
        id=f"penilai {people} pegawai belum diterima: impor penilainya atau perbaiki datanya",
    )


def twice(people: int, name: str) -> Words:
    """Somebody would be appraised twice for the same days."""
    return Words(
        en=f"{people} people are appraised for some of these days in {name}: open with overlapping: true if that is meant",
        id=f"{people} pegawai sudah dinilai untuk sebagian hari ini dalam {name}: buka dengan overlapping: true bila dikehendaki",
    )
