"""DMI-2: what worked becomes an example for others, from a verified result and with its proof."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Rating, new_id
from contracts.evaluation.practices import PracticePublished, PracticeWithdrawn
from contracts.plans.plans import PlanSet
from kit.db import Database
from services.evaluation.practices.commands import uses
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.services.evaluation.test_proposals import LOW, final
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

SURVEY = {"kind": "SURVEY", "title": "Kepuasan warga", "reference": "SKM-12/2026", "count": 214}
EXAMPLE: dict[str, Any] = {
    "title": "Vaksinasi dari rumah ke rumah",
    "what": "Kader dan perawat mendatangi keluarga yang belum lengkap vaksinnya",
    "where": "Puskesmas Bukit Kayu Kapur",
    "evidence": [SURVEY],
}
WHY = {"reason": "cakupan naik dan dapat ditiru"}


async def written(here: Scene, by: UUID | None = None, *, status: int = 201, **change: Any) -> Any:
    body = {"appraisal_id": str(here.appraisals[here.ani]), **EXAMPLE, **change}
    return await here.post(by or here.ani, "/practices", body, status=status)


async def decided(here: Scene, practice: Any, act: str, by: UUID | None = None, status: int = 200) -> Any:
    body = {"act": act, **WHY}
    return await here.post(by or here.office.office, f"/practices/{practice['id']}/decision", body, status=status)


async def library(here: Scene, by: UUID, **query: Any) -> list[str]:
    return [one["title"] for one in (await here.get(by, "/practices", **query))["items"]]


async def test_what_a_verified_result_proves_is_published_for_everybody(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    practice, colleague = await written(here), here.office.staff[4]
    assert (practice["state"], practice["evidence"][0]["count"]) == ("SUBMITTED", 214)
    assert await library(here, colleague) == []
    assert await library(here, here.ani) == await library(here, here.office.office) == [EXAMPLE["title"]]
    await decided(here, practice, "PUBLISH")
    assert await library(here, colleague) == [EXAMPLE["title"]]
    assert await library(here, colleague, words="RUMAH KE rumah") == [EXAMPLE["title"]]
    assert await library(here, colleague, words="100%") == []
    (event,) = await emitted_of(evaluation_db, PracticePublished)
    assert (event.servant_id, event.evidence[0].reference) == (here.ani, "SKM-12/2026")


async def test_only_a_final_and_good_result_proves_anything(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock, **LOW, points=60)
    await written(here, status=409)
    unfinished = {"appraisal_id": str(here.appraisals[here.office.staff[1]])}
    await written(here, here.office.staff[1], status=409, **unfinished)


async def test_a_practice_has_proof_and_is_written_by_whoever_did_it_or_rates_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    await written(here, status=422, evidence=[])
    for stranger in (here.office.staff[4], here.authority, here.office.office):
        await written(here, stranger, status=403)
    first, again = await written(here, here.rater), await written(here, what="Kata-kata lain")
    assert (again["id"], again["what"]) == (first["id"], EXAMPLE["what"])


async def test_the_office_decides_with_a_reason_and_never_about_an_officers_own_work(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    practice = await written(here)
    for other in (here.ani, here.rater, here.office.staff[4]):
        await decided(here, practice, "PUBLISH", by=other, status=403)
    await decided(here, practice, "WITHDRAW", status=409)
    assert (await decided(here, practice, "DECLINE"))["state"] == "DECLINED"
    await decided(here, practice, "PUBLISH")
    await decided(here, practice, "PUBLISH")
    await decided(here, practice, "WITHDRAW")
    assert await library(here, here.office.staff[4]) == []
    (event,) = await emitted_of(evaluation_db, PracticeWithdrawn)
    assert (event.reason, len(await emitted_of(evaluation_db, PracticePublished))) == (WHY["reason"], 1)


async def test_what_a_later_version_no_longer_proves_leaves_the_library(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    await decided(here, await written(here), "PUBLISH")
    (result,) = (await here.get(here.ani, "/results"))["items"]
    await here.objected(here.ani, UUID(result["id"]))
    await here.decided(here.ani, UUID(result["id"]), result_rating=Rating.BELOW)
    assert await library(here, here.office.staff[4]) == []
    assert await library(here, here.office.office) == [EXAMPLE["title"]]


def plan_of(here: Scene, servant: UUID, plan_id: UUID, *practices: UUID) -> PlanSet:
    return PlanSet(
        tenant_id=here.tenant_id,
        cycle_id=here.cycle_id,
        plan_id=plan_id,
        servant_id=servant,
        version=1,
        set_by=here.rater,
        by_superior=False,
        late=False,
        indicators=(),
        practices=practices,
    )


async def test_who_takes_a_practice_over_is_counted_and_an_amended_plan_counts_anew(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    practice = await decided(here, await written(here), "PUBLISH")
    one, plan = UUID(practice["id"]), new_id()

    async def told(servant: UUID, plan_id: UUID, *practices: UUID) -> dict[str, int]:
        async with evaluation_db.transaction(here.tenant_id) as session:
            await uses.take_plan(session, plan_of(here, servant, plan_id, *practices))
        found = await here.get(here.ani, f"/practices/{practice['id']}")
        return dict(found["uses"])

    assert await told(here.office.staff[2], plan, one) == {"plans": 1, "units": 0}
    assert await told(here.office.staff[2], plan, one, new_id()) == {"plans": 1, "units": 0}
    assert await told(here.ani, new_id(), one) == {"plans": 1, "units": 0}  # one's own is no example for oneself
    assert await told(here.office.staff[2], plan) == {"plans": 0, "units": 0}


async def test_another_city_has_a_library_of_its_own(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await final(evaluation_db, client_of, clock)
    practice = await decided(here, await written(here), "PUBLISH")
    there = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    assert await library(there, there.office.office) == []
    await there.get(there.office.office, f"/practices/{practice['id']}", status=404)
