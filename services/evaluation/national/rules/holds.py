"""What holds a final result back from a batch, beside what holds it back from any export."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from services.evaluation.reports.rules.records import Record

LENGTH = 18
_NO_SERIAL = "000"
"""What a spreadsheet leaves of the last of eighteen digits."""


class BatchHold(StrEnum):
    """Why a result is in a batch's list of what was held back."""

    NOT_FINAL = "NOT_FINAL"
    OBJECTION_OPEN = "OBJECTION_OPEN"
    NO_RATER = "NO_RATER"
    BESIDE_THE_TABLE = "BESIDE_THE_TABLE"
    NO_NIP = "NO_NIP"
    """The person has no NIP: the national application knows people by nothing else."""
    NIP_INVALID = "NIP_INVALID"
    """The person's NIP is none: to be mended in the registry."""
    RATER_NIP_INVALID = "RATER_NIP_INVALID"
    """The NIP of a rater or signer who is a civil servant is none."""
    PARTS_CHANGED = "PARTS_CHANGED"
    """A part of it has gone in other months than it has today: the others are to be entered by hand."""


def is_nip(nip: str) -> bool:
    """Eighteen digits that begin with a day of birth and end with a serial number, which counts from 001."""
    if len(nip) != LENGTH or not (nip.isascii() and nip.isdigit()) or nip.endswith(_NO_SERIAL):
        return False
    try:
        date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return False
    return True


def batch_hold(records: Sequence[Record]) -> BatchHold | None:
    """What holds one result back whose parts these are; None for one that may go."""
    first = records[0]
    if not first.nip:
        return BatchHold.NO_NIP
    if not is_nip(first.nip):
        return BatchHold.NIP_INVALID
    # A regional head is no civil servant and has none.
    others = {one for record in records for one in (record.penilai_nip_nrp, record.penetap_nip_nrp) if one}
    if not all(is_nip(one) for one in others):
        return BatchHold.RATER_NIP_INVALID
    return None


Months = tuple[int, int, int, int]
"""First and last month of a part, each as year and month."""


def months_of(record: Record) -> Months:
    """The months of a part."""
    return (
        record.tahun_mulai_penilaian,
        record.bulan_mulai_penilaian,
        record.tahun_selesai_penilaian,
        record.bulan_selesai_penilaian,
    )


def to_go(records: Sequence[Record], gone: Mapping[int, Months]) -> Sequence[Record] | None:
    """The parts that are in no batch yet; ``gone`` are those that are. None where those have other months today."""
    today = {record.bagian: months_of(record) for record in records}
    if any(today.get(part) != months for part, months in gone.items()):
        return None
    return [record for record in records if record.bagian not in gone]
