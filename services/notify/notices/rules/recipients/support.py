"""Who is notified of months to improve, and of support, coaching and work that was taken over.

What coaching or counselling is about, which of the two it is, and what came of it stand in no notice (art. 21; L III).
"""

from uuid import UUID

from contracts.feedback.improvement import (
    ImprovementDecided,
    ImprovementDecisionAsked,
    ImprovementOutcome,
    ImprovementReviewed,
    ImprovementStarted,
    ImprovementSuperseded,
)
from contracts.feedback.support import (
    CoachingAsked,
    CoachingReported,
    SupportAnswered,
    SupportLapsed,
    SupportRequested,
    WorkResultTakenOver,
)
from services.notify.notices.rules.notes import Note, Param, Recipients, Whom, params


def improvement_started(event: ImprovementStarted) -> list[Note]:
    said = params(
        servant=event.servant_id, by=event.rater_id, months=event.months, ends_at=event.ends_at, basis=event.basis
    )
    return [
        Note(event.servant_id, "improvement_started", said, event.case_id),
        Note(event.rater_id, "improvement_started_rater", said, event.case_id),
    ]


def improvement_reviewed(event: ImprovementReviewed) -> list[Note]:
    said = params(by=event.held_by, number=event.number, progress=event.progress)
    return [Note(event.servant_id, "improvement_reviewed", said, event.case_id)]


def improvement_decision_asked(event: ImprovementDecisionAsked) -> list[Note]:
    said = params(held=event.reviews_held, missed=event.reviews_missed)
    return [Note(event.servant_id, "improvement_decision_asked", said, event.case_id)]


def improvement_decided(event: ImprovementDecided) -> list[Note]:
    said = params(
        servant=event.servant_id,
        by=event.decided_by,
        outcome=event.outcome,
        reason=event.reason,
        extended=event.outcome is ImprovementOutcome.EXTENDED,
        ends_at=event.ends_at,
    )
    return _both(event.servant_id, "improvement_decided", said, event.case_id)


def improvement_superseded(event: ImprovementSuperseded) -> list[Note]:
    said = params(servant=event.servant_id, by_version=event.by_version)
    return _both(event.servant_id, "improvement_superseded", said, event.case_id)


def _both(servant_id: UUID, template: str, said: dict[str, Param], about_id: UUID) -> list[Note]:
    people: tuple[UUID | Whom, ...] = (servant_id, Whom.RATER)
    return [Note(one, template, said, about_id) for one in people]


def support_requested(event: SupportRequested) -> list[Note]:
    said = params(servant=event.servant_id, kind=event.kind)
    return [Note(event.leader_id, "support_requested", said, event.request_id)]


def support_answered(event: SupportAnswered) -> list[Note]:
    said = params(by=event.answered_by, granted=event.granted)
    return [Note(event.servant_id, "support_answered", said, event.request_id)]


def support_lapsed(event: SupportLapsed) -> list[Note]:
    said = params(servant=event.servant_id, leader=event.leader_id, kind=event.kind)
    people: list[UUID | Whom] = [event.servant_id, Whom.OFFICE]
    return [Note(one, "support_lapsed", said, event.request_id) for one in people]


def coaching_asked(event: CoachingAsked) -> list[Note]:
    return [
        Note(event.coach_id, "coaching_asked", {}, event.coaching_id),
        Note(event.servant_id, "coaching_planned", params(by=event.coach_id), event.coaching_id),
    ]


def coaching_reported(event: CoachingReported) -> list[Note]:
    superior = event.reported_to or Whom.OFFICE
    return [
        Note(event.servant_id, "coaching_reported", params(by=event.coach_id), event.coaching_id),
        Note(superior, "coaching_reported_superior", params(servant=event.servant_id), event.coaching_id),
    ]


def work_taken_over(event: WorkResultTakenOver) -> list[Note]:
    said = params(by=event.leader_id, result=event.result, note=event.note)
    return [Note(event.servant_id, "work_taken_over", said, event.take_over_id)]


RECIPIENTS: Recipients = {
    ImprovementStarted: improvement_started,
    ImprovementReviewed: improvement_reviewed,
    ImprovementDecisionAsked: improvement_decision_asked,
    ImprovementDecided: improvement_decided,
    ImprovementSuperseded: improvement_superseded,
    SupportRequested: support_requested,
    SupportAnswered: support_answered,
    SupportLapsed: support_lapsed,
    CoachingAsked: coaching_asked,
    CoachingReported: coaching_reported,
    WorkResultTakenOver: work_taken_over,
}
