"""What events of evaluation are about: a cycle, or one person's appraisal in it."""

from typing import ClassVar
from uuid import UUID

from contracts.about import AboutAppraisal
from contracts.base import Event


class CycleEvent(Event):
    """One cycle."""

    abstract: ClassVar[bool] = True
    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID

    @property
    def key(self) -> str:
        return str(self.cycle_id)


class AppraisalEvent(AboutAppraisal):
    """One person's appraisal in a cycle."""

    abstract: ClassVar[bool] = True
    topic: ClassVar[str] = "evaluation"
