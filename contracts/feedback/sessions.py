"""What the feedback service emits of training and socialisation sessions, and of who has read the standard."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import Event
from contracts.feedback.about import ServantEvent


class SessionHeld(Event):
    """A training or socialisation session took place; attendance is recorded."""

    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    session_id: UUID
    title: str
    held_on: date
    attended: int

    @property
    def key(self) -> str:
        return str(self.session_id)


class StandardAcknowledged(ServantEvent):
    """A servant has read the criteria of the cycle (read receipt)."""

    policy_version: int
