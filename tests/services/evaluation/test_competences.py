"""Competences of posts (Sawahlunto): frozen with the cycle, assessed by rater and colleagues, shown with their gaps."""

from datetime import date
from typing import Any

import pytest

from contracts.base import Phase, Role, new_id
from contracts.competences import RequiredCompetence
from contracts.registry.competences import CompetencesRecorded
from directory.take import take_master_data
from kit.db import Database
from services.evaluation.competences.commands import take
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluate, evaluating, scene
from tests.support.clock import SetClock
from tests.support.holders import declare
from tests.support.people import master_data
from tests.support.policies import CITIES

pytestmark = pytest.mark.connected

NETWORK = RequiredCompetence(code="it_network", name="Jaringan komputer", required=3, valid_from=date(2025, 1, 1))
RECORDS = RequiredCompetence(code="records", name="Tata naskah dinas", required=2, valid_from=date(2025, 1, 1))
RAISED = NETWORK.model_copy(update={"required": 4, "valid_from": date(2025, 6, 1)})
LATER = NETWORK.model_copy(update={"required": 5, "valid_from": date(2027, 1, 1)})
ENDED = RequiredCompetence(
    code="typing", name="Mengetik", required=2, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)
)


async def _require(database: Database, *items: RequiredCompetence) -> None:
    """What everybody's post asks for here, as the registry tells it."""
    city = CITIES["sawahlunto"]
    async with database.transaction(city) as session:
        await take(session, CompetencesRecorded(tenant_id=city, position=" PELAKSANA", items=items))


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    await _require(evaluation_db, NETWORK, RECORDS, RAISED, LATER, ENDED)
    return await evaluating(evaluation_db, client_of, clock, "sawahlunto")


async def _peers_give(here: Scene, level: int, *, count: int = 4) -> None:
    body = {"scores": dict.fromkeys(here.codes, 90), "competences": {"it_network": level, "records": 2}}
    for peer in (await here.peers(here.ani))[:count]:
        await here.post(peer, f"/appraisals/{here.appraisals[here.ani]}/assessments", body)


async def _others_give(here: Scene) -> None:
    body = {"scores": dict.fromkeys(here.codes, 90), "competences": {"it_network": 4, "records": 2}}
    for row in await here.obligations("ASSESS_PEER"):
        if row["state"] == "OPEN":
            await here.post(row["debtor_id"], f"/appraisals/{row['subject_id']}/assessments", body)
    await here.sweep()


async def _result(here: Scene) -> Any:
    """Ani's: the rater gives 3 and 2, her colleagues 2 and 2."""
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater, competences={"it_network": 3, "records": 2})
    await _peers_give(here, 2)
    await _others_give(here)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, here.rater)
    return (await here.results(here.ani))[0]


NETWORK_GAP = {
    "code": "it_network",
    "name": "Jaringan komputer",
    "required": 4,
    "assessed": "2.70",  # 3 x 70 + 2 x 30
    "gap": "1.30",
}
RECORDS_GAP = {"code": "records", "name": "Tata naskah dinas", "required": 2, "assessed": "2.00", "gap": "0.00"}


async def test_the_form_asks_for_what_the_post_asks_for_on_the_first_day_of_the_cycle(here: Scene) -> None:
    asked = [{"code": "it_network", "name": "Jaringan komputer", "required": 4}, RECORDS_GAP]
    expected = [{name: one[name] for name in ("code", "name", "required")} for one in asked]
    path = f"/appraisals/{here.appraisals[here.ani]}"
    for reader in (here.rater, (await here.peers(here.ani))[0]):
        assert (await here.get(reader, f"{path}/form"))["competences"] == expected
    mine = await here.get(here.ani, f"{path}/competences")
    assert [(one["code"], one["required"], one["gap"]) for one in mine["competences"]] == [
        ("it_network", 4, None),
        ("records", 2, None),
    ]


async def test_what_is_imported_later_does_not_reach_a_cycle_that_runs(here: Scene) -> None:
    await _require(here.database, NETWORK.model_copy(update={"required": 1}))
    form = await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}/form")
    assert [(one["code"], one["required"]) for one in form["competences"]] == [("it_network", 4), ("records", 2)]


