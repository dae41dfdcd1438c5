"""Who is notified of clarifications and objections."""

from uuid import UUID

from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.feedback.objections import (
    LateObjectionAdmitted,
    ObjectionAssigned,
    ObjectionDecided,
    ObjectionEscalated,
    ObjectionFiled,
    ObjectionWithdrawn,
    StatementsRequested,
)
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


def clarification_requested(event: ClarificationRequested) -> list[Note]:
    return [Note(event.rater_id, "clarification_requested", params(servant=event.servant_id), event.clarification_id)]


def clarification_answered(event: ClarificationAnswered) -> list[Note]:
    said = params(by=event.answered_by, amended=event.outcome == "AMENDED", reason=event.reason)
    return [Note(event.servant_id, "clarification_answered", said, event.clarification_id)]


def objection_filed(event: ObjectionFiled) -> list[Note]:
    said = params(servant=event.servant_id, statements_by=event.statements_by, decide_by=event.decide_by)
    templates = {event.authority_id: "objection_filed_authority"}
    templates.setdefault(event.rater_id, "objection_filed_rater")
    return [Note(person, template, said, event.objection_id) for person, template in templates.items()]


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


def objection_withdrawn(event: ObjectionWithdrawn) -> list[Note]:
    return [Note(Whom.RATER, "objection_withdrawn", params(servant=event.servant_id), event.objection_id)]


RECIPIENTS: Recipients = {
    ClarificationRequested: clarification_requested,
    ClarificationAnswered: clarification_answered,
    ObjectionFiled: objection_filed,
    LateObjectionAdmitted: late_objection_admitted,
    ObjectionAssigned: objection_assigned,
    StatementsRequested: statements_requested,
    ObjectionDecided: objection_decided,
    ObjectionEscalated: objection_escalated,
    ObjectionWithdrawn: objection_withdrawn,
}
