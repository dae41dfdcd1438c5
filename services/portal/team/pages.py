"""The team of a rater and the branch of a reviewing authority, a row a person."""

from datetime import date

from fastapi import Response

from contracts.base import Relation
from contracts.obligation_names import OBLIGATION_NAMES
from kit.db import clock
from services.portal.duties.places import place_of
from services.portal.duties.queries import OwnDuty, own_duties
from services.portal.standings.queries import PLAN_STATES, SORTS, Row, Wanted, standings
from services.portal.team.queries import TeamCycle, led_cycles
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_SIZE = 50
_LEADS = shown_to(Relation.RATER, Relation.AUTHORITY, note="one's own team and branch; others find it empty")


@router.get("/tim", **_LEADS)
async def team(
    visit: Visiting,
    siklus: str = "",
    cabang: str = "",
    rencana: str = "",
    terlambat: str = "",
    urut: str = "due",
    halaman: str = "1",
) -> Response:
    """Who waits for me stands above, then everybody with states and the oldest thing owed."""
    async with visit.copies() as session:
        cycles = await led_cycles(session, visit.actor.id)
        cycle = _chosen(cycles, siklus, clock(session).now().date())
        if cycle is None:
            return visit.page("team/team.html", visit.say("team.title"), section="team", cycle=None)
        branch = (bool(cabang) and cycle.reviews) or not cycle.leads
        wanted = Wanted(
            cycle.id,
            rater_id=None if branch else visit.actor.id,
            authority_id=visit.actor.id if branch else None,
            plan_state=rencana if rencana in PLAN_STATES else None,
            late=bool(terlambat),
            sort=urut if urut in SORTS else "due",
        )
        number = int(halaman) if halaman.isdecimal() and int(halaman) else 1
        found = await standings(session, wanted, page=number, size=_SIZE)
        duties = await own_duties(session, visit.actor.id)
    waiting = [_duty(visit, one) for one in duties if one.about_id and one.about_id != visit.actor.id]
    return visit.page(
        "team/team.html",
        visit.say("team.title"),
        section="team",
        cycle=cycle,
        others=[one for one in cycles if one.id != cycle.id],
        branch=branch,
        wanted=wanted,
        rows=[_row(visit, one) for one in found.rows],
        total=found.total,
        number=number,
        more=number * _SIZE < found.total,
        waiting=waiting,
        states=PLAN_STATES,
        sorts=tuple(SORTS),
    )


def _chosen(cycles: list[TeamCycle], asked: str, today: date) -> TeamCycle | None:
    """The one that is named; else the newest that is open and has begun or begins soonest."""
    named = next((one for one in cycles if str(one.id) == asked), None)
    open_ones = [one for one in cycles if not one.closed] or cycles
    of_today = next((one for one in open_ones if one.period_start <= today <= one.period_end), None)
    return named or of_today or next(iter(open_ones), None)


def _duty(visit: Visit, duty: OwnDuty) -> dict[str, object]:
    name = _name(visit, duty.kind)
    return {"name": f"{name}: {duty.about}", "path": place_of(duty), "due_at": duty.due_at, "late": duty.overdue}


def _row(visit: Visit, row: Row) -> dict[str, object]:
    """With the act that it waits for as a link, where there is one."""
    return {
        "row": row,
        "duty": _name(visit, row.duty) if row.duty else "",
        "path": f"/tim/rencana/{row.plan_id}" if row.plan_id else "",
    }


def _name(visit: Visit, kind: object) -> str:
    return OBLIGATION_NAMES[kind][0 if visit.language == "id" else 1]  # type: ignore[index]
