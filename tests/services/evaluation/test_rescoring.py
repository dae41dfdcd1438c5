"""Issued results scored again: from their traces, and under another policy; neither changes anything."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from contracts.base import Phase, Rating
from contracts.evaluation.results import ResultIssued
from contracts.policy import Band, Policy
from contracts.registry.policies import PolicyPublished
from directory import take
from kinerja.commands.places import policy
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import RATINGS, Scene, evaluating
from tests.support.clock import SetClock
from tests.support.databases import Databases
from tests.support.told import told_of

pytestmark = pytest.mark.connected

_TABLES = ("results", "appraisals", "assessments", "obligations", "outbox", "cycles", "moderations")


async def _issued(database: Database, client_of: ClientOf, clock: SetClock, place: str = "palembang") -> Scene:
    here = await evaluating(database, client_of, clock, place)
    await here.lead(Phase.DISCLOSURE)
    for number, servant in enumerate(here.office.staff):
        await here.provisional(servant, points=84 + 4 * number)
        await here.issue(servant, here.rater)
    return here


async def _everything(server: asyncpg.Connection) -> dict[str, list[str]]:
    """Every row of what could have changed."""
    found = {}
    for table in _TABLES:
        rows = await server.fetch(f"select to_jsonb(t)::text as row from {table} t order by 1")  # noqa: S608
        found[table] = [row["row"] for row in rows]
    return found


@pytest.fixture
async def server(databases: Databases, evaluation_db: Database) -> AsyncIterator[asyncpg.Connection]:
    """A connection past row-level security."""
    connection = await asyncpg.connect(databases.postgres.uri(evaluation_db.engine.url.database or ""))
    yield connection
    await connection.close()


async def _recomputed(here: Scene, **query: Any) -> Any:
    return await here.post(here.office.office, f"/cycles/{here.cycle_id}/recomputation", **query)


async def _simulated(here: Scene, tried: Policy, **query: Any) -> Any:
    body = {"policy": tried.model_dump(mode="json")}
    return await here.post(here.office.office, f"/cycles/{here.cycle_id}/simulation", body, **query)


def _with_weights(**weights: int) -> Policy:
    chosen = policy("palembang")
    criteria = tuple(one.model_copy(update={"weight": Decimal(weights.get(one.code, 0))}) for one in chosen.criteria)
    return Policy.model_validate(chosen.model_copy(update={"criteria": criteria}).model_dump())


async def test_every_stored_result_follows_from_its_row_alone(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, server: asyncpg.Connection
) -> None:
    """Domain.md 6.6."""
    here = await _issued(evaluation_db, client_of, clock)
    before = await _everything(server)
    first = await _recomputed(here, limit=3)
    assert (first["total"], first["checked"], first["differing"]) == (5, 3, [])
    rest = await _recomputed(here, limit=3, cursor=first["next"])
    assert (rest["checked"], rest["differing"], rest["next"]) == (2, [], None)
    assert await _everything(server) == before


async def test_a_result_that_somebody_changed_behind_the_service_is_found(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, server: asyncpg.Connection
) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    (changed, *_) = await told_of(evaluation_db, ResultIssued)
    await server.execute("update results set local_score = 119.99 where id = $1", changed.result_id)
    (found,) = (await _recomputed(here))["differing"]
    assert found["result_id"] == str(changed.result_id)
    assert found["differences"][0].startswith("local_score: 119.99 is stored")


async def test_a_policy_that_is_published_later_changes_no_issued_result(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Domain.md 6.6."""
    here = await _issued(evaluation_db, client_of, clock)
    before = await here.results(here.ani)
    newer = _with_weights(target_fulfilment=100).model_copy(update={"version": 2, "name": "baru"})
    async with evaluation_db.transaction(here.tenant_id) as session:
        published = PolicyPublished(tenant_id=here.tenant_id, scope=newer.scope, policy_version=2, policy=newer)
        await take.take_master_data(session, [published])
    assert await here.results(here.ani) == before
    why = await here.get(here.ani, f"/results/{before[0]['id']}/explanation")
    assert why["policy_version"] == 1
    assert why["sentences"][0]["en"] == "Policy of 16.71, version 1"
    assert (await _recomputed(here))["differing"] == []


