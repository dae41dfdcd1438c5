"""A final result as the national application takes it (PermenPANRB 6/2022 art. 35), and what holds one back.

The names are those of ``skp22/save`` in public connectors to SIASN; docs/export.md says what of it is not known.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from contracts.base import Frozen, Predicate, Rating
from scoring.quadrant import code_of, predicate

_RATINGS = {Rating.ABOVE: 1, Rating.MEETS: 2, Rating.BELOW: 3}


class HoldReason(StrEnum):
    """Why a result is not exported now."""

    NOT_FINAL = "NOT_FINAL"
    OBJECTION_OPEN = "OBJECTION_OPEN"
    """An objection that was admitted after the result was final."""
    NO_RATER = "NO_RATER"
    """Nobody is recorded who rates this official, and the office gave the ratings: record the regional head (L IV.A.12).

    Whoever signed for the office works under the official, and nobody is rated by a subordinate.
    """
    BESIDE_THE_TABLE = "BESIDE_THE_TABLE"
    """The predicate is not that of the two ratings (study leave without a degree): to be entered by hand."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The newest version of one person's result."""

    result_id: UUID
    version: int
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    final: bool
    objection_open: bool
    has_rater: bool = True


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """The person appraised, or who rated: the rater, the rater's superior for a silent one."""

    nip: str
    """Empty: no civil servant."""
    name: str
    position: str
    grade: str
    unit: str


class Record(Frozen):
    """One row of the export; written in SIASN's own spelling (``hasilKinerjaNilai``)."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)

    hasil_id: UUID
    """Ours, with its version: the same row again is the same result."""
    versi: int
    nip: str
    """Text, with its zeros."""
    nama: str
    tahun: int
    bulan_mulai_penilaian: int
    tahun_mulai_penilaian: int
    bulan_selesai_penilaian: int
    tahun_selesai_penilaian: int
    hasil_kinerja_nilai: int
    """1 above, 2 as, 3 below expectation."""
    perilaku_kerja_nilai: int
    """Likewise."""
    kuadran_kinerja_nilai: int
    """1 Sangat Baik to 5 Sangat Kurang."""
    penilai_nip_nrp: str
    penilai_nama: str
    penilai_jabatan: str
    penilai_golongan: str
    penilai_unor_nama: str
    status_penilai: str = "ASN"
    """Or NON ASN: a regional head."""
    bagian: int = 1
    """Of the period, in the order of the months: another rater or another position begins another one."""
    jumlah_bagian: int = 1
    jenis_jabatan: str = ""
    """Of the person in this part."""
    penetap_nip_nrp: str = ""
    """Who signed the predicate, which is one for the whole period."""
    penetap_nama: str = ""


def hold_reason(outcome: Outcome) -> HoldReason | None:
    """Why it stays here; None for a result that may go: final, undisputed, and by the table of nine cells."""
    if not outcome.final:
        return HoldReason.NOT_FINAL
    if outcome.objection_open:
        return HoldReason.OBJECTION_OPEN
    if not outcome.has_rater:
        return HoldReason.NO_RATER
    # A capped predicate contradicts the two ratings that the record has beside it.
    if predicate(outcome.result_rating, outcome.behaviour_rating) is not outcome.predicate:
        return HoldReason.BESIDE_THE_TABLE
    return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of the period, who rated in it, and which of how many it is."""

    start: date
    end: date
    """Any day of the last month."""
    rater: ExportedPerson
    position_kind: str = ""
    number: int = 1
    of: int = 1


def record(outcome: Outcome, person: ExportedPerson, signer: ExportedPerson, part: Stretch) -> Record:
    """The row of one part of a result that may go, for whole months."""
    rater = part.rater
    return Record(
        hasil_id=outcome.result_id,
        versi=outcome.version,
        nip=person.nip,
        nama=person.name,
        tahun=part.end.year,
        bulan_mulai_penilaian=part.start.month,
        tahun_mulai_penilaian=part.start.year,
        bulan_selesai_penilaian=part.end.month,
        tahun_selesai_penilaian=part.end.year,
        hasil_kinerja_nilai=_RATINGS[outcome.result_rating],
        perilaku_kerja_nilai=_RATINGS[outcome.behaviour_rating],
        kuadran_kinerja_nilai=code_of(outcome.predicate),
        penilai_nip_nrp=rater.nip,
        penilai_nama=rater.name,
        penilai_jabatan=rater.position,
        penilai_golongan=rater.grade,
        penilai_unor_nama=rater.unit,
        status_penilai="ASN" if rater.nip else "NON ASN",
        bagian=part.number,
        jumlah_bagian=part.of,
        jenis_jabatan=part.position_kind,
        penetap_nip_nrp=signer.nip,
        penetap_nama=signer.name,
    )
