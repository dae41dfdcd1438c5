"""The list of tasks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from fastapi import Response

from contracts.base import Relation, Role
from contracts.obligations import ObligationKind
from kit.db import clock
from services.portal.duties.names import duty_name
from services.portal.duties.places import place_of
from services.portal.duties.queries import OwnDuty, own_duties
from services.portal.visits.reading import of_reader
from services.portal.web.route import pages
from services.portal.web.sections import home
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_SOON = timedelta(days=7)
OF_VISITS = frozenset({ObligationKind.VISIT_UNIT, ObligationKind.RESPOND_TO_VISIT, ObligationKind.ASSESS_PANEL})
"""Told apart by the unit and the day: of one member of a panel there are several alike."""
_ACTS = {ObligationKind.ACKNOWLEDGE_STANDARD: "/standar/{cycle}/baca"}
"""What is done by one press in the list itself: nothing is asked beside it."""


@router.get("/", **shown_to(Relation.ANYONE, note="one's own obligations"))
async def tasks(visit: Visiting) -> Response:
    """What I owe, the most urgent first."""
    async with visit.copies() as session:
        duties, now = await own_duties(session, visit.actor.id), clock(session).now()
    if not duties and (begins := home(visit.actor, visit.visitor)):
        return visit.go(begins)
    visits = await _visits(visit, duties)
    groups = {
        "late": [_task(visit, one, visits) for one in duties if one.overdue],
        "soon": [_task(visit, one, visits) for one in duties if not one.overdue and one.due_at - now <= _SOON],
        "later": [_task(visit, one, visits) for one in duties if one.due_at - now > _SOON],
    }
    mine = [one for one in visits.values() if str(visit.actor.id) in one["panel"]]
    shown: dict[str, Any] = {"groups": groups, "count": len(duties), "visits": mine}
    return visit.page("tasks/tasks.html", visit.say("tasks.title"), section="tasks", **shown)


async def _visits(visit: Visit, duties: list[OwnDuty]) -> dict[str, Any]:
    """By id, of whoever is on panels or owes something about a visit; the service is asked for nobody else."""
    concerned = visit.has(Role.PANEL) or any(one.kind in OF_VISITS for one in duties)
    return await of_reader(visit) if concerned else {}


def _task(visit: Visit, duty: OwnDuty, visits: Mapping[str, Any]) -> dict[str, object]:
    """As GOV.UK's task list wants it: the act, whom or which unit it is about, by when, and what its end would be."""
    name = duty_name(visit.language, duty.kind)
    about = duty.about if duty.about_id != visit.actor.id else ""
    if duty.kind in OF_VISITS and (there := visits.get(str(duty.subject_id))):
        about = f"{there['unit']}, {_day(visit, there)}"
    return {
        "name": f"{name}: {about}" if about else name,
        "path": place_of(duty),
        "due_at": duty.due_at,
        "overdue": duty.overdue,
        "handed_over": duty.handed_over,
        "act": _ACTS[duty.kind].format(cycle=duty.cycle_id) if duty.kind in _ACTS else "",
        "otherwise": visit.say(f"tasks.otherwise_{duty.kind.value.lower()}"),
    }


def _day(visit: Visit, there: Mapping[str, Any]) -> str:
    """When the visit was, or is to be."""
    return visit.day(there["held_on"] or there["visit_on"]) or visit.say("visits.no_day_yet")
