"""What the evaluation service emits of good practices: work that a verified result proves and that others may take over."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.about import AboutAppraisal
from contracts.evidence import Evidence


class PracticeState(StrEnum):
    """A practice's way into the library and out of it."""

    SUBMITTED = "SUBMITTED"
    """Written down by the servant or the rater; the performance office looks at it."""
    PUBLISHED = "PUBLISHED"
    """Everybody of the city may read it and take it over."""
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"
    """It was published and is no longer an example."""


class PracticeEvent(AboutAppraisal):
    """What all of them name: the practice and whose work it was."""

    topic: ClassVar[str] = "evaluation"
    abstract: ClassVar[bool] = True
    practice_id: UUID


class PracticePublished(PracticeEvent):
    """The office took it into the library (DMI-2)."""

    unit_id: UUID
    title: str
    what: str
    where: str
    evidence: tuple[Evidence, ...] = ()


class PracticeWithdrawn(PracticeEvent):
    """It is no longer an example, for a reason; plans that took it over stay as they are."""

    reason: str
