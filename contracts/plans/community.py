"""What the plans service emits of what the community answered: counts alone, nobody who answered (PLB-6)."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Frozen
from contracts.evidence import Evidence


class CommunityTarget(StrEnum):
    """Of what it is evidence."""

    UNIT = "UNIT"
    PERSON = "PERSON"
    INDICATOR = "INDICATOR"
    """Of one person's plan."""


class CommunityCount(Frozen):
    """So many answered a survey, complained or wrote, about a unit, a person or one of the person's indicators."""

    target: CommunityTarget
    subject_id: UUID
    """Of the unit, the person or the indicator."""
    servant_id: UUID | None = None
    """Whom it is about; nobody where it is about a unit."""
    evidence: Evidence


class CommunityResponsesRecorded(Event):
    """The performance office took in a file of what the community answered, or a part of a long one."""

    topic: ClassVar[str] = "plans"
    file_id: UUID
    cycle_id: UUID
    sha256: str
    """Of the file, which is not kept."""
    counts: tuple[CommunityCount, ...]
    """Those that were new, or other than before."""
    recorded_by: UUID

    @property
    def key(self) -> str:
        return str(self.file_id)

    @property
    def subject(self) -> str:
        return str(self.file_id)
