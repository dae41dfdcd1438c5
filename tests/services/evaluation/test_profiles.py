"""A person's profile across cycles: what stood out, what lasts, who reads it, and the file that the person keeps."""

import csv
from datetime import date, datetime
from io import StringIO
from typing import Any
from uuid import UUID

import pytest

from contracts.base import Phase
from contracts.evaluation.activities import CycleAsk
from contracts.evaluation.cycles import MembersEnrolled
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

FIRST = {"productivity": 80, "community_impact": 110, "creativity": 85, "collaboration": 95}
SECOND = {"productivity": 101, "community_impact": 112, "creativity": 84, "collaboration": 96}


async def _second_cycle(here: Scene) -> None:
    """The half-year after, in its evaluation phase."""
    wanted = {"scope": here.office.policy.scope, "period_start": "2026-07-01", "months": 6}
    here.cycle_id = UUID((await here.post(here.office.office, "/cycles", wanted))["id"])
    await here.does.enrol_members(CycleAsk(tenant_id=here.tenant_id, cycle_id=here.cycle_id))
    for event in await emitted_of(here.database, MembersEnrolled):
        if event.cycle_id == here.cycle_id:
            here.appraisals |= {one.servant_id: one.appraisal_id for one in event.members}
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    here.clock.set(datetime.combine(date(2027, 1, 4), here.now().timetz()))
    await here.end(Phase.EXECUTION)
    await here.lead(Phase.EVALUATION)


async def _results(here: Scene) -> None:
    for scores in (FIRST, SECOND):
        if scores is SECOND:
            await _second_cycle(here)
        await here.lead(Phase.DISCLOSURE)
        await here.plan(here.ani)
        await here.assess(here.ani, here.rater, scores=scores)
        await here.issue(here.ani, here.rater)


def _standings(result: Any) -> dict[str, str]:
    return {one["code"]: one["standing"] for one in result["criteria"]}


async def test_a_profile_shows_a_person_across_cycles_and_what_lasts(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await _results(here)
    found = await here.get(here.ani, f"/servants/{here.ani}/profile")
    newest, before = found["results"]
    assert (newest["period_start"], before["period_start"]) == ("2026-07-01", "2026-01-01")
    assert _standings(before) == {
        "target_fulfilment": "STRENGTH",
        "productivity": "AREA",
        "community_impact": "STRENGTH",
        "creativity": "AREA",
        "collaboration": "EVEN",
    }
    assert _standings(newest) | {"productivity": "STRENGTH"} == _standings(newest)
    assert [one["en"] for one in found["lasting_strengths"]] == ["Target fulfilment", "Impact on the community"]
    assert [one["en"] for one in found["lasting_areas"]] == ["Creativity"]
    assert [one["en"] for one in found["improved"]] == ["Productivity"]
    assert found["declined"] == []


async def test_a_person_in_whom_nothing_stands_out_reads_that(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.lead(Phase.DISCLOSURE)
    await here.plan(here.ani, actual=98)
    await here.assess(here.ani, here.rater, points=96)
    await here.issue(here.ani, here.rater)
    [result] = (await here.get(here.ani, f"/servants/{here.ani}/profile"))["results"]
    assert result["none_stands_out"] is True
    assert set(_standings(result).values()) == {"EVEN"}


async def test_the_person_those_who_lead_and_the_office_read_it_and_nobody_else(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    path = f"/servants/{here.ani}/profile"
    for person in (here.ani, here.rater, here.authority, here.office.office):
        assert (await here.get(person, path))["results"] == []
    for person in (here.office.staff[1], here.office.panel[0]):
        await here.get(person, path, status=403)
    for person in (here.rater, here.office.office):
        await here.get(person, f"{path}/download", status=403)


async def test_the_file_that_a_person_keeps_says_what_the_profile_says(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await _results(here)
    path = f"/servants/{here.ani}/profile"
    shown = await here.get(here.ani, path)
    assert await here.get(here.ani, f"{path}/download") == shown
    headers = here.client.as_(here.ani, here.tenant_id)
    answer = await here.client.get(f"/v1{path}/download", params={"format": "csv"}, headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    told = [
        (result["cycle"], one["code"], one["score"], one["standing"])
        for result in shown["results"]
        for one in result["criteria"]
    ]
    assert [(row["cycle"], row["criterion"], row["score"], row["standing"]) for row in rows] == told
    assert len(rows) == 10
