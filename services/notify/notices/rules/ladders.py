"""What people read when ladders move or obligations are moved: one note a person and kind of step, however many obligations.

What an anonymous assessor owes is for him or her alone: nobody else is notified of it, whatever the ladder says, and its
letters have templates of their own, so that the delivery log can leave them out.
"""

from collections.abc import Iterator
from uuid import UUID

from contracts.obligations import (
    UNNAMED,
    MovedObligation,
    ObligationsMoved,
    ObligationsStepped,
    Step,
    SteppedObligation,
)
from services.notify.notices.rules.notes import Item, Note, Param

SHOWN = 20
"""Obligations listed in one notice; the rest is counted, the to-do list has them all."""

UNLISTED = frozenset({"colleague_asked", "colleague_reminder", "colleague_postponed"})
"""Templates of letters to anonymous assessors: that somebody got one would tell who was asked, and has not answered."""
_OWN = frozenset({"reminder", "handover_given", "obligations_moved", "obligations_postponed", *UNLISTED})
"""These list obligations of whom they are written to, so who owes them is left out: one letter may be the same for many."""
_TEMPLATES = {Step.REMIND: "reminder", Step.ESCALATE: "escalation", Step.OFFICE: "office_notice"}


def stepped(event: ObligationsStepped) -> list[Note]:
    """Reminders to who owes, escalations to the superior, hand-overs to both, the rest to the office."""
    groups: dict[tuple[UUID, str], list[SteppedObligation]] = {}
    for item in event.items:
        for person_id, template in _whom(item):
            groups.setdefault((person_id, template), []).append(item)
    return [_note(person_id, template, items) for (person_id, template), items in groups.items()]


def _whom(item: SteppedObligation) -> Iterator[tuple[UUID, str]]:
    if item.kind in UNNAMED:
        if item.step is not Step.LAPSE:  # what would go to a superior or the office reminds the debtor once more
            yield item.debtor_id, "colleague_reminder"
    elif item.step is Step.HAND_OVER:
        if item.former_id == item.debtor_id:  # nobody stands above: it stays where it was
            return
        yield item.debtor_id, "handover_received"
        if item.former_id is not None:
            yield item.former_id, "handover_given"
    elif item.step in _TEMPLATES:
        yield item.told_id, _TEMPLATES[item.step]


def _note(person_id: UUID, template: str, items: list[SteppedObligation]) -> Note:
    listed = sorted(items, key=lambda item: (item.due_at, item.id))[:SHOWN]
    about_id = items[0].id if len(items) == 1 else None
    obligations = [_listed(item, item.former_id or item.debtor_id, template) for item in listed]
    params: dict[str, Param] = {"obligations": obligations, "more": len(items) - len(listed)}
    return Note(person_id, template, params, about_id)


def _listed(item: SteppedObligation | MovedObligation, debtor_id: UUID, template: str) -> Item:
    about = item.about_id if item.about_id != item.debtor_id else None
    return {
        "kind": item.kind.value,
        "due_at": item.due_at.isoformat(),
        "debtor": "" if template in _OWN else str(debtor_id),
        "about": str(about or ""),
    }


def moved(event: ObligationsMoved) -> list[Note]:
    """Whoever owes it now is notified until when and why, whoever owed it before that it is not his or hers any more.

    Who owed it before as well has more time, and is notified in other words.
    """
    groups: dict[tuple[UUID, str], list[MovedObligation]] = {}
    for item in event.items:
        if item.kind not in UNNAMED and item.former_id is not None and item.former_id != item.debtor_id:
            groups.setdefault((item.debtor_id, "obligations_moved"), []).append(item)
            groups.setdefault((item.former_id, "obligations_passed_on"), []).append(item)
        elif item.due_at != item.was_due_at:  # equal where a pause cost no working day
            template = "colleague_postponed" if item.kind in UNNAMED else "obligations_postponed"
            groups.setdefault((item.debtor_id, template), []).append(item)
    return [_moved_note(event, person_id, template, items) for (person_id, template), items in groups.items()]


def _moved_note(event: ObligationsMoved, person_id: UUID, template: str, items: list[MovedObligation]) -> Note:
    listed = sorted(items, key=lambda item: (item.due_at, item.id))[:SHOWN]
    obligations = [_listed(item, item.debtor_id, template) for item in listed]
    about_id = items[0].id if len(items) == 1 else None
    params: dict[str, Param] = {
        "obligations": obligations,
        "more": len(items) - len(listed),
        "reason": event.reason.rstrip("."),
    }
    if template in ("obligations_postponed", "colleague_postponed"):
        params["cause"] = event.cause.value
    return Note(person_id, template, params, about_id)
