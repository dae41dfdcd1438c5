"""Who is notified what of a field visit: the panel, who leads the unit, and the performance office."""

from collections.abc import Iterable
from uuid import UUID

from contracts.evaluation.visits import (
    PanelChanged,
    PanelConflictDeclared,
    PanelMissing,
    VisitAnnounced,
    VisitDateSet,
    VisitHeld,
    VisitMissed,
    VisitNotHeld,
    VisitResponded,
    VisitScheduled,
    VisitUnanswered,
)
from services.notify.notices.rules.notes import Note, Param, Recipients, Whom, params


def visit_scheduled(event: VisitScheduled) -> list[Note]:
    said = params(unit=event.unit_id, due_at=event.due_at)
    return _each(_both(event), "visit_scheduled", said, event.visit_id)


def visit_date_set(event: VisitDateSet) -> list[Note]:
    said = params(
        unit=event.unit_id, by=event.set_by, visit_on=event.visit_on, moved_from=event.former, reason=event.reason
    )
    return _each(_both(event), "visit_date_set", said, event.visit_id)


def visit_announced(event: VisitAnnounced) -> list[Note]:
    said = params(unit=event.unit_id, visit_on=event.visit_on)
    return _each(_both(event), "visit_announced", said, event.visit_id)


def visit_missed(event: VisitMissed) -> list[Note]:
    said = params(unit=event.unit_id, visit_on=event.visit_on)
    return _each([*event.panel, Whom.OFFICE], "visit_missed", said, event.visit_id)


def visit_held(event: VisitHeld) -> list[Note]:
    if event.respondent_id is None:
        return []
    said = params(unit=event.unit_id, held_on=event.held_on, findings=event.findings, respond_by=event.respond_by)
    return [Note(event.respondent_id, "visit_held", said, event.visit_id)]


def visit_not_held(event: VisitNotHeld) -> list[Note]:
    return _each([*_both(event), Whom.OFFICE], "visit_not_held", params(unit=event.unit_id), event.visit_id)


def visit_responded(event: VisitResponded) -> list[Note]:
    said = params(
        unit=event.unit_id,
        by=event.responded_by,
        agreed=event.agreed,
        explained=event.explained,
        actions=event.actions,
    )
    return _each([*event.panel, Whom.OFFICE], "visit_responded", said, event.visit_id)


def visit_unanswered(event: VisitUnanswered) -> list[Note]:
    return _each(event.panel, "visit_unanswered", params(unit=event.unit_id), event.visit_id)


def panel_changed(event: PanelChanged) -> list[Note]:
    said = params(unit=event.unit_id, by=event.changed_by, reason=event.reason, members=len(event.panel))
    # The office as well: an empty panel is named anew by it.
    return _each([*event.panel, *event.former, Whom.OFFICE], "panel_changed", said, event.visit_id)


def panel_missing(event: PanelMissing) -> list[Note]:
    return [Note(Whom.OFFICE, "panel_missing", params(unit=event.unit_id), event.cycle_id)]


def panel_conflict(event: PanelConflictDeclared) -> list[Note]:
    return [Note(Whom.OFFICE, "panel_conflict", params(by=event.member_id), event.conflict_id)]


RECIPIENTS: Recipients = {
    VisitScheduled: visit_scheduled,
    VisitDateSet: visit_date_set,
    VisitAnnounced: visit_announced,
    VisitMissed: visit_missed,
    VisitHeld: visit_held,
    VisitNotHeld: visit_not_held,
    VisitResponded: visit_responded,
    VisitUnanswered: visit_unanswered,
    PanelChanged: panel_changed,
    PanelMissing: panel_missing,
    PanelConflictDeclared: panel_conflict,
}


def _both(event: VisitScheduled | VisitDateSet | VisitAnnounced | VisitNotHeld) -> list[UUID]:
    """The panel, and who leads the unit."""
    return [*event.panel, *([] if event.head_id is None else [event.head_id])]


def _each(people: Iterable[UUID | Whom], template: str, said: dict[str, Param], about_id: UUID) -> list[Note]:
    return [Note(one, template, said, about_id) for one in dict.fromkeys(people)]
