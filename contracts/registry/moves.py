"""What the registry emits when a civil servant moves between cities: one releases, the other takes in."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import APART, Event


class MoveKind(StrEnum):
    """Which of the two offices recorded it."""

    RELEASE = "RELEASE"
    """The person left this city for another."""
    ARRIVAL = "ARRIVAL"
    """The person came to this city from another."""


class _Moved(Event):
    """About one move, as one of the two cities recorded it."""

    topic: ClassVar[str] = "registry"
    move_id: UUID
    servant_id: UUID
    other_city: str
    moved_on: date
    reason: str
    document: str
    recorded_by: UUID

    @property
    def key(self) -> str:
        return f"moves/{self.servant_id}{APART}{self.move_id}"

    @property
    def subject(self) -> str:
        return str(self.servant_id)


class ServantReleased(_Moved):
    """The city let a civil servant go to ``other_city``; that the status changed PersonnelChanged tells."""


class ServantArrived(_Moved):
    """A civil servant came from ``other_city``; from that day on service here counts."""
