"""Who is told of what happens around plans, results and objections beside their plain way."""

from collections.abc import Callable
from typing import Any

from contracts.base import Event
from contracts.evaluation.findings import ModerationClosed, ModerationDone
from contracts.evaluation.periodic import PeriodEvaluated
from contracts.evaluation.proposals import ProposalDecided, ProposalKind, ProposalState, ProposalSuperseded
from contracts.evaluation.results import ResultFinalised, ResultSuperseded
from contracts.feedback.development import ConsequencesSuperseded, DevelopmentCompleted
from contracts.feedback.feedback import FeedbackAnswered
from contracts.feedback.objections import LateObjectionAdmitted, ObjectionAssigned, ObjectionWithdrawn
from contracts.plans.dialogues import DialogueRecorded
from contracts.plans.initiatives import InitiativeVerified
from contracts.plans.reports import ActualsReported
from services.notify.notices.rules.notes import Note, Whom, params


def dialogue_recorded(event: DialogueRecorded) -> list[Note]:
    """The other side is to confirm it."""
    said = params(by=event.recorded_by, on=event.held_on)
    other = Whom.RATER if event.recorded_by == event.servant_id else event.servant_id
    return [Note(other, "dialogue_recorded", said, event.plan_id)]


def actuals_reported(event: ActualsReported) -> list[Note]:
    """Only what was taken over at the limit: nobody is told of what he or she did."""
    if not event.automatic:
        return []
    missing = sum(one.actual is None for one in event.indicators)
    return [Note(event.servant_id, "actuals_taken", params(period=event.period, missing=missing), event.plan_id)]


def initiative_verified(event: InitiativeVerified) -> list[Note]:
    said = params(by=event.verified_by, title=event.title, recognised=event.recognised, document=event.document)
    return [Note(event.servant_id, "initiative_verified", said, event.initiative_id)]


def period_evaluated(event: PeriodEvaluated) -> list[Note]:
    said = params(by=event.evaluated_by, starts=event.starts_on, ends=event.ends_on, predicate=event.predicate)
    return [Note(event.servant_id, "period_evaluated", said, event.appraisal_id)]


def result_finalised(event: ResultFinalised) -> list[Note]:
    said = params(predicate=event.predicate, version=event.version)
    return [Note(event.servant_id, "result_final", said, event.result_id)]


def result_superseded(event: ResultSuperseded) -> list[Note]:
    """The servant reads the new version when it is issued; the office looks at what the old one had caused."""
    said = params(
        servant=event.servant_id, version=event.version, by_version=event.by_version, was_final=event.was_final
    )
    people = (Whom.RATER, Whom.OFFICE) if event.was_final else (Whom.RATER,)
    return [Note(one, "result_superseded", said, event.result_id) for one in people]


def moderation_done(event: ModerationDone) -> list[Note]:
    said = params(servant=event.servant_id, reason=event.reason.rstrip("."))
    return [Note(Whom.RATER, "moderation_done", said, event.appraisal_id)]


def moderation_closed(event: ModerationClosed) -> list[Note]:
    if event.concerns_id is None:
        return []
    said = params(reason=event.reason.rstrip("."))
    return [Note(event.concerns_id, "moderation_closed", said, event.moderation_id)]


def proposal_decided(event: ProposalDecided) -> list[Note]:
    """An accepted case of improvement is told when its months begin."""
    if event.accepted and event.kind is ProposalKind.IMPROVEMENT_CASE:
        return []
    said = params(by=event.decided_by, kind=event.kind, accepted=event.accepted, reason=event.reason)
    return [Note(event.servant_id, "proposal_decided", said, event.proposal_id)]


def proposal_superseded(event: ProposalSuperseded) -> list[Note]:
    """Only what had been accepted must be looked at again."""
    if event.former is not ProposalState.ACCEPTED:
        return []
    said = params(servant=event.servant_id, kind=event.kind, by_version=event.by_version)
    return [Note(one, "proposal_superseded", said, event.proposal_id) for one in (event.servant_id, Whom.OFFICE)]


def feedback_answered(event: FeedbackAnswered) -> list[Note]:
    return [Note(event.author_id, "feedback_answered", params(servant=event.servant_id), event.feedback_id)]


def objection_withdrawn(event: ObjectionWithdrawn) -> list[Note]:
    return [Note(Whom.RATER, "objection_withdrawn", params(servant=event.servant_id), event.objection_id)]


def late_objection_admitted(event: LateObjectionAdmitted) -> list[Note]:
    """That it was not admitted is answered at once to whoever tries to file it."""
    reason = event.reason.rstrip(".")
    said = params(servant=event.servant_id, by=event.admitted_by, reason=reason, file_until=event.file_until)
    return [
        Note(event.servant_id, "objection_late_admitted", said, event.result_id),
        Note(Whom.RATER, "objection_late_rater", said, event.result_id),
    ]


def objection_assigned(event: ObjectionAssigned) -> list[Note]:
    said = params(servant=event.servant_id, by=event.authority_id, reason=event.reason.rstrip("."))
    others = (event.servant_id, event.former_id)
    return [
        Note(event.authority_id, "objection_assigned", said, event.objection_id),
        *(Note(one, "objection_reassigned", said, event.objection_id) for one in others),
    ]


def development_completed(event: DevelopmentCompleted) -> list[Note]:
    return [Note(event.servant_id, "development_completed", params(outcome=event.outcome), event.action_id)]


def consequences_superseded(event: ConsequencesSuperseded) -> list[Note]:
    said = params(
        by_version=event.by_version,
        recognition=event.recognition_id is not None,
        action=event.action_id is not None,
    )
    return [Note(event.servant_id, "consequences_superseded", said, event.result_id)]


TOLD: dict[type[Event], Callable[[Any], list[Note]]] = {
    DialogueRecorded: dialogue_recorded,
    ActualsReported: actuals_reported,
    InitiativeVerified: initiative_verified,
    PeriodEvaluated: period_evaluated,
    ResultFinalised: result_finalised,
    ResultSuperseded: result_superseded,
    ModerationDone: moderation_done,
    ModerationClosed: moderation_closed,
    ProposalDecided: proposal_decided,
    ProposalSuperseded: proposal_superseded,
    FeedbackAnswered: feedback_answered,
    ObjectionWithdrawn: objection_withdrawn,
    LateObjectionAdmitted: late_objection_admitted,
    ObjectionAssigned: objection_assigned,
    DevelopmentCompleted: development_completed,
    ConsequencesSuperseded: consequences_superseded,
}
