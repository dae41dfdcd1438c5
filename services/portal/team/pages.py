"""The team of a rater and the branch of a reviewing authority, a row a person."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, HTTPException, Response

from contracts.base import Relation
from contracts.portal.papers import PaperKind
from kit.db import clock
from services.portal.duties.names import duty_name
from services.portal.duties.places import place_of
from services.portal.duties.queries import OwnDuty, own_duties
from services.portal.listings.paper import paper_of
from services.portal.standings.queries import PLAN_STATES, SORTS, Row, Wanted, standings
from services.portal.team.listing import listing_of
from services.portal.team.queries import TeamCycle, led_cycles, team_of
from services.portal.web.forms import Form
from services.portal.web.numbers import page_number
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visit, Visiting

router = pages()
_SIZE = 50
_MOST_ON_PAPER = 1000
"""People; a rater has some ten, a branch some hundred."""
_LEADS = shown_to(Relation.RATER, Relation.AUTHORITY, note="one's own team and branch; others find it empty")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for: a cycle, the branch instead of the team, a state of the plan, late ones alone, an order."""

    siklus: str = ""
    cabang: str = ""
    rencana: str = ""
    terlambat: str = ""
    urut: str = "due"

    def wanted(self, cycle: TeamCycle, reader: UUID) -> Wanted:
        """As the copy is asked."""
        branch = (bool(self.cabang) and cycle.reviews) or not cycle.leads
        return Wanted(
            cycle.id,
            rater_id=None if branch else reader,
            authority_id=reader if branch else None,
            plan_state=self.rencana if self.rencana in PLAN_STATES else None,
            late=bool(self.terlambat),
            sort=self.urut if self.urut in SORTS else "due",
        )


Filtered = Annotated[Filter, Depends()]


@router.get("/tim", **_LEADS)
async def team(visit: Visiting, asked: Filtered, halaman: str = "1") -> Response:
    """Who waits for me stands above, then everybody with states and the oldest thing owed."""
    async with visit.copies() as session:
        cycles = await led_cycles(session, visit.actor.id)
        cycle = _chosen(cycles, asked.siklus, clock(session).now().date())
        if cycle is None:
            return visit.page("team/team.html", visit.say("team.title"), section="team", cycle=None)
        wanted = asked.wanted(cycle, visit.actor.id)
        number = page_number(halaman)
        found = await standings(session, wanted, page=number, size=_SIZE)
        duties = await own_duties(session, visit.actor.id)
        members = await team_of(session, visit.actor.id) if cycle.leads else []
    waiting = [_duty(visit, one) for one in duties if one.about_id and one.about_id != visit.actor.id]
    branch = wanted.rater_id is None
    return visit.page(
        "team/team.html",
        visit.say("team.title"),
        section="team",
        form=Form(),
        members=members,
        query=_query(wanted, cycle, branch=branch),
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


@router.get("/tim/daftar.pdf", **_LEADS)
async def paper(visit: Visiting, asked: Filtered) -> Response:
    """The same list for a meeting, with the same filter and in the same order, all of its pages."""
    async with visit.copies() as session:
        now = clock(session).now()
        cycle = _chosen(await led_cycles(session, visit.actor.id), asked.siklus, now.date())
        if cycle is None:
            raise HTTPException(404)
        wanted = asked.wanted(cycle, visit.actor.id)
        rows = (await standings(session, wanted, page=1, size=_MOST_ON_PAPER)).rows
    branch = wanted.rater_id is None
    title = visit.say("team.branch") if branch else visit.say("team.title")
    intro = [cycle.name, visit.say("team.as_of", at=visit.moment(now))]
    listing = listing_of(visit, rows, branch=branch)
    return await paper_of(visit, "tim", title, [listing], intro=intro, kind=PaperKind.TEAM)


def _query(wanted: Wanted, cycle: TeamCycle, *, branch: bool) -> str:
    """The filter as an address has it, without the number of the page."""
    asked = {"siklus": str(cycle.id), "cabang": "1" if branch else "", "rencana": wanted.plan_state or ""}
    asked |= {"terlambat": "1" if wanted.late else "", "urut": wanted.sort}
    return urlencode({name: value for name, value in asked.items() if value})


def _chosen(cycles: list[TeamCycle], asked: str, today: date) -> TeamCycle | None:
    """The one that is named; else the newest that is open and has begun or begins soonest."""
    named = next((one for one in cycles if str(one.id) == asked), None)
    open_ones = [one for one in cycles if not one.closed] or cycles
    of_today = next((one for one in open_ones if one.period_start <= today <= one.period_end), None)
    return named or of_today or next(iter(open_ones), None)


def _duty(visit: Visit, duty: OwnDuty) -> dict[str, object]:
    name = duty_name(visit.language, duty.kind)
    return {"name": f"{name}: {duty.about}", "path": place_of(duty), "due_at": duty.due_at, "late": duty.overdue}


def _row(visit: Visit, row: Row) -> dict[str, object]:
    """With the act that it waits for as a link, where there is one."""
    return {
        "row": row,
        "duty": duty_name(visit.language, row.duty) if row.duty else "",
        "path": f"/tim/rencana/{row.plan_id}" if row.plan_id else "",
    }
