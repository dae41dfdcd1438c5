"""Published facts of objections and of what follows from a result."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from contracts.feedback import development, improvement, objections, sessions
from contracts.public.base import Fact, published


class _Servant(Fact):
    cycle_id: UUID
    servant_id: UUID


class ObjectionFiledFact(_Servant):
    """A civil servant objected to a result."""

    objection_id: UUID
    appraisal_id: UUID
    result_id: UUID
    filed_at: AwareDatetime
    decide_by: AwareDatetime


class ObjectionDecidedFact(_Servant):
    """The reviewing authority decided on an objection; a new version of the result tells what became of it."""

    objection_id: UUID
    appraisal_id: UUID
    result_id: UUID
    outcome: objections.ObjectionOutcome


class ObjectionWithdrawnFact(_Servant):
    """An objection was taken back."""

    objection_id: UUID
    appraisal_id: UUID
    result_id: UUID


class ImprovementStartedFact(_Servant):
    """An improvement of performance began."""

    case_id: UUID
    months: int
    ends_at: AwareDatetime


class ImprovementDecidedFact(_Servant):
    """It was decided how an improvement of performance ended."""

    case_id: UUID
    outcome: improvement.ImprovementOutcome
    ends_at: AwareDatetime


class RecognitionDecidedFact(_Servant):
    """A recognition was approved or declined."""

    recognition_id: UUID
    approved: bool


class DevelopmentPlannedFact(_Servant):
    """A measure of development was planned."""

    action_id: UUID


class DevelopmentCompletedFact(_Servant):
    """A measure of development was reported on."""

    action_id: UUID
    not_held: bool


class SessionHeldFact(Fact):
    """A session of the city was held; how many came."""

    cycle_id: UUID
    session_id: UUID
    held_on: date
    attended: int


def _decided(event: objections.ObjectionDecided) -> Iterable[ObjectionDecidedFact]:
    yield ObjectionDecidedFact(
        cycle_id=event.cycle_id,
        servant_id=event.servant_id,
        objection_id=event.objection_id,
        appraisal_id=event.appraisal_id,
        result_id=event.result_id,
        outcome=event.decision.outcome,
    )


TYPES = (
    published(ObjectionFiledFact, objections.ObjectionFiled, name="objection-filed"),
    published(ObjectionDecidedFact, objections.ObjectionDecided, name="objection-decided", told=_decided),
    published(ObjectionWithdrawnFact, objections.ObjectionWithdrawn, name="objection-withdrawn"),
    published(ImprovementStartedFact, improvement.ImprovementStarted, name="improvement-started"),
    published(ImprovementDecidedFact, improvement.ImprovementDecided, name="improvement-decided"),
    published(RecognitionDecidedFact, development.RecognitionDecided, name="recognition-decided"),
    published(DevelopmentPlannedFact, development.DevelopmentPlanned, name="development-planned"),
    published(DevelopmentCompletedFact, development.DevelopmentCompleted, name="development-completed"),
    published(SessionHeldFact, sessions.SessionHeld, name="session-held"),
)
