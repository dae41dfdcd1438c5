"""What the plans service emits of initiatives, innovations and ideas."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event
from contracts.evidence import Evidence


class InitiativeRecorded(Event):
    """An initiative or innovation was written down by the servant or a leader."""

    topic: ClassVar[str] = "plans"
    initiative_id: UUID
    cycle_id: UUID
    servant_id: UUID
    kind: str
    """INITIATIVE, INNOVATION or IDEA."""
    title: str
    evidence: tuple[Evidence, ...] | None = None
    """What shows the benefit, what the community answered included (PLB-6); None if nothing was pointed to."""
    recorded_at: AwareDatetime | None = None
    recorded_by: UUID | None = None
    """The servant, or a leader."""

    @property
    def key(self) -> str:
        return str(self.initiative_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)


class InitiativeProved(InitiativeRecorded):
    """More proof of it was pointed to."""

    added: int
    added_by: UUID


class InitiativeVerified(InitiativeRecorded):
    """The rater verified it; only a recognised innovation or idea meets the condition of PP 30/2019 art. 41(5)."""

    recognised: bool
    verified_by: UUID
    document: str | None = None
