"""Who appears in the golden forms, and what stands at the head of each; all people are invented."""

from datetime import UTC, date, datetime
from uuid import UUID

from contracts.base import Words
from services.portal.papers.rules.parts import Head, Person, Side, Signed

ADDRESS = "https://portal.kinerja.example"


def id_of(number: int) -> UUID:
    return UUID(f"01940000-0000-7000-8000-{number:012d}")


def words(indonesian: str, english: str) -> Words:
    return Words(id=indonesian, en=english)


def moment(month: int, day: int, hour: int = 7) -> datetime:
    return datetime(2027, month, day, hour, 5, tzinfo=UTC)


SERVANT = Person(
    id=id_of(1),
    name="Siti Rahmawati, S.Kep.",
    nip="190112311931012000",
    grade="III/b",
    position="Perawat Ahli Pertama",
    unit="Puskesmas Dumai Kota",
)
RATER = Person(
    id=id_of(2),
    name="dr. Bambang Sutrisno",
    nip="190203041932021000",
    grade="III/d",
    position="Kepala Puskesmas",
    unit="Puskesmas Dumai Kota",
)
AUTHORITY = Person(
    id=id_of(3),
    name="dr. Ratna Wulandari, M.Kes.",
    nip="190305061933032000",
    grade="IV/b",
    position="Kepala Dinas Kesehatan",
    unit="Dinas Kesehatan",
)
HEAD = Head(
    tenant_id="14.72",
    place="Dumai",
    agency="Pemerintah Kota Dumai",
    cycle="Siklus semester I 2027",
    period_start=date(2027, 1, 1),
    period_end=date(2027, 6, 30),
)
BOTH = (
    Signed(side=Side.SERVANT, person=SERVANT, at=moment(1, 29)),
    Signed(side=Side.RATER, person=RATER, at=moment(1, 31)),
)
