"""Who is notified of proposals after a final result, and of development and recognition."""

from uuid import UUID

from contracts.evaluation.proposals import ProposalDecided, ProposalKind, ProposalState, ProposalSuperseded
from contracts.feedback.development import (
    ConsequencesSuperseded,
    DevelopmentCompleted,
    DevelopmentPlanned,
    DevelopmentProposed,
    DevelopmentUnreported,
    RecognitionDecided,
    RecognitionDocumented,
    RecognitionProposed,
)
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


def proposal_decided(event: ProposalDecided) -> list[Note]:
    """An accepted case of improvement is notified when its months begin."""
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


def development_proposed(event: DevelopmentProposed) -> list[Note]:
    said = params(servant=event.servant_id, reason=event.reason)
    if event.proposal_id is None:
        return [Note(Whom.RATER, "development_proposed", said, event.action_id)]
    # The competent official accepted: both sides hear that it begins, and who is to plan it.
    rater: UUID | Whom = event.rater_id or Whom.RATER
    return [
        Note(rater, "development_accepted_rater", said, event.action_id),
        Note(event.servant_id, "development_accepted", said, event.action_id),
    ]


def development_planned(event: DevelopmentPlanned) -> list[Note]:
    said = params(by=event.planned_by, kind=event.kind)
    return [Note(event.servant_id, "development_planned", said, event.action_id)]


def development_completed(event: DevelopmentCompleted) -> list[Note]:
    said = params(outcome=event.outcome, not_held=event.not_held)
    return [Note(event.servant_id, "development_completed", said, event.action_id)]


def development_unreported(event: DevelopmentUnreported) -> list[Note]:
    said = params(servant=event.servant_id, by=event.planned_by)
    people: list[UUID | Whom] = [event.servant_id, Whom.OFFICE]
    return [Note(one, "development_unreported", said, event.action_id) for one in people]


def recognition_proposed(event: RecognitionProposed) -> list[Note]:
    said = params(kind=event.kind, basis=event.basis)
    return [Note(event.servant_id, "recognition_proposed", said, event.recognition_id)]


def recognition_decided(event: RecognitionDecided) -> list[Note]:
    said = params(approved=event.approved, reason=event.reason)
    return [Note(event.servant_id, "recognition_decided", said, event.recognition_id)]


def recognition_documented(event: RecognitionDocumented) -> list[Note]:
    said = params(title=event.document.title, reference=event.document.reference)
    return [Note(event.servant_id, "recognition_documented", said, event.recognition_id)]


def consequences_superseded(event: ConsequencesSuperseded) -> list[Note]:
    said = params(
        by_version=event.by_version,
        recognition=event.recognition_id is not None,
        action=event.action_id is not None,
    )
    return [Note(event.servant_id, "consequences_superseded", said, event.result_id)]


RECIPIENTS: Recipients = {
    ProposalDecided: proposal_decided,
    ProposalSuperseded: proposal_superseded,
    DevelopmentProposed: development_proposed,
    DevelopmentPlanned: development_planned,
    DevelopmentCompleted: development_completed,
    RecognitionProposed: recognition_proposed,
    DevelopmentUnreported: development_unreported,
    RecognitionDecided: recognition_decided,
    RecognitionDocumented: recognition_documented,
    ConsequencesSuperseded: consequences_superseded,
}
