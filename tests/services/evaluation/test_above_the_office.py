"""Who stands above and beside the office: the appointing authority decides, leaders count, auditors read, nobody more."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Role
from kit.db import Database
from services.evaluation.findings.rules.cells import SMALLEST, hidden
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene
from tests.services.evaluation.test_proposals import YES, final, listed
from tests.support.clock import SetClock
from tests.support.holders import declare, withdraw

connected = pytest.mark.connected


class Above:
    """A city with final results that has declared everybody above its office."""

    def __init__(self, here: Scene) -> None:
        self.here, self.holders = here, here.office.holders

    async def ask(self, method: str, role: Role, path: str, body: Any = None, **query: Any) -> Any:
        headers = self.here.client.as_(self.holders[role], self.here.tenant_id, role)
        return await self.here.client.request(method, f"/v1{path}", json=body, params=query, headers=headers)

    async def status(self, role: Role, path: str) -> int:
        answered: int = (await self.ask("GET", role, path)).status_code
        return answered


@pytest.fixture
async def above(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Above:
    here = await final(evaluation_db, client_of, clock, "1")
    await declare(evaluation_db, here.tenant_id, here.office.holders)
    return Above(here)


@connected
async def test_the_declared_appointing_authority_decides_and_the_office_does_not(above: Above) -> None:
    here = above.here
    proposal = next(iter((await listed(here, servant_id=str(here.ani))).values()))
    body = {"proposal_ids": [proposal["id"]], **YES}
    refused = await here.post(here.office.office, "/proposals/decisions", body, status=403)
    assert refused["allowed"] == ["APPOINTING_AUTHORITY"]
    decided = await above.ask("POST", Role.APPOINTING_AUTHORITY, "/proposals/decisions", body)
    assert decided.json()["items"][0]["outcome"] == "DECIDED"
    shown = (await above.ask("GET", Role.APPOINTING_AUTHORITY, "/proposals", state="ACCEPTED")).json()["items"]
    assert [one["decided_by"] for one in shown] == [str(above.holders[Role.APPOINTING_AUTHORITY])]


@connected
async def test_where_nobody_is_declared_any_more_the_office_decides_again(above: Above) -> None:
    here = above.here
    proposal = next(iter((await listed(here, servant_id=str(here.ani))).values()))
    body = {"proposal_ids": [proposal["id"]], **YES}
    only = {Role.APPOINTING_AUTHORITY: above.holders[Role.APPOINTING_AUTHORITY]}
    await withdraw(here.database, here.tenant_id, only)
    assert (await above.ask("POST", Role.APPOINTING_AUTHORITY, "/proposals/decisions", body)).status_code == 403
    assert (await here.post(here.office.office, "/proposals/decisions", body))["items"][0]["outcome"] == "DECIDED"


@connected
async def test_the_leadership_reads_numbers_and_no_person(above: Above) -> None:
    cycle = f"/cycles/{above.here.cycle_id}"
    counted = (await above.ask("GET", Role.CITY_LEADER, f"{cycle}/summary")).json()
    assert counted["members"] == len(above.here.office.everyone)
    [unit] = (await above.ask("GET", Role.CITY_LEADER, f"{cycle}/distribution")).json()["items"]
    assert (unit["hidden"], unit["people"], unit["counts"], unit["leader_id"]) == (True, 0, {}, None)
    [unit] = (await above.here.get(above.here.office.office, f"{cycle}/distribution"))["items"]
    assert (unit["hidden"], unit["people"]) == (False, 2)
    assert (await above.ask("GET", Role.CITY_LEADER, "/results")).json()["items"] == []
    assert (await above.ask("GET", Role.CITY_LEADER, "/proposals")).json()["items"] == []
    assert await above.status(Role.CITY_LEADER, f"{cycle}/fairness") == 403
    assert await above.status(Role.CITY_LEADER, f"{cycle}/export") == 403


@connected
async def test_an_auditor_reads_traces_and_the_journal_and_changes_nothing(above: Above) -> None:
    here = above.here
    results = (await above.ask("GET", Role.AUDITOR, "/results", servant_id=str(here.ani))).json()["items"]
    explained = await above.ask("GET", Role.AUDITOR, f"/results/{results[0]['id']}/explanation")
    assert explained.json()["trace"]
    assert await above.status(Role.AUDITOR, "/journal") == 200
    assert await above.status(Role.AUDITOR, f"/cycles/{here.cycle_id}/interventions") == 200
    for path in (f"/results/{results[0]['id']}/acknowledgement", f"/cycles/{here.cycle_id}/pause"):
        answer = await above.ask("POST", Role.AUDITOR, path, {"reason": "ingin tahu"} if "pause" in path else {})
        assert answer.status_code == 403, answer.text
    assert await above.status(Role.CITY_LEADER, "/journal") == 403


@connected
async def test_a_machine_exports_final_results_and_reads_nobody_else(above: Above) -> None:
    exported = await above.ask("GET", Role.INTEGRATOR, f"/cycles/{above.here.cycle_id}/export")
    assert {*exported.json()} >= {"items", "held"}
    assert (await above.ask("GET", Role.INTEGRATOR, "/results")).json()["items"] == []
    assert await above.status(Role.INTEGRATOR, f"/cycles/{above.here.cycle_id}/summary") == 403


@connected
async def test_operations_reads_counts_of_what_waits(above: Above) -> None:
    answer = (await above.ask("GET", Role.OPERATIONS, "/operations")).json()
    assert answer["outbox_waiting"] > 0  # no relay runs in this test
    assert answer["outbox_oldest_at"] is not None
    assert answer["outbox_lag_seconds"] > 86_400  # since the cycle was opened
    assert (answer["outbox_dead"], answer["last_event_at"]) == (0, None)
    assert await above.status(Role.OPERATIONS, "/journal") == 403
    assert await above.status(Role.OPERATIONS, f"/cycles/{above.here.cycle_id}/summary") == 403


@connected
async def test_who_holds_an_office_by_an_account_is_member_of_no_cycle(above: Above) -> None:
    members = (await above.here.get(above.here.office.office, "/appraisals", limit=100))["items"]
    assert {UUID(one["servant_id"]) for one in members}.isdisjoint(above.holders.values())


def test_a_single_small_unit_cannot_be_had_as_a_difference() -> None:
    assert hidden({"a": SMALLEST, "b": 9}) == frozenset()
    assert hidden({"a": 2, "b": 9, "c": 6}) == {"a", "c"}
    assert hidden({"a": 2, "b": 1, "c": 6}) == {"a", "b"}
    assert hidden({"a": 2}) == {"a"}
    assert hidden({"a": 0, "b": 9}) == frozenset()
