"""What may change about a civil servant from a day on, and the event of it: status, place, rater, who acts for whom."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import APART, Event, Frozen


class Status(StrEnum):
    """Whether a civil servant is in service, and in what way not."""

    ACTIVE = "ACTIVE"
    STUDY_LEAVE = "STUDY_LEAVE"
    """Tugas belajar: appraised, with academic expectations."""
    UNPAID_LEAVE = "UNPAID_LEAVE"
    """Cuti di luar tanggungan negara."""
    SUSPENDED = "SUSPENDED"
    """Diberhentikan sementara."""
    PRE_RETIREMENT = "PRE_RETIREMENT"
    """Masa persiapan pensiun."""
    STATE_OFFICIAL = "STATE_OFFICIAL"
    """Diangkat menjadi pejabat negara: appointed state official, e.g. a member of a commission."""
    RETIRED = "RETIRED"
    DIED = "DIED"
    MOVED_AWAY = "MOVED_AWAY"
    """Transferred to another government: no longer of this city."""


COVERED = frozenset({Status.ACTIVE, Status.STUDY_LEAVE})
"""Who is appraised: not the suspended, those on leave without pay or in pre-retirement, nor who became a state official.

PermenPANRB 6/2022, L II.C.8.
"""
AT_WORK = frozenset({Status.ACTIVE})
"""Who can lead others; whoever cannot is permanently absent as a rater (L IV.A: the next superior up)."""
GONE = frozenset({Status.RETIRED, Status.DIED, Status.MOVED_AWAY})
"""Who has left for good."""


class ChangeKind(StrEnum):
    """What changed."""

    STATUS = "STATUS"
    TRANSFER = "TRANSFER"
    """Mutasi: another unit, position or rater."""
    RATER = "RATER"
    """Another rater, the person stays: a delegate, the hierarchy again."""
    CORRECTION = "CORRECTION"
    """The recorded rater was wrong or missing."""
    ACTING = "ACTING"
    """An acting official (Plt, Plh) leads in the place of the person."""
    ACTING_ENDED = "ACTING_ENDED"
    ENTRY = "ENTRY"
    """Came into the city's service on that day; before it nothing was held here, and nothing counts."""
    APPOINTMENT = "APPOINTMENT"
    """Appointed as candidate civil servant (CPNS) or civil servant (PNS): person, plans and cycles go on."""


class ActingKind(StrEnum):
    """How somebody acts for an absent leader."""

    PLT = "PLT"
    """Pelaksana tugas: the post is vacant."""
    PLH = "PLH"
    """Pelaksana harian: whoever holds it is away for a time."""


class RelationChange(Frozen):
    """One person's relations after a change, and before."""

    servant_id: UUID
    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    is_head: bool
    former_unit_id: UUID
    former_rater_id: UUID | None
    former_authority_id: UUID | None


class PersonnelChanged(Event):
    """Something changed about a person from a day on, and who rates whom because of it."""

    topic: ClassVar[str] = "registry"
    change_id: UUID
    servant_id: UUID
    kind: ChangeKind
    effective_on: date
    reason: str
    status: Status
    """Of the person from that day on."""
    unit_id: UUID
    former_unit_id: UUID | None = None
    """The unit before a transfer."""
    acting: ActingKind | None = None
    acting_for_id: UUID | None = None
    """The regional head for whom the person's rater, a delegate, acts from that day on (L IV.A.12)."""
    until: date | None = None
    """Last day, where the change ends by itself."""
    recorded_by: UUID
    relations: tuple[RelationChange, ...] = ()
    """Everybody who has another rater, authority or unit from that day on; where there are more than one event holds, some."""
    more: bool = False
    """Of the same change more follows: this names other people only, the last event the person concerned as well."""

    @property
    def key(self) -> str:
        """All of a city in the order in which they were recorded, because a later change rests on those before it."""
        piece = f"/{self.relations[0].servant_id}" if self.more else ""
        return f"changes/{self.tenant_id}{APART}{self.change_id}{piece}"

    @property
    def subject(self) -> str:
        return str(self.servant_id)
