"""What the feedback service emits of support for somebody's work: requests, coaching, and results taken over."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.feedback.about import ServantEvent


class SupportKind(StrEnum):
    """The resources of a plan (PermenPANRB 6/2022 arts 7-13)."""

    PEOPLE = "PEOPLE"
    BUDGET = "BUDGET"
    EQUIPMENT = "EQUIPMENT"
    MENTORING = "MENTORING"
    FACILITIES = "FACILITIES"


class CoachingKind(StrEnum):
    """Art. 21; L III."""

    COACHING = "COACHING"
    """Bimbingan: on competence."""
    COUNSELLING = "COUNSELLING"
    """Konseling: on behaviour; confidential, by an independent counsellor."""


class SupportRequested(ServantEvent):
    """A servant asks the leader for resources."""

    request_id: UUID
    leader_id: UUID
    kind: SupportKind
    carried_from: UUID | None = None
    """The request of an earlier cycle that it carries on."""


class SupportAnswered(ServantEvent):
    """The leader granted or declined; what is declined is a reason to adjust the expectation (art. 11)."""

    request_id: UUID
    answered_by: UUID
    granted: bool


class SupportLapsed(ServantEvent):
    """Nobody answered a request, however often it was asked for: it ended, and may be carried on knowingly."""

    request_id: UUID
    leader_id: UUID
    kind: SupportKind


class CoachingAsked(ServantEvent):
    """The leader asked somebody to guide or counsel a servant; confidential (art. 21; L III)."""

    internal: ClassVar[bool] = True
    coaching_id: UUID
    coach_id: UUID
    kind: CoachingKind


class CoachingReported(ServantEvent):
    """It was held; the outcome goes to the rater's superior, never what was spoken about."""

    internal: ClassVar[bool] = True
    coaching_id: UUID
    coach_id: UUID
    kind: CoachingKind
    reported_to: UUID | None
    """The rater's superior; None where there is none, then the performance office."""
    outcome: str


class WorkResultTakenOver(ServantEvent):
    """No progress in spite of all: the leader does it from now on (art. 20); the note counts in the evaluation."""

    take_over_id: UUID
    leader_id: UUID
    result: str
    note: str
