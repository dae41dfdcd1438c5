"""Who is notified of findings that go before the performance office."""

from contracts.evaluation.findings import (
    ModerationAnswered,
    ModerationAsked,
    ModerationClosed,
    ModerationDone,
    ModerationOpened,
    ModerationRequired,
)
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


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


def moderation_done(event: ModerationDone) -> list[Note]:
    said = params(servant=event.servant_id, reason=event.reason.rstrip("."))
    return [Note(Whom.RATER, "moderation_done", said, event.appraisal_id)]


def moderation_closed(event: ModerationClosed) -> list[Note]:
    if event.concerns_id is None:
        return []
    said = params(reason=event.reason.rstrip("."))
    return [Note(event.concerns_id, "moderation_closed", said, event.moderation_id)]


RECIPIENTS: Recipients = {
    ModerationRequired: moderation_required,
    ModerationOpened: moderation_opened,
    ModerationAsked: moderation_asked,
    ModerationAnswered: moderation_answered,
    ModerationDone: moderation_done,
    ModerationClosed: moderation_closed,
}
