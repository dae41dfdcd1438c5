"""What the registry emits of assistants: who enters for whom, from when to when."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import APART, Event


class AssistantDeclared(Event):
    """The office declared who enters for a civil servant without a computer."""

    topic: ClassVar[str] = "registry"
    declaration_id: UUID
    servant_id: UUID
    assistant_id: UUID
    since: date
    until: date | None
    """Last day; None: until it is ended."""
    reason: str

    @property
    def key(self) -> str:
        return f"{self.servant_id}{APART}{self.declaration_id}"

    @property
    def subject(self) -> str:
        return str(self.servant_id)


class AssistantEnded(Event):
    """Nobody enters for the civil servant by this declaration after a day."""

    topic: ClassVar[str] = "registry"
    declaration_id: UUID
    servant_id: UUID
    assistant_id: UUID
    until: date
    """Last day."""
    reason: str
    ended_by: UUID

    @property
    def key(self) -> str:
        return f"{self.servant_id}{APART}{self.declaration_id}/end"

    @property
    def subject(self) -> str:
        return str(self.servant_id)
