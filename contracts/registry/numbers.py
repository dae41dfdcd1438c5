"""What the registry emits when a civil servant's number (NIP, NI PPPK) is another; the person stays the same."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import APART, Event


class NumberKind(StrEnum):
    """Why the number is another."""

    CORRECTION = "CORRECTION"
    """The recorded one was wrong."""
    APPOINTMENT = "APPOINTMENT"
    """A PPPK became a candidate civil servant: the NI PPPK gave way to a NIP."""


class NipChanged(Event):
    """Somebody has another number from a day on; both are kept, and everything about the person goes on."""

    topic: ClassVar[str] = "registry"
    number_id: UUID
    """Of the record that keeps the former number."""
    servant_id: UUID
    kind: NumberKind
    nip: str
    former_nip: str
    effective_on: date
    reason: str
    document: str
    """The decree or letter that it rests on."""
    recorded_by: UUID

    @property
    def key(self) -> str:
        """In order for each person, and each kept: what the person now is, ``ServantRecorded`` tells under its own."""
        return f"numbers/{self.servant_id}{APART}{self.number_id}"

    @property
    def subject(self) -> str:
        return str(self.servant_id)
