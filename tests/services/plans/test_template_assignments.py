"""A template is given to many in one act: a preview first, and nobody's own words are overwritten."""

from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import new_id
from contracts.plans.plans import PlanDrafted
from contracts.plans.templates import TemplateAssigned
from tests.services.plans.stage import Body, Stage, content, indicator
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

PLAN: Body = content(indicator(weight="70"), indicator(statement="Berkas diarsipkan", weight="30")) | {
    "position": "pelaksana ",
    "name": "Loket",
    "resources": [{"kind": "EQUIPMENT", "need": "Satu pemindai"}],
}
THOUSAND = 1000
# Invented people of another position, each with an empty plan under the same leader, as an enrolment would bring them.
_MANY = """
insert into directory_people (tenant_id, id, revision, nip, name, email, employment_type, grade, position, position_kind,
    unit_id, is_head, rater_id, authority_id, roles, language, active, status)
select p.tenant_id, many.id, 1, 'X' || n, 'Petugas ' || n, '', p.employment_type, p.grade, 'Petugas Loket',
    p.position_kind, p.unit_id, false, p.rater_id, p.authority_id, '{}', 'id', true, 'ACTIVE'
from directory_people p, unnest(cast(:ids as uuid[])) with ordinality as many (id, n) where p.id = :like
"""
_PLANS = """
insert into plans (tenant_id, id, cycle_id, servant_id, appraisal_id, rater_id, authority_id, unit_id, state, version,
    round, plan_version, propose_late, by_superior, late, late_by_law)
select p.tenant_id, uuidv7(), p.cycle_id, many.id, uuidv7(), p.rater_id, p.authority_id, p.unit_id, 'DRAFT', 0, 1, 0,
    false, false, false, false
from plans p, unnest(cast(:ids as uuid[])) as many (id) where p.servant_id = :like
"""


async def kept(stage: Stage, by: UUID, **change: object) -> str:
    answer = await stage.post(by, "/plan-templates", PLAN | change)
    assert answer.status_code == 201, answer.text
    return f"/plan-templates/{answer.json()['id']}/assignment"


async def test_the_preview_says_whose_plan_begins_and_the_act_does_just_that(stage: Stage) -> None:
    path, office = await kept(stage, stage.office.office), stage.office.office
    written, proposed = stage.office.staff[1:3]
    await stage.put(written, f"/plans/{(await stage.plan(written)).id}", content())
    await stage.put(proposed, f"/plans/{(await stage.plan(proposed)).id}", content())
    await stage.post(proposed, f"/plans/{(await stage.plan(proposed)).id}/proposal")
    seen = (await stage.get(office, path, cycle_id=str(stage.cycle.id), limit=500)).json()
    outcomes = {UUID(one["servant_id"]): one["outcome"] for one in seen["items"]}
    assert seen["total"] == len(outcomes) == len(stage.office.everyone)
    assert (outcomes[written], outcomes[proposed]) == ("HAS_CONTENT", "PAST_DRAFT")
    assert (await stage.plan()).version == 0

    done = (await stage.post(office, path, {"cycle_id": str(stage.cycle.id)})).json()
    assert done == {"begun": len(outcomes) - 2, "with_content": 1, "past_draft": 1}
    shown = (await stage.get(stage.servant, f"/plans/{(await stage.plan()).id}")).json()
    [result] = shown["results"]
    assert [one["weight"] for one in result["indicators"]] == ["70", "30"]
    assert (shown["resources"], shown["state"], shown["version"]) == (PLAN["resources"], "DRAFT", 1)
    assert (await stage.post(stage.servant, f"/plans/{shown['id']}/proposal")).status_code == 200
    again = (await stage.post(office, path, {"cycle_id": str(stage.cycle.id)})).json()
    assert again["begun"] == 0
    [event] = await emitted_of(stage.database, TemplateAssigned)
    assert event.plans == done["begun"]


async def test_a_leader_gives_it_to_the_own_people_alone(stage: Stage) -> None:
    path = await kept(stage, stage.rater)
    cycle = {"cycle_id": str(stage.cycle.id)}
    done = (await stage.post(stage.rater, path, cycle)).json()
    assert done["begun"] == len([one for one in stage.office.everyone if stage.office.rater(one) == stage.rater])
    assert (await stage.plan(stage.rater)).version == 0
    for nobody in (stage.servant, stage.office.panel[0]):
        assert (await stage.post(nobody, path, cycle)).status_code == 403
        assert (await stage.get(nobody, path, **cycle)).status_code == 403


async def test_a_thousand_people_begin_in_one_act_with_ids_of_their_own(stage: Stage) -> None:
    path = await kept(stage, stage.office.office, position="Petugas Loket")
    people = [new_id() for _ in range(THOUSAND)]
    async with stage.database.transaction(stage.city) as session:
        for statement in (_MANY, _PLANS):
            await session.execute(text(statement), {"ids": people, "like": stage.servant})
    before = len(await emitted_of(stage.database, PlanDrafted))
    done = await stage.post(stage.office.office, path, {"cycle_id": str(stage.cycle.id)})
    assert done.json() == {"begun": THOUSAND, "with_content": 0, "past_draft": 0}, done.text
    async with stage.database.transaction(stage.city) as session:
        counting = "select count(*), count(distinct work_result_id), count(distinct plan_id) from plan_indicators"
        assert tuple((await session.execute(text(counting))).one()) == (2 * THOUSAND, THOUSAND, THOUSAND)
    assert len(await emitted_of(stage.database, PlanDrafted)) == before + THOUSAND


async def test_a_selection_of_nobody_and_a_retired_template_are_refused(stage: Stage) -> None:
    path, office = await kept(stage, stage.office.office), stage.office.office
    nobody = {"cycle_id": str(stage.cycle.id), "positions": ["Pilot"]}
    assert (await stage.post(office, path, nobody)).status_code == 409
    some = {"cycle_id": str(stage.cycle.id), "servant_ids": [str(stage.peer)]}
    assert (await stage.post(office, path, some)).json()["begun"] == 1
    await stage.post(office, path.replace("assignment", "retirement"))
    assert (await stage.post(office, path, {"cycle_id": str(stage.cycle.id)})).status_code == 409
