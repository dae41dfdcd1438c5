"""What all official forms have in common: whose it is, of which period, who signed; frozen, and made from data alone.

No form knows a clock: every moment on it comes from what it was made of, so that it can be made again byte for byte.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import Frozen, TenantId
from contracts.evidence import Evidence
from contracts.portal.papers import PaperKind


class Side(StrEnum):
    """As what somebody signs."""

    SERVANT = "SERVANT"
    RATER = "RATER"
    AUTHORITY = "AUTHORITY"
    """The rater's superior."""
    PANEL = "PANEL"
    OBSERVED = "OBSERVED"
    """Who leads the unit that was visited."""
    OFFICE = "OFFICE"
    """Whoever reports for the performance office."""
    CLERK = "CLERK"
    """Somebody else who decided in the place of one of these."""


class Person(Frozen):
    """Who somebody is, as the head of a form names him or her."""

    id: UUID | None = None
    name: str
    nip: str = ""
    grade: str = ""
    """Golongan ruang, e.g. ``III/d``; of PPPK the class alone."""
    position: str = ""
    position_kind: str = ""
    """Jenis jabatan, e.g. ``JPT_PRATAMA``: high leaders have a form of their own."""
    unit: str = ""
    unit_id: UUID | None = None


class Signed(Frozen):
    """Who stands for the form, and when it was signed under the own account."""

    side: Side
    person: Person
    at: datetime | date | None = None
    """None: not signed."""


class Head(Frozen):
    """Of which city, agency and period a form is."""

    tenant_id: TenantId
    place: str
    """Stands before the date of a signature, e.g. ``Dumai``."""
    agency: str
    """Whose form it is, e.g. ``Pemerintah Kota Dumai``."""
    zone: str = "Asia/Jakarta"
    """In which moments are written."""
    cycle: str = ""
    period_start: date | None = None
    period_end: date | None = None


class Proof(Frozen):
    """What somebody pointed to."""

    title: str
    reference: str
    count: int | None = None
    on: date | None = None

    @classmethod
    def of(cls, one: Evidence) -> "Proof":
        """Of evidence as the services give it."""
        return cls(title=one.title, reference=one.reference, count=one.count, on=one.on)


class Paper(Frozen):
    """An official form; what it says is all that its bytes depend on, beside language, address and edition."""

    paper: ClassVar[PaperKind]
    head: Head
    subject_id: UUID
    servant_id: UUID | None = None
    cycle_id: UUID | None = None

    @property
    def kind(self) -> PaperKind:
        """Which form it is."""
        return self.paper
