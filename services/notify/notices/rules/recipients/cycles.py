"""Who is notified of a cycle as a whole: that it opened, stands still, goes on or ends, and that people joined it."""

from uuid import UUID

from contracts.evaluation.cycles import CycleOpened, MembersEnrolled
from contracts.evaluation.interventions import CycleCancelled, CyclePaused, CycleResumed
from services.notify.notices.rules.lists import listed
from services.notify.notices.rules.notes import Note, Recipients, Whom, params

_EVERYBODY = (Whom.MEMBERS, Whom.OFFICE)


def cycle_opened(event: CycleOpened) -> list[Note]:
    said = params(name=event.name, starts=event.period_start, ends=event.period_end)
    return [Note(Whom.OFFICE, "cycle_opened", said, event.cycle_id)]


def cycle_paused(event: CyclePaused) -> list[Note]:
    """The office too, who may take no part in the cycle: operations may have paused it."""
    said = params(cycle=event.cycle_id, at=event.paused_at, reason=event.reason.rstrip("."))
    return [Note(whom, "cycle_paused", said, event.cycle_id) for whom in _EVERYBODY]


def cycle_resumed(event: CycleResumed) -> list[Note]:
    reason = event.reason.rstrip(".")
    said = params(cycle=event.cycle_id, reason=reason, phase=event.phase, due_at=event.due_at)
    return [Note(whom, "cycle_resumed", said, event.cycle_id) for whom in _EVERYBODY]


def cycle_cancelled(event: CycleCancelled) -> list[Note]:
    said = params(cycle=event.cycle_id, reason=event.reason.rstrip("."))
    return [Note(Whom.MEMBERS, "cycle_cancelled", said, event.cycle_id)]


def begun(event: MembersEnrolled) -> list[Note]:
    """For everybody with whom a cycle begins: that it does, and who rates."""
    return [
        Note(one.servant_id, "cycle_begins", params(cycle=event.cycle_id, by=one.rater_id), one.appraisal_id)
        for one in event.members
    ]


def joined(event: MembersEnrolled) -> list[Note]:
    """For those who come later than all others: each is notified who rates, and each rater who has come."""
    notes = []
    rated: dict[UUID, list[UUID]] = {}
    for one in event.members:
        said = params(cycle=event.cycle_id, by=one.rater_id)
        notes.append(Note(one.servant_id, "cycle_joined", said, one.appraisal_id))
        if one.rater_id is not None:
            rated.setdefault(one.rater_id, []).append(one.servant_id)
    for rater_id, people in rated.items():
        said = params(cycle=event.cycle_id) | listed(people)
        notes.append(Note(rater_id, "cycle_joined_rater", said, event.cycle_id))
    return notes


RECIPIENTS: Recipients = {
    CycleOpened: cycle_opened,
    CyclePaused: cycle_paused,
    CycleResumed: cycle_resumed,
    CycleCancelled: cycle_cancelled,
}
"""Beside these, :func:`begun` for those with whom it begins, :func:`joined` for who comes after the first phase has begun."""
