"""PROVINCE: an official of the province reads the cities that have declared him or her, in numbers, and nobody in them."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from contracts.base import Phase, Role, new_id
from contracts.registry.holders import AccountRecorded
from directory import take
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from services.evaluation.provinces.commands import Officials
from services.evaluation.publication.rules import LEAST
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating, scene
from tests.services.evaluation.test_whole_cycle import everybody_is_assessed, lives_through
from tests.support import policies
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.people import Office

pytestmark = pytest.mark.connected
PROVINCE = "16.00"
NEIGHBOUR = "16.74"


@dataclass(frozen=True)
class Small(Office):
    """Eight people."""

    staff: tuple[UUID, ...] = field(default_factory=lambda: (new_id(), new_id()))


@dataclass(frozen=True)
class Official:
    """Somebody of the province, whom cities declare."""

    database: Database
    client: Client
    id: UUID = field(default_factory=new_id)

    async def declared(self, city: str, *, revision: int = 1, active: bool = True) -> None:
        """Evaluation hears it."""
        await Officials(self.database).take(self.account(city, revision=revision, active=active), new_id())

    def account(self, city: str, *, revision: int = 1, active: bool = True) -> AccountRecorded:
        """What the city's registry tells."""
        return AccountRecorded(
            tenant_id=city,
            account_id=self.id,
            revision=revision,
            name="Pejabat provinsi",
            email="pejabat@example.go.id",
            roles=(Role.PROVINCE,) if active else (),
            active=active,
        )

    async def reads(self, *, city: str = PROVINCE, status: int = 200, **query: Any) -> Any:
        headers = self.client.as_(self.id, city, Role.PROVINCE)
        answer = await self.client.get("/v1/province/cities", params=query, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def cities(self) -> dict[str, Any]:
        return {one["city"]: one for one in (await self.reads())["items"]}


async def neighbour(
    database: Database,
    client_of: ClientOf,
    clock: SetClock,
    patch: pytest.MonkeyPatch,
    kind: type[Office] = Office,
) -> Scene:
    """Another city of the same province, with a cycle of its own."""
    patch.setitem(policies.CITIES, "prabumulih", NEIGHBOUR)
    policy = policy_of("palembang").model_copy(update={"scope": NEIGHBOUR})
    return await scene(database, client_of, clock, "prabumulih", policy=policy, kind=kind)


async def test_only_cities_that_declared_the_official_are_in_the_view(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await neighbour(evaluation_db, client_of, clock, monkeypatch)
    here = await evaluating(evaluation_db, client_of, clock)
    official = Official(evaluation_db, here.client)
    await official.reads(status=403)
    await official.declared(here.tenant_id)
    assert set(await official.cities()) == {here.tenant_id}
    await official.declared(there.tenant_id)
    assert set(await official.cities()) == {here.tenant_id, there.tenant_id}
    assert [one["city"] for one in (await official.reads(limit=1))["items"]] == [here.tenant_id]
    await official.declared("14.72")  # of another province: there one signs in for that one
    assert set(await official.cities()) == {here.tenant_id, there.tenant_id}
    other = Official(evaluation_db, here.client)
    await other.declared(there.tenant_id)
    assert set(await other.cities()) == {there.tenant_id}
    await official.declared(there.tenant_id, revision=2, active=False)
    await official.declared(there.tenant_id, revision=1)  # an old fact that comes late
    assert set(await official.cities()) == {here.tenant_id}
    await official.declared(here.tenant_id, revision=2, active=False)
    await official.reads(status=403)


async def test_a_running_cycle_is_told_in_steps_and_without_anybody_in_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    official = Official(evaluation_db, here.client)
    await official.declared(here.tenant_id)
    told = (await official.cities())[here.tenant_id]
    assert (told["city_name"], told["name"], told["phase"]) == ("Dinas Contoh", told["name"], "EVALUATION")
    assert (told["people"], told["least"], told["rated_percent"], told["final_percent"]) == (11, LEAST, 0, 0)
    assert (told["predicates"], told["predicate_percents"], told["results"]) == (None, None, None)
    await here.plan(*here.office.everyone)
    for servant in here.office.staff:
        await here.assess(servant, here.rater)
    await here.sweep()
    assert (await official.cities())[here.tenant_id] == told, "no more often than once an hour"
    clock.advance(seconds=3_600)
    await here.sweep()
    assert (await official.cities())[here.tenant_id]["rated_percent"] == 0, "five of eleven are too few to be told"
    await everybody_is_assessed(here)
    clock.advance(seconds=3_600)
    await here.sweep()
    told = (await official.cities())[here.tenant_id]
    assert (told["rated_percent"], told["issued_percent"]) == (100, 0)
    ids = {str(one) for one in here.office.everyone} | {str(one) for one in here.appraisals.values()}
    assert not ids.intersection(re.findall(r"[0-9a-f-]{36}", json.dumps(told)))


async def test_a_closed_cycle_shows_what_was_published_and_hides_the_same(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, "palembang")
    official = Official(evaluation_db, here.client)
    await official.declared(here.tenant_id)
    await lives_through(here)
    clock.advance(seconds=3_600)
    await here.sweep()
    told = (await official.cities())[here.tenant_id]
    (public,) = (await here.client.get(f"/v1/public/{here.tenant_id}/reports")).json()["items"]
    assert (told["state"], told["phase"], told["results"]) == ("CLOSED", None, public["people"])
    assert told["predicates"] == public["predicates"] == dict.fromkeys(public["predicates"])
    assert set(told["predicate_percents"].values()) == {None}
    assert (told["final_percent"], told["on_time_percent"]) == (100, 100)
    clock.advance(seconds=7_200)
    await here.sweep()
    assert (await official.cities())[here.tenant_id] == told, "what is over is told once"


async def test_shares_of_a_city_are_those_of_its_published_numbers(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, "palembang")
    official = Official(evaluation_db, here.client)
    await official.declared(here.tenant_id)
    published = {"VERY_GOOD": 30, "GOOD": 60, "NEEDS_IMPROVEMENT": None, "POOR": None, "VERY_POOR": 0}
    async with evaluation_db.transaction(PROVINCE) as session:
        writing = text("update province_figures set results = 120, predicates = cast(:one as jsonb)")
        await session.execute(writing, {"one": json.dumps(published)})
    told = (await official.cities())[here.tenant_id]["predicate_percents"]
    assert told == {"VERY_GOOD": 25, "GOOD": 50, "NEEDS_IMPROVEMENT": None, "POOR": None, "VERY_POOR": 0}


async def test_of_a_city_with_few_people_no_number_is_told(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await neighbour(evaluation_db, client_of, clock, monkeypatch, kind=Small)
    await there.through(Phase.PREPARATION)
    official = Official(evaluation_db, there.client)
    await official.declared(there.tenant_id)
    told = (await official.cities())[there.tenant_id]
    numbers = {"people", "results", "rated_percent", "issued_percent", "final_percent", "on_time_percent"}
    assert {told[name] for name in numbers} == {None}
    assert (told["state"], told["least"]) == ("OPEN", LEAST)


async def test_the_province_has_a_wall_of_its_own(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    official = Official(evaluation_db, here.client)
    await official.declared(here.tenant_id)
    async with evaluation_db.transaction(here.tenant_id) as session:
        await take.take_master_data(session, [official.account(here.tenant_id)])
    refused = await official.reads(city=here.tenant_id, status=403)
    assert PROVINCE in refused["detail"], "says as what to sign in"
    for inside, seen in ((PROVINCE, (1, 0)), (here.tenant_id, (0, 1)), ("14.00", (0, 0))):
        async with evaluation_db.transaction(inside) as session:
            figures = (await session.execute(text("select count(*) from province_figures"))).scalar_one()
            cycles = (await session.execute(text("select count(*) from cycles"))).scalar_one()
        assert (figures, cycles) == seen
    with pytest.raises(DBAPIError, match="ck_province_officials_city"):
        await _declare_elsewhere(evaluation_db)


async def _declare_elsewhere(database: Database) -> None:
    """A city stands in its own province."""
    wrong = "insert into province_officials values ('14.00', '16.71', gen_random_uuid(), 1, true)"
    async with database.transaction("14.00") as session:
        await session.execute(text(wrong))