async def test_who_takes_another_post_before_the_evaluation_is_asked_what_that_one_asks_for(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    city, archives = CITIES["sawahlunto"], RECORDS.model_copy(update={"code": "archives", "required": 3})
    await _require(evaluation_db, NETWORK)
    async with evaluation_db.transaction(city) as session:
        await take(session, CompetencesRecorded(tenant_id=city, position="Arsiparis", items=(archives,)))
    here = await scene(evaluation_db, client_of, clock, "sawahlunto")
    path = f"/appraisals/{here.appraisals[here.ani]}/competences"
    assert [one["code"] for one in (await here.get(here.ani, path))["competences"]] == ["it_network"]
    known = next(one for one in master_data(here.office) if getattr(one, "servant_id", None) == here.ani)
    moved = known.model_copy(update={"position": "Arsiparis", "revision": 2})
    async with evaluation_db.transaction(city) as session:
        await take_master_data(session, [moved])
    await here.through(Phase.PREPARATION, Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    await evaluate(here)
    assert [one["code"] for one in (await here.get(here.ani, path))["competences"]] == ["archives"]


async def test_what_arrives_while_the_cycle_is_prepared_is_asked_and_what_comes_after_is_not(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await scene(evaluation_db, client_of, clock, "sawahlunto")
    path = f"/appraisals/{here.appraisals[here.ani]}/competences"
    await _require(evaluation_db, RECORDS)
    assert (await here.get(here.ani, path))["competences"] == []
    await here.through(Phase.PREPARATION)
    await here.lead(Phase.PLANNING)
    await _require(evaluation_db, NETWORK, RECORDS)
    await here.end(Phase.PLANNING)
    await here.lead(Phase.EXECUTION)
    assert [one["code"] for one in (await here.get(here.ani, path))["competences"]] == ["records"]


async def test_a_level_that_is_missing_or_not_asked_for_is_refused_by_its_name(here: Scene) -> None:
    refused = await here.assess(here.ani, here.rater, competences={"it_network": 3, "sailing": 2}, status=422)
    assert {one["where"] for one in refused["errors"]} == {"competences.records", "competences.sailing"}
    await here.assess(here.ani, here.rater, competences={"it_network": 6, "records": 2}, status=422)


async def test_result_explanation_and_profile_show_required_level_assessed_level_and_gap(here: Scene) -> None:
    result = await _result(here)
    assert result["competences"] == [NETWORK_GAP, RECORDS_GAP]
    told = await here.get(here.ani, f"/results/{result['id']}/explanation")
    assert told["competences"][0]["sentence"] == {
        "id": "Jaringan komputer: disyaratkan tingkat 4, dinilai 2.70, kesenjangan 1.30",
        "en": "Jaringan komputer: level 4 is required, assessed 2.70, gap 1.30",
    }
    profile = await here.get(here.ani, f"/servants/{here.ani}/profile")
    assert profile["results"][0]["competences"] == [NETWORK_GAP, RECORDS_GAP]
    headers = here.client.as_(here.ani, here.tenant_id)
    file = await here.client.get(f"/v1/servants/{here.ani}/profile/download?format=csv", headers=headers)
    assert file.text.splitlines()[-2].endswith("it_network,Jaringan komputer,Jaringan komputer,2.70,,4,1.30")
    mine = await here.get(here.ani, f"/appraisals/{here.appraisals[here.ani]}/competences")
    assert mine["competences"] == [NETWORK_GAP, RECORDS_GAP]


async def test_colleagues_below_the_minimum_count_in_no_level_and_none_is_shown(here: Scene) -> None:
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater, competences={"it_network": 3, "records": 2})
    await _peers_give(here, 1, count=2)
    await here.sweep(days=30)
    read = await here.get(here.ani, f"/appraisals/{here.appraisals[here.ani]}/competences")
    assert [(one["assessed"], one["gap"]) for one in read["competences"]] == [("3.00", "1.00"), ("2.00", "0.00")]
    assert {one["role"] for one in (await here.read(here.ani))["assessments"]} == {"SUPERIOR"}


async def test_the_office_reads_the_gaps_of_each_unit_and_others_do_not(here: Scene) -> None:
    await _result(here)
    leader = here.office.holders[Role.CITY_LEADER]
    await declare(here.database, here.tenant_id, here.office.holders)
    path = f"/cycles/{here.cycle_id}/competences"
    numbers = (await here.get(here.office.office, f"/cycles/{here.cycle_id}/summary"))["numbers"]
    assert (numbers["competences_assessed"], numbers["competence_gaps"]) == (1, 1)
    (unit,) = (await here.get(here.office.office, path))["items"]
    assert (unit["name"], unit["competences"][0]) == (
        "Dinas Contoh",
        {"code": "it_network", "name": "Jaringan komputer", "people": 1, "below": 1, "mean_gap": "1.30"},
    )
    headers = here.client.as_(leader, here.tenant_id, Role.CITY_LEADER)
    hidden = (await here.client.get(f"/v1{path}", headers=headers)).json()["items"][0]["competences"][0]
    assert (hidden["people"], hidden["below"], hidden["mean_gap"]) == (None, None, None)
    for other in (here.ani, here.rater, new_id()):
        await here.get(other, path, status=403)
    colleague = here.office.staff[1]
    await here.get(colleague, f"/appraisals/{here.appraisals[here.ani]}/competences", status=403)


async def test_a_gap_as_large_as_the_policy_names_proposes_training(here: Scene) -> None:
    result = await _result(here)
    await here.deliver(here.ani)
    await here.post(here.ani, f"/results/{result['id']}/acknowledgement")
    here.clock.advance(days=40)
    await here.lead(Phase.FINALISATION)
    rows = (await here.get(here.office.office, "/proposals", cycle_id=str(here.cycle_id)))["items"]
    (need,) = [one for one in rows if one["kind"] == "TRAINING_NEED" and one["servant_id"] == str(here.ani)]
    assert need["details"] == {"competence:it_network": "2.70 / 4"}


async def test_a_post_that_asks_for_nothing_stays_as_it_was(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater)
    await here.assess(here.ani, here.rater, competences={"it_network": 3}, status=422)
    await here.colleagues_answer()
    await here.issue(here.ani, here.rater)
    assert (await here.results(here.ani))[0]["competences"] is None
