"""What the feedback service emits of training and socialisation sessions, and of who has read the standard."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import Event
from contracts.feedback.about import ServantEvent


class _SessionEvent(Event):
    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    session_id: UUID
    title: str

    @property
    def key(self) -> str:
        return str(self.session_id)


class SessionPlanned(_SessionEvent):
    """The office planned a further session of a topic."""

    of_topic: int
    number: int
    """2 for the first beside the one that the policy asks for."""
    planned_on: date
    place: str


class PeopleInvited(_SessionEvent):
    """The office invited people to a session; at most a few hundred in one event."""

    planned_on: date | None
    place: str
    people: tuple[UUID, ...]


class SessionCalledOff(_SessionEvent):
    """A further session does not take place; those who were invited or enrolled, at most a few hundred in one event."""

    planned_on: date | None
    people: tuple[UUID, ...]


class SessionHeld(_SessionEvent):
    """A training or socialisation session took place; attendance is recorded."""

    held_on: date
    attended: int
    of_topic: int | None = None
    number: int | None = None
    """1 for the session that the policy asks for; others are further ones."""


class SessionEnrolled(ServantEvent):
    """Somebody takes part in a session."""

    session_id: UUID


class SessionWithdrawn(ServantEvent):
    """Somebody who was enrolled, or invited, does not come."""

    session_id: UUID


class StandardAcknowledged(ServantEvent):
    """A servant has read the criteria of the cycle (read receipt)."""

    policy_version: int
