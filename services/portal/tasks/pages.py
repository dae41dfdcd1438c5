"""The list of tasks."""

from datetime import timedelta
from typing import Any

from fastapi import Response

from contracts.base import Relation, Role
from contracts.obligation_names import OBLIGATION_NAMES
from contracts.obligations import ObligationKind
from kit.db import clock
from kit.errors import Busy
from services.portal.duties.places import place_of
from services.portal.duties.queries import OwnDuty, own_duties
from services.portal.visits.reading import units
from services.portal.web.route import pages
from services.portal.web.sections import home
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_SOON = timedelta(days=7)
_ACTS = {ObligationKind.ACKNOWLEDGE_STANDARD: "/standar/{cycle}/baca"}
"""What is done by one press in the list itself: nothing is asked beside it."""


@router.get("/", **shown_to(Relation.ANYONE, note="one's own obligations"))
async def tasks(visit: Visiting) -> Response:
    """What I owe, the most urgent first."""
    async with visit.copies() as session:
        duties, now = await own_duties(session, visit.actor.id), clock(session).now()
    if not duties and (begins := home(visit.actor, visit.visitor)):
        return visit.go(begins)
    groups = {
        "late": [_task(visit, one) for one in duties if one.overdue],
        "soon": [_task(visit, one) for one in duties if not one.overdue and one.due_at - now <= _SOON],
        "later": [_task(visit, one) for one in duties if one.due_at - now > _SOON],
    }
    shown: dict[str, Any] = {"groups": groups, "count": len(duties), "visits": await _visits(visit)}
    return visit.page("tasks/tasks.html", visit.say("tasks.title"), section="tasks", **shown)


async def _visits(visit: Visit) -> list[dict[str, Any]]:
    """Of whoever is on panels: the visits with their units, those that wait first."""
    if not visit.has(Role.PANEL):
        return []
    try:
        found = await visit.ask.every("evaluation", "/visits")
    except Busy:  # the list of tasks is there whatever a service does
        return []
    called = await units(visit, [one["unit_id"] for one in found])
    order = sorted(found, key=lambda one: (one["state"] != "SCHEDULED", one["visit_on"] or one["scheduled_for"]))
    return [one | {"unit": called.get(one["unit_id"], "-")} for one in order]


def _task(visit: Visit, duty: OwnDuty) -> dict[str, object]:
    """As GOV.UK's task list wants it: the act, whom it is about, by when, and what its end would be."""
    name = OBLIGATION_NAMES[duty.kind][0 if visit.language == "id" else 1]
    return {
        "name": f"{name}: {duty.about}" if duty.about and duty.about_id != visit.actor.id else name,
        "path": place_of(duty),
        "due_at": duty.due_at,
        "overdue": duty.overdue,
        "handed_over": duty.handed_over,
        "act": _ACTS[duty.kind].format(cycle=duty.cycle_id) if duty.kind in _ACTS else "",
        "otherwise": visit.say(f"tasks.otherwise_{duty.kind.value.lower()}"),
    }
