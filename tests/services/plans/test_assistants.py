"""An assistant enters for somebody without a computer: that person's own acts, recorded of both, and never as a rater."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from contracts.base import Phase, Role, new_id
from contracts.plans.assistance import EnteredOnBehalf
from contracts.plans.daily_log import ActivitiesLogged
from contracts.registry.assistants import AssistantDeclared, AssistantEnded
from directory import take
from kit.assistance import HEADER
from tests.services.plans.conftest import StageOf
from tests.services.plans.stage import Body, Stage, content
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, relay_url

pytestmark = pytest.mark.connected

ENTRY: Body = {"day": "2026-01-05", "text": "Menyapu taman kota", "minutes": 240}


class Assisted:
    """A colleague of the staff enters for somebody else."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.assistant = stage, stage.office.staff[3]
        self.declaration_id = new_id()

    async def declare(self, servant: UUID, since: date, until: date | None = None) -> None:
        told = AssistantDeclared(
            tenant_id=self.stage.city,
            declaration_id=self.declaration_id,
            servant_id=servant,
            assistant_id=self.assistant,
            since=since,
            until=until,
            reason="Tanpa komputer",
        )
        async with self.stage.database.transaction(self.stage.city) as session:
            await take.take_assistant(session, told)

    async def end(self, servant: UUID, until: date) -> None:
        told = AssistantEnded(
            tenant_id=self.stage.city,
            declaration_id=self.declaration_id,
            servant_id=servant,
            assistant_id=self.assistant,
            until=until,
            reason="Selesai",
            ended_by=servant,
        )
        async with self.stage.database.transaction(self.stage.city) as session:
            await take.take_assistant_end(session, told)

    async def ask(self, method: str, path: str, servant: UUID, body: Any = None, *roles: Role) -> httpx.Response:
        headers = self.stage.client.as_(self.assistant, self.stage.city, *roles) | {HEADER: str(servant)}
        return await self.stage.client.request(method, f"/v1{path}", json=body, headers=headers)


@pytest.fixture
async def assisted(stage_of: StageOf) -> Assisted:
    """Dumai, where a log is kept; the servant has an assistant from 2 January on."""
    here = Assisted(await stage_of("dumai"))
    await here.declare(here.stage.servant, date(2026, 1, 2))
    return here


async def test_plan_log_and_confirmation_are_the_persons_own_and_recorded_of_both(assisted: Assisted) -> None:
    stage, servant = assisted.stage, assisted.stage.servant
    [mine] = (await assisted.ask("GET", "/plans", servant)).json()["items"]
    path = f"/plans/{mine['id']}"
    assert (await assisted.ask("PUT", path, servant, content())).status_code == 200
    assert (await assisted.ask("POST", f"{path}/proposal", servant)).json()["state"] == "PROPOSED"
    assert (await assisted.ask("POST", f"{path}/activities", servant, {"entries": [ENTRY]})).status_code == 201
    [logged] = await emitted_of(stage.database, ActivitiesLogged)
    assert logged.servant_id == servant
    told = await emitted_of(stage.database, EnteredOnBehalf)
    assert {(one.servant_id, one.assistant_id) for one in told} == {(servant, assisted.assistant)}
    assert [one.act for one in told] == [
        f"PUT /v1{path}",
        f"POST /v1{path}/proposal",
        f"POST /v1{path}/activities",
    ]
    connection = await asyncpg.connect(relay_url(stage.database))
    try:
        actors = await connection.fetch("select distinct actor from outbox where type like '%activities%'")
    finally:
        await connection.close()
    assert [row["actor"] for row in actors] == [f"{assisted.assistant} on behalf of {servant}"]
    own = await stage.post(servant, f"{path}/activities", {"entries": [ENTRY | {"text": "Memangkas pohon"}]})
    assert own.status_code == 201
    assert len(await emitted_of(stage.database, EnteredOnBehalf)) == 3  # what one enters oneself is nobody else's


async def test_what_is_refused_leaves_no_record(assisted: Assisted) -> None:
    plan_id = (await assisted.stage.plan()).id
    early = await assisted.ask("POST", f"/plans/{plan_id}/confirmation", assisted.stage.servant, {"answer": "AGREED"})
    assert early.status_code == 409
    assert await emitted_of(assisted.stage.database, EnteredOnBehalf) == []


async def test_nobody_enters_for_whom_he_or_she_does_not_assist_today(assisted: Assisted, clock: SetClock) -> None:
    stage, servant = assisted.stage, assisted.stage.servant
    path = f"/plans/{(await stage.plan()).id}"
    stranger = stage.client.as_(stage.office.staff[2], stage.city, Role.PERFORMANCE_OFFICE) | {HEADER: str(servant)}
    assert (await stage.client.put(f"/v1{path}", json=content(), headers=stranger)).status_code == 403
    assert (await assisted.ask("GET", "/plans", stage.peer)).status_code == 403
    assert (await assisted.ask("GET", "/plans", new_id())).status_code == 403
    wrong = stage.client.as_(assisted.assistant, stage.city) | {HEADER: "Ani"}
    assert (await stage.client.get("/v1/plans", headers=wrong)).status_code == 422
    clock.set(datetime(2026, 1, 1, 2, tzinfo=UTC))  # it has not begun
    assert (await assisted.ask("PUT", path, servant, content())).status_code == 403
    clock.set(datetime(2026, 1, 9, 2, tzinfo=UTC))
    assert (await assisted.ask("PUT", path, servant, content())).status_code == 200
    await assisted.end(servant, date(2026, 1, 8))
    assert (await assisted.ask("GET", path, servant)).status_code == 403


async def test_an_assistant_of_a_rater_sees_and_writes_that_persons_own_plan_alone(assisted: Assisted) -> None:
    stage = assisted.stage
    rater, subordinate = stage.rater, await stage.proposed()
    assisted.declaration_id = new_id()
    await assisted.declare(rater, date(2026, 1, 2))
    owed = text("update obligations set debtor_id = :rater where subject_id = :plan")
    async with stage.database.transaction(stage.city) as session:
        await session.execute(owed, {"rater": rater, "plan": subordinate})
    assert (await stage.get(rater, f"/plans/{subordinate}")).status_code == 200
    mine = (await assisted.ask("GET", "/plans", rater)).json()["items"]
    assert [one["servant_id"] for one in mine] == [str(rater)]
    for method, path, body in (
        ("GET", f"/plans/{subordinate}", None),
        ("PUT", f"/plans/{subordinate}", content()),
        ("POST", f"/plans/{subordinate}/proposal", None),
        ("POST", f"/plans/{subordinate}/setting", None),
        ("POST", f"/plans/{subordinate}/return", {"reason": "Kurang"}),
    ):
        answer = await assisted.ask(method, path, rater, body, Role.PERFORMANCE_OFFICE)
        assert answer.status_code == 403, path


async def test_a_report_of_actuals_is_entered_for_the_person(assisted: Assisted, clock: SetClock) -> None:
    stage, servant = assisted.stage, assisted.stage.servant
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    report = (await stage.reports(plan_id))[0]
    clock.set(datetime(2026, 3, 31, 2, tzinfo=UTC))
    form = (await assisted.ask("GET", f"/reports/{report.id}", servant)).json()
    figures = {"actuals": [{"indicator_id": one["id"], "actual": "40"} for one in form["indicators"]]}
    done = await assisted.ask("POST", f"/reports/{report.id}", servant, figures)
    assert (done.status_code, done.json()["state"]) == (200, "SUBMITTED")
