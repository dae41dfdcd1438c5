"""Who is notified of plans, dialogues, actuals and initiatives."""

from contracts.plans.confirmations import Answer, PlanConfirmed
from contracts.plans.daily_log import LogApprovalsAwaited, LogDecision, LogEntriesMissed, LogWeekDecided
from contracts.plans.dialogues import DialogueRecorded
from contracts.plans.initiatives import InitiativeVerified
from contracts.plans.plans import PlanProposed, PlanReturned, PlanSet
from contracts.plans.reports import ActualsReported
from contracts.plans.reviews import PlanReviewed, ReviewFinding
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


def plan_proposed(event: PlanProposed) -> list[Note]:
    said = params(servant=event.servant_id, respond_by=event.respond_by, late=event.late, round=event.round)
    return [Note(event.rater_id, "plan_proposed", said, event.plan_id)]


def plan_returned(event: PlanReturned) -> list[Note]:
    said = params(by=event.returned_by, reason=event.reason, remarks=len(event.remarks or ()))
    return [Note(event.servant_id, "plan_returned", said, event.plan_id)]


def plan_set(event: PlanSet) -> list[Note]:
    said = params(by=event.set_by, by_superior=event.by_superior, version=event.version)
    return [Note(event.servant_id, "plan_set", said, event.plan_id)]


def plan_confirmed(event: PlanConfirmed) -> list[Note]:
    """Who set it reads what the servant disagrees with; an agreement asks nothing of anybody, and silence is on the board."""
    if event.answer is not Answer.DISAGREED:
        return []
    said = params(servant=event.servant_id, reason=event.reason, version=event.version)
    return [Note(event.set_by, "plan_contested", said, event.plan_id)]


def plan_reviewed(event: PlanReviewed) -> list[Note]:
    """Its owner and whoever set it: the plan counts as it is, and its rater may amend it."""
    template = "plan_to_mend" if event.finding is ReviewFinding.TO_MEND else "plan_in_order"
    said = params(servant=event.servant_id, version=event.version, what=event.what, how=event.how)
    both = dict.fromkeys((event.servant_id, event.set_by))
    return [Note(one, template, said | params(own=int(one == event.servant_id)), event.plan_id) for one in both]


def log_entries_missed(event: LogEntriesMissed) -> list[Note]:
    """Each writer, of his or her own gap."""
    return [
        Note(one.servant_id, "log_missing", params(days=one.working_days, last=one.last_day), one.plan_id)
        for one in event.items
    ]


def log_approvals_awaited(event: LogApprovalsAwaited) -> list[Note]:
    """Each rater once a week, however many wait."""
    return [
        Note(one.rater_id, "log_to_approve", params(people=one.people, entries=one.entries, since=one.since))
        for one in event.items
    ]


def log_week_decided(event: LogWeekDecided) -> list[Note]:
    """The writer reads why a week came back; an approval is seen where the log is."""
    if event.decision is not LogDecision.RETURNED:
        return []
    said = params(by=event.decided_by, week=event.week, reason=event.reason)
    return [Note(event.servant_id, "log_returned", said, event.plan_id)]


def dialogue_recorded(event: DialogueRecorded) -> list[Note]:
    """The other side is to confirm it."""
    said = params(by=event.recorded_by, on=event.held_on)
    other = Whom.RATER if event.recorded_by == event.servant_id else event.servant_id
    return [Note(other, "dialogue_recorded", said, event.plan_id)]


def actuals_reported(event: ActualsReported) -> list[Note]:
    """Only what was taken over at the limit: nobody is notified of what he or she did."""
    if not event.automatic:
        return []
    missing = sum(one.actual is None for one in event.indicators)
    return [Note(event.servant_id, "actuals_taken", params(period=event.period, missing=missing), event.plan_id)]


def initiative_verified(event: InitiativeVerified) -> list[Note]:
    said = params(by=event.verified_by, title=event.title, recognised=event.recognised, document=event.document)
    return [Note(event.servant_id, "initiative_verified", said, event.initiative_id)]


RECIPIENTS: Recipients = {
    PlanProposed: plan_proposed,
    PlanReturned: plan_returned,
    PlanSet: plan_set,
    PlanConfirmed: plan_confirmed,
    PlanReviewed: plan_reviewed,
    LogEntriesMissed: log_entries_missed,
    LogApprovalsAwaited: log_approvals_awaited,
    LogWeekDecided: log_week_decided,
    DialogueRecorded: dialogue_recorded,
    ActualsReported: actuals_reported,
    InitiativeVerified: initiative_verified,
}
