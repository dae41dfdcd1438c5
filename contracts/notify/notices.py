"""What the notify service tells: that a person was given notice."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event


class NoticeDelivered(Event):
    """A notice about something lies in a person's inbox."""

    topic: ClassVar[str] = "notify"
    notice_id: UUID
    person_id: UUID
    about_event: UUID
    """The event that caused it."""
    about_type: str
    """Its CloudEvents type."""
    about_id: UUID | None = None
    """The aggregate, e.g. the result that was issued."""
    delivered_at: AwareDatetime

    @property
    def key(self) -> str:
        return str(self.person_id)
