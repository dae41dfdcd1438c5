"""What the evaluation service emits of proposals after a final result; an official decides, never the system."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.about import AboutAppraisal
from contracts.base import Event, Frozen


class ProposalKind(StrEnum):
    """What may follow a final result (PermenPANRB 6/2022 art. 31, L V.A.12); recognition is feedback's."""

    PROMOTION_SIGNAL = "PROMOTION_SIGNAL"
    DEVELOPMENT_PRIORITY = "DEVELOPMENT_PRIORITY"
    """Priority in competence development, as an award (art. 31)."""
    TALENT_BOX = "TALENT_BOX"
    TRAINING_NEED = "TRAINING_NEED"
    COACHING = "COACHING"
    """Guidance on competence, or counselling on behaviour (art. 21)."""
    IMPROVEMENT_CASE = "IMPROVEMENT_CASE"
    """Six months to improve (PP 30/2019 arts 56-58)."""
    INNOVATION_REWARD = "INNOVATION_REWARD"
    CREDIT_CONVERSION = "CREDIT_CONVERSION"
    """Angka kredit (Peraturan BKN 3/2023)."""


class ProposalState(StrEnum):
    """A proposal's way."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    SUPERSEDED = "SUPERSEDED"
    """The result got a newer version, from which new proposals follow."""


class ProposalItem(Frozen):
    """One proposal."""

    proposal_id: UUID
    servant_id: UUID
    kind: ProposalKind
    result_id: UUID
    version: int
    basis: str


class ProposalsMade(Event):
    """What final results suggest; at most a few hundred in one event."""

    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    items: tuple[ProposalItem, ...]

    @property
    def key(self) -> str:
        return str(self.cycle_id)


class _ProposalEvent(AboutAppraisal):
    topic: ClassVar[str] = "evaluation"
    proposal_id: UUID
    kind: ProposalKind
    result_id: UUID
    version: int


class ProposalDecided(_ProposalEvent):
    """The competent official accepted or declined, with a reason."""

    accepted: bool
    reason: str
    decided_by: UUID
    details: dict[str, str]
    """As they were frozen when it was proposed; of a credit conversion, its inputs and its points."""


class ProposalSuperseded(_ProposalEvent):
    """The result it came from got a newer version; what was decided on it must be looked at again."""

    former: ProposalState
    by_version: int