async def test_the_explanation_names_strengths_and_areas_in_both_languages(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    (result,) = await here.results(here.ani)
    why = await here.get(here.ani, f"/results/{result['id']}/explanation")
    assert [one["en"] for one in why["strengths"]] == ["Target fulfilment"]
    assert len(why["areas"]) == 4
    local = next(one for one in why["sentences"] if one["code"] == "LOCAL_SCORE")
    assert "105,00 x bobot 40 = 42,00" in local["id"]


async def test_a_simulation_says_who_would_change_bands_by_unit_and_writes_nothing(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, server: asyncpg.Connection
) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    before = await _everything(server)
    same = await _simulated(here, policy("palembang"))
    assert (same["checked"], same["movers"], same["rescored"]) == (5, [], 0)
    made = await _simulated(here, _with_weights(productivity=100))
    # 105 x 40 + points x 60: 92.40 for 84, so all are Good; by productivity alone 84 and 88 are Fair.
    assert sorted((one["before"], one["after"], one["after_score"]) for one in made["movers"]) == [
        ("GOOD", "FAIR", "84.00"),
        ("GOOD", "FAIR", "88.00"),
    ]
    assert {(one["unit"], one["before"], one["after"]): one["people"] for one in made["groups"]} == {
        ("Dinas Contoh", "GOOD", "FAIR"): 2,
        ("Dinas Contoh", "GOOD", "GOOD"): 3,
    }
    assert {one["name"] for one in made["movers"]} <= {f"Pegawai {number:02d}" for number in range(11)}
    assert made["rescored"] == 5
    assert await _everything(server) == before


async def test_pages_of_a_simulation_add_up(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    tried = _with_weights(productivity=100)
    first = await _simulated(here, tried, limit=2)
    second = await _simulated(here, tried, limit=2, cursor=first["next"])
    third = await _simulated(here, tried, limit=2, cursor=second["next"])
    assert [one["checked"] for one in (first, second, third)] == [2, 2, 1]
    assert third["next"] is None
    assert sum(len(one["movers"]) for one in (first, second, third)) == 2


async def test_a_criterion_that_nobody_was_asked_about_leaves_the_score_open(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    made = await _simulated(here, policy("plaju"))
    assert {(one["before"], one["after"]) for one in made["movers"]} == {("GOOD", None)}


async def test_a_policy_whose_bands_hold_no_such_score_is_refused(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    short = policy("palembang").model_copy(update={"bands": (Band(name="GOOD", at_least=Decimal(119)),)})
    asked = {"policy": short.model_dump(mode="json")}
    problem = await here.post(here.office.office, f"/cycles/{here.cycle_id}/simulation", asked, status=422)
    assert "no band of the policy" in problem["detail"] or "tidak ada rentang" in problem["detail"]


async def test_only_the_performance_office_scores_a_cycle_again(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await _issued(evaluation_db, client_of, clock)
    body = {"policy": policy("palembang").model_dump(mode="json")}
    for person in (here.ani, here.rater, here.authority, here.office.sekda):
        await here.post(person, f"/cycles/{here.cycle_id}/recomputation", status=403)
        await here.post(person, f"/cycles/{here.cycle_id}/simulation", body, status=403)
    await here.post(here.office.office, f"/cycles/{here.ani}/recomputation", status=404)


async def test_study_leave_without_a_degree_caps_the_predicate_even_after_an_objection(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022, regulation.md: Kurang or Sangat Kurang only."""
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    budi = here.office.staff[1]
    reasons = {**RATINGS["reasons"], "study_leave_without_degree": "Masa studi berakhir 30 Juni tanpa ijazah"}
    issued = await here.received(here.ani, reasons=reasons)
    await here.received(budi, reasons={**RATINGS["reasons"], "study_leave_without_degree": " "})
    assert [one["predicate"] for one in await here.results(budi)] == ["GOOD"]
    await here.objected(here.ani, issued.result_id)
    await here.decided(here.ani, issued.result_id, result_rating=Rating.ABOVE)
    first, second = await here.results(here.ani)
    assert [(one["result_rating"], one["predicate"]) for one in (first, second)] == [
        ("MEETS", "POOR"),
        ("ABOVE", "POOR"),
    ]
    why = await here.get(here.ani, f"/results/{second['id']}/explanation")
    assert "Study leave ended without a degree" in why["sentences"][-1]["en"]
    assert (await _recomputed(here))["differing"] == []
