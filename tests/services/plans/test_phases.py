"""Phases open for everybody in a few statements, once, and count what is owed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event

from contracts.activities import SweepAsk
from contracts.base import Phase, new_id
from contracts.evaluation.cycles import CycleClosed, Member, MembersEnrolled
from contracts.plans.obligations import ObligationsOpened
from directory import take
from kit.db import Database
from kit.errors import NotReady
from services.plans.activities import PlanActivities
from services.plans.cycles.commands.closing import close_plans
from tests.conftest import ClientOf
from tests.services.plans.stage import Stage, content
from tests.support import people
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

MANY = 300


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def _many(database: Database) -> tuple[people.Office, people.Cycle]:
    office = await people.people(database)
    cycle = await people.open_cycle(database, office)
    more = tuple(
        Member(
            appraisal_id=new_id(),
            servant_id=new_id(),
            unit_id=office.unit_id,
            rater_id=office.section_head,
            authority_id=office.head,
            is_head=False,
        )
        for _ in range(MANY)
    )
    async with database.transaction(office.tenant_id) as session:
        await take.take_members(session, MembersEnrolled(tenant_id=office.tenant_id, cycle_id=cycle.id, members=more))
    return office, cycle


async def test_a_phase_opens_for_hundreds_in_a_few_statements(plans_db: Database, client_of: ClientOf) -> None:
    office, cycle = await _many(plans_db)
    stage = Stage(plans_db, client_of("plans", plans_db), office, cycle)
    people_in_all = MANY + len(office.everyone)
    for phase in (Phase.PLANNING, Phase.EXECUTION, Phase.EVALUATION):
        with counted(plans_db) as statements:
            state = await stage.open(phase)
        assert state.owed == people_in_all
        assert len(statements) <= 20, f"{phase}: {len(statements)} statements"


async def test_a_phase_opens_once_however_often_it_is_asked(stage: Stage) -> None:
    plan_id = await stage.proposed()
    opened = len(await emitted_of(stage.database, ObligationsOpened))
    before = await stage.activities.read_phase(stage.ask(Phase.PLANNING))
    assert await stage.open(Phase.PLANNING) == before
    assert len(await emitted_of(stage.database, ObligationsOpened)) == opened
    assert (await stage.plan()).id == plan_id
    assert before.owed == len(stage.office.everyone)


async def test_a_phase_waits_for_members_that_have_not_arrived(stage: Stage) -> None:
    ask = stage.ask(Phase.PLANNING).model_copy(update={"members": 1000})
    with pytest.raises(NotReady):
        await stage.activities.open_phase(ask)


async def test_phases_that_ask_nothing_of_plans_owe_nothing(plans_db: Database, client_of: ClientOf) -> None:
    office = await people.people(plans_db)
    cycle = await people.open_cycle(plans_db, office, start=date(2026, 1, 1), end=date(2026, 3, 31))
    stage = Stage(plans_db, client_of("plans", plans_db), office, cycle)
    for phase in (Phase.PREPARATION, Phase.MODERATION, Phase.DISCLOSURE):
        assert (await stage.open(phase)).owed == 0
    assert (await stage.open(Phase.PLANNING)).owed == len(office.everyone)
    assert (await stage.open(Phase.EXECUTION)).owed == 0, "a single period is reported in evaluation"
    assert (await stage.open(Phase.EVALUATION)).owed == len(office.everyone)


async def test_the_story_is_told_how_long_to_wait_for_the_next_rung(stage: Stage) -> None:
    swept = await PlanActivities(stage.database).sweep_obligations(SweepAsk(tenant_id=stage.city))
    assert swept.handled == 0
    assert swept.wait_seconds is not None
    # the first reminder lies two working days before the due date of ten
    assert swept.wait_seconds == pytest.approx(10 * 86_400 + 15 * 3600, abs=60)


async def test_the_end_of_a_cycle_closes_its_plans(stage: Stage) -> None:
    plan_id = await stage.made_set()
    closed = CycleClosed(tenant_id=stage.city, cycle_id=stage.cycle.id)
    for _ in range(2):
        async with stage.database.transaction(stage.city) as session:
            await close_plans(session, closed)
    assert (await stage.plan()).state == "CLOSED"
    amendment = content() | {"reason": "Terlambat"}
    assert (await stage.post(stage.rater, f"/plans/{plan_id}/amendment", amendment)).status_code == 409
    assert (await stage.get(stage.servant, f"/plans/{plan_id}")).status_code == 200


@pytest.mark.parametrize(
    ("who", "counted_people"), [("office", 11), ("section_head", 5), ("head", 6), ("sekda", 10 - 5)]
)
async def test_the_board_counts_those_whom_one_leads(stage: Stage, who: str, counted_people: int) -> None:
    await stage.made_set()
    await stage.open(Phase.EXECUTION)
    person: UUID = getattr(stage.office, who)
    board = (await stage.get(person, f"/cycles/{stage.cycle.id}/board")).json()
    assert board["people"] == counted_people
    assert board["states"].get("SET", 0) == (1 if who in ("office", "section_head", "head") else 0)
    assert [one["not_reported"] for one in board["reports"]] == [counted_people, counted_people]


async def test_the_board_is_not_for_those_who_lead_nobody(stage: Stage) -> None:
    assert (await stage.get(stage.servant, f"/cycles/{stage.cycle.id}/board")).status_code == 403
