"""Which event is told to whom: one small function an event, and the table of them all; more of both lie beside it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from contracts.base import Event
from contracts.evaluation.findings import ModerationAnswered, ModerationAsked, ModerationOpened, ModerationRequired
from contracts.evaluation.results import ResultIssued, ResultProvisional, ResultReceived
from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.feedback.development import (
    DevelopmentPlanned,
    DevelopmentProposed,
    RecognitionDecided,
    RecognitionProposed,
)
from contracts.feedback.feedback import FeedbackGiven
from contracts.feedback.ideas import IdeaAnswered, IdeaSubmitted
from contracts.feedback.objections import ObjectionDecided, ObjectionEscalated, ObjectionFiled, StatementsRequested
from contracts.plans.plans import PlanProposed, PlanReturned, PlanSet
from services.notify.notices.rules.notes import Note, Whom, params
from services.notify.notices.rules.recipients import cycles, personnel, plans_and_results, support, visits


def plan_proposed(event: PlanProposed) -> list[Note]:
    said = params(servant=event.servant_id, respond_by=event.respond_by, late=event.late, round=event.round)
    return [Note(event.rater_id, "plan_proposed", said, event.plan_id)]


def plan_returned(event: PlanReturned) -> list[Note]:
    return [Note(event.servant_id, "plan_returned", params(by=event.returned_by, reason=event.reason), event.plan_id)]


def plan_set(event: PlanSet) -> list[Note]:
    said = params(by=event.set_by, by_superior=event.by_superior, version=event.version)
    return [Note(event.servant_id, "plan_set", said, event.plan_id)]


def result_provisional(event: ResultProvisional) -> list[Note]:
    said = params(predicate=event.predicate, clarify_until=event.clarify_until)
    return [Note(event.servant_id, "result_provisional", said, event.appraisal_id)]


def result_issued(event: ResultIssued) -> list[Note]:
    said = params(
        predicate=event.predicate,
        version=event.version,
        by_superior=event.by_superior,
        reason=event.reason,
        final=event.final_without_objection,
    )
    return [Note(event.servant_id, "result_issued", said, event.result_id, receipt=True)]


def result_received(event: ResultReceived) -> list[Note]:
    if not event.deemed:
        return []
    said = params(object_until=event.object_until)
    return [Note(event.servant_id, "result_deemed", said, event.result_id)]


def moderation_required(event: ModerationRequired) -> list[Note]:
    said = params(servant=event.servant_id, finding=event.finding)
    return [Note(Whom.OFFICE, "moderation_required", said, event.appraisal_id)]


def moderation_opened(event: ModerationOpened) -> list[Note]:
    said = params(by=event.concerns_id, unit=event.unit_id, in_indonesian=event.finding_id, in_english=event.finding_en)
    return [Note(Whom.OFFICE, "moderation_opened", said, event.moderation_id)]


def moderation_asked(event: ModerationAsked) -> list[Note]:
    if event.concerns_id is None:
        return []
    said = params(servant=event.servant_id, question=event.question, answer_by=event.answer_by)
    return [Note(event.concerns_id, "moderation_asked", said, event.moderation_id)]


def moderation_answered(event: ModerationAnswered) -> list[Note]:
    said = params(by=event.concerns_id, revised=event.outcome == "REVISED", reason=event.reason)
    return [Note(Whom.OFFICE, "moderation_answered", said, event.moderation_id)]


def feedback_given(event: FeedbackGiven) -> list[Note]:
    # Only a leader is named: whoever speaks to a leader or a colleague must be able to do so without fear.
    said = params(author=event.author_id if event.direction == "DOWN" else None)
    return [Note(event.servant_id, "feedback_given", said, event.feedback_id)]


def idea_submitted(event: IdeaSubmitted) -> list[Note]:
    said = params(servant=event.servant_id, title=event.title)
    return [Note(event.leader_id, "idea_submitted", said, event.idea_id)]


def idea_answered(event: IdeaAnswered) -> list[Note]:
    said = params(leader=event.leader_id, adopted=event.adopted)
    return [Note(event.servant_id, "idea_answered", said, event.idea_id)]


def clarification_requested(event: ClarificationRequested) -> list[Note]:
    return [Note(event.rater_id, "clarification_requested", params(servant=event.servant_id), event.clarification_id)]


def clarification_answered(event: ClarificationAnswered) -> list[Note]:
    said = params(by=event.answered_by, amended=event.outcome == "AMENDED", reason=event.reason)
    return [Note(event.servant_id, "clarification_answered", said, event.clarification_id)]


def objection_filed(event: ObjectionFiled) -> list[Note]:
    said = params(servant=event.servant_id, statements_by=event.statements_by, decide_by=event.decide_by)
    told = {event.authority_id: "objection_filed_authority"}
    told.setdefault(event.rater_id, "objection_filed_rater")
    return [Note(person, template, said, event.objection_id) for person, template in told.items()]


def statements_requested(event: StatementsRequested) -> list[Note]:
    said = params(servant=event.servant_id)
    both = dict.fromkeys((event.servant_id, event.rater_id))
    return [Note(one, "statement_requested", said, event.objection_id) for one in both]


def objection_decided(event: ObjectionDecided) -> list[Note]:
    decision = event.decision
    said = params(
        servant=event.servant_id, by=event.authority_id, amended=decision.outcome == "AMENDED", reason=decision.reason
    )
    people: list[UUID | Whom] = [event.servant_id, Whom.RATER]
    return [Note(one, "objection_decided", said, event.objection_id, receipt=True) for one in people]


def objection_escalated(event: ObjectionEscalated) -> list[Note]:
    return [Note(Whom.OFFICE, "objection_escalated", params(servant=event.servant_id), event.objection_id)]


def development_proposed(event: DevelopmentProposed) -> list[Note]:
    said = params(servant=event.servant_id, reason=event.reason)
    return [Note(Whom.RATER, "development_proposed", said, event.action_id)]


def development_planned(event: DevelopmentPlanned) -> list[Note]:
    said = params(by=event.planned_by, kind=event.kind)
    return [Note(event.servant_id, "development_planned", said, event.action_id)]


def recognition_proposed(event: RecognitionProposed) -> list[Note]:
    said = params(kind=event.kind, basis=event.basis)
    return [Note(event.servant_id, "recognition_proposed", said, event.recognition_id)]


def recognition_decided(event: RecognitionDecided) -> list[Note]:
    said = params(approved=event.approved, reason=event.reason)
    return [Note(event.servant_id, "recognition_decided", said, event.recognition_id)]


TOLD: dict[type[Event], Callable[[Any], list[Note]]] = {
    PlanProposed: plan_proposed,
    PlanReturned: plan_returned,
    PlanSet: plan_set,
    ResultProvisional: result_provisional,
    ResultIssued: result_issued,
    ResultReceived: result_received,
    ModerationRequired: moderation_required,
    ModerationOpened: moderation_opened,
    ModerationAsked: moderation_asked,
    ModerationAnswered: moderation_answered,
    FeedbackGiven: feedback_given,
    IdeaSubmitted: idea_submitted,
    IdeaAnswered: idea_answered,
    ClarificationRequested: clarification_requested,
    ClarificationAnswered: clarification_answered,
    ObjectionFiled: objection_filed,
    StatementsRequested: statements_requested,
    ObjectionDecided: objection_decided,
    ObjectionEscalated: objection_escalated,
    DevelopmentProposed: development_proposed,
    DevelopmentPlanned: development_planned,
    RecognitionProposed: recognition_proposed,
    RecognitionDecided: recognition_decided,
    **plans_and_results.TOLD,
    **cycles.TOLD,
    **personnel.TOLD,
    **support.TOLD,
    **visits.TOLD,
}
