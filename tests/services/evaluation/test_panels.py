"""The panel is independent (DMI-4): never of the own unit, superior or subordinates; conflicts are declared and replaced."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from contracts.base import new_id
from contracts.evaluation.visits import (
    PanelChanged,
    PanelConflictDeclared,
    PanelMissing,
    VisitDateSet,
    VisitHeld,
    VisitScheduled,
)
from contracts.registry.requests import RequestDecided, RequestKind, RequestState
from contracts.registry.servants import ServantRecorded
from directory import take
from kit.db import Database
from services.evaluation.panels.commands import conflicts
from services.evaluation.panels.rules import Bar, Independence
from tests.conftest import ClientOf
from tests.services.evaluation.scene import INSPECTORATE, Scene, evaluating, in_february
from tests.services.evaluation.visits import answers, assess_unit, detail, hold, respond, visit_of
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.people import master_data

pytestmark = pytest.mark.connected
PHOTO = {"kind": "PHOTO", "title": "Loket tanpa nomor antrean", "reference": "foto/2026/0012.jpg"}
REASON = "Pernah bekerja di dinas ini"


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    return await in_february(evaluation_db, client_of, clock)


async def _move(here: Scene, person: UUID, **change: Any) -> None:
    """The registry says something new of a person."""
    known = [one for one in master_data(here.office) if isinstance(one, ServantRecorded)]
    (one,) = [one for one in known if one.servant_id == person]
    async with here.database.transaction(here.tenant_id) as session:
        await take.take_master_data(session, [one.model_copy(update={"revision": 9} | change)])


async def _declare(here: Scene, by: UUID, *, status: int = 0, **about: Any) -> Any:
    return await here.post(by, "/panel-conflicts", about | {"reason": REASON}, status=status)


def test_each_tie_bars_and_nothing_else_does() -> None:
    member, unit, person = new_id(), new_id(), new_id()
    ties = frozenset({(member, person)})
    assert Independence().of_person(member, person, unit) is None
    assert Independence().of_person(member, member, unit) is Bar.SELF
    assert Independence(units={member: {unit}}).of_person(member, person, unit) is Bar.WORKS_THERE
    assert Independence(ties=ties).of_person(member, person, unit) is Bar.SUPERIOR
    assert Independence(ties=frozenset({(person, member)})).of_person(member, person, unit) is Bar.SUBORDINATE
    assert Independence(ties=ties).of_unit(member, unit) is None
    for about in (unit, person):
        assert Independence(declared=frozenset({(member, about)})).of_person(member, person, unit) is Bar.DECLARED


async def test_nobody_visits_the_own_unit_and_the_office_is_told_to_name_a_panel_for_it(here: Scene) -> None:
    assert (await visit_of(here))["unit_id"] == str(here.office.unit_id)
    (missing,) = await emitted_of(here.database, PanelMissing)
    assert (missing.unit_id, missing.cycle_id) == (INSPECTORATE, here.cycle_id)


async def test_the_office_orders_a_visit_with_a_date_and_a_panel_of_independent_people(here: Scene) -> None:
    office, named = here.office.office, [str(here.office.staff[1]), str(here.office.staff[2])]
    path, day = f"/cycles/{here.cycle_id}/visits", {"visit_on": "2026-02-10", "reason": "Pengaduan masyarakat"}
    wrong = day | {"unit_id": str(INSPECTORATE), "panel": [named[0], str(here.office.panel[0])]}
    problem = await here.post(office, path, wrong, status=422)
    assert (problem["where"], problem["conflict"]) == ("panel.1", "WORKS_THERE")
    made = await here.post(office, path, wrong | {"panel": named})
    assert (made["panel"], made["lead_id"], made["visit_on"]) == (named, named[0], "2026-02-10")
    owed = [one for one in await here.obligations("VISIT_UNIT") if str(one["subject_id"]) == made["id"]]
    assert [(str(one["debtor_id"]), one["due_at"]) for one in owed] == [
        (named[0], here.office_days(2, since=here.now() + timedelta(days=8)))
    ]
    assert [one.unit_id for one in await emitted_of(here.database, VisitScheduled)][-1] == INSPECTORATE
    assert [one.visit_on for one in await emitted_of(here.database, VisitDateSet)] == [date(2026, 2, 10)]
    for nobody in (here.ani, here.office.panel[0], here.office.head):
        await here.post(nobody, path, wrong | {"panel": named}, status=403)


async def test_a_visit_that_is_planned_already_gets_the_day_and_the_panel_that_the_office_orders(here: Scene) -> None:
    before = await visit_of(here)
    panel = [str(one) for one in here.office.panel[1:]]
    body = {"unit_id": str(here.office.unit_id), "panel": panel, "visit_on": "2026-02-11", "reason": "Mendesak"}
    made = await here.post(here.office.office, f"/cycles/{here.cycle_id}/visits", body)
    assert (made["id"], made["panel"], made["visit_on"]) == (before["id"], panel, "2026-02-11")
    (changed,) = await emitted_of(here.database, PanelChanged)
    assert (changed.former, changed.lead_id) == (here.office.panel, here.office.panel[1])
    states = {(one["debtor_id"], one["state"]) for one in await here.obligations("VISIT_UNIT")}
    assert states == {(here.office.panel[0], "CANCELLED"), (here.office.panel[1], "OPEN")}


async def test_a_lead_who_declares_a_conflict_is_replaced_and_what_is_owed_passes_on_as_due_before(here: Scene) -> None:
    found = await visit_of(here)
    lead, others = UUID(found["lead_id"]), [one for one in here.office.panel if str(one) != found["lead_id"]]
    (before,) = await here.obligations("VISIT_UNIT")
    first = await _declare(here, lead, unit_id=str(here.office.unit_id))
    assert await _declare(here, lead, unit_id=str(here.office.unit_id)) == first
    now = await visit_of(here)
    assert (now["panel"], now["lead_id"]) == ([str(one) for one in others], str(others[0]))
    owed = [one for one in await here.obligations("VISIT_UNIT") if one["state"] == "OPEN"]
    assert [(one["debtor_id"], one["due_at"]) for one in owed] == [(others[0], before["due_at"])]
    (event,) = await emitted_of(here.database, PanelChanged)
    assert (event.former, event.panel, event.reason) == (here.office.panel, tuple(others), REASON)
    assert len(await emitted_of(here.database, PanelConflictDeclared)) == 1
    await hold(here, by=lead, status=403)
    assert (await hold(here, by=others[-1]))["state"] == "HELD"


async def test_another_independent_member_takes_the_place_and_nobody_who_declared_a_conflict_is_named(
    here: Scene,
) -> None:
    visit, (first, second, *_) = await visit_of(here), here.office.panel
    path, body = f"/visits/{visit['id']}/panel", {"panel": [str(first)], "reason": "Satu orang cukup"}
    await here.post(here.office.office, path, body)
    await _declare(here, first, unit_id=str(here.office.unit_id))
    assert (await visit_of(here))["panel"] == [str(second)]
    refused = await here.post(here.office.office, path, body, status=422)
    assert (refused["where"], refused["conflict"]) == ("panel.0", "DECLARED")


async def test_where_nobody_independent_is_left_the_office_owes_the_visit_and_names_a_panel(here: Scene) -> None:
    for member in here.office.panel:
        await _declare(here, member, unit_id=str(here.office.unit_id))
    found = await visit_of(here)
    assert found["panel"] == []
    owed = [one for one in await here.obligations("VISIT_UNIT") if one["state"] == "OPEN"]
    assert [one["debtor_id"] for one in owed] == [here.office.office]
    for nobody in (here.ani, here.office.staff[1]):
        await _declare(here, nobody, unit_id=str(here.office.unit_id), status=403)
    mine = await here.get(here.office.panel[0], "/panel-conflicts")
    assert [one["member_id"] for one in mine["items"]] == [str(here.office.panel[0])]
    assert len((await here.get(here.office.office, "/panel-conflicts"))["items"]) == len(here.office.panel)


async def test_a_member_assesses_neither_superior_nor_subordinate_nor_whom_he_or_she_named(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    found = await visit_of(here)
    lead, budi, citra = UUID(found["lead_id"]), *here.office.staff[1:3]
    await hold(here)
    await respond(here)
    everybody = {one["servant_id"] for one in (await detail(here, lead))["members"]}
    assert str(here.office.sekda) not in everybody  # rates the panel
    await _move(here, budi, rater_id=lead)
    await _declare(here, lead, servant_id=str(citra))
    left = {one["servant_id"] for one in (await detail(here, lead))["members"]}
    assert everybody - left == {str(budi), str(citra)}
    path = f"/visits/{found['id']}/assessments"
    for servant, why in ((here.office.sekda, "SUPERIOR"), (budi, "SUBORDINATE"), (citra, "DECLARED")):
        scores = dict.fromkeys(here.codes, 90)
        body = {"items": [{"appraisal_id": str(here.appraisals[servant]), "scores": scores}]}
        assert (await here.post(lead, path, body, status=403))["conflict"] == why
    await assess_unit(here, 90)
    assert (await visit_of(here))["state"] == "HELD"  # other members are independent of Budi and Citra
    other = next(one for one in here.office.panel if one != lead)
    for servant in (budi, citra):
        scores = dict.fromkeys(here.codes, 88)
        body = {"items": [{"appraisal_id": str(here.appraisals[servant]), "scores": scores}]}
        await here.post(other, path, body)
    assert (await visit_of(here))["state"] == "ASSESSED"


async def test_a_member_who_moved_into_the_unit_assesses_nobody_in_it(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    found = await visit_of(here)
    lead = UUID(found["lead_id"])
    await hold(here)
    await respond(here)
    await _move(here, lead, unit_id=here.office.unit_id, rater_id=here.office.head)
    assert (await detail(here, lead))["members"] == []
    body = {"items": [{"appraisal_id": str(here.appraisals[here.ani]), "scores": dict.fromkeys(here.codes, 90)}]}
    problem = await here.post(lead, f"/visits/{found['id']}/assessments", body, status=403)
    assert problem["conflict"] == "WORKS_THERE"


async def test_findings_with_their_photos_reach_those_observed_and_the_form_of_their_rater(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "dumai")
    found = await visit_of(here)
    path = f"/visits/{found['id']}"
    for person in (here.ani, here.rater):
        await here.get(person, path, status=403)  # nothing was reported yet
    finding = {"what": "Antrean belum dicatat", "how": "Pasang mesin antrean", "evidence": [PHOTO]}
    body = {"held_on": here.now().date().isoformat(), "checklist": answers(here), "findings": [finding]}
    await here.post(UUID(found["lead_id"]), f"{path}/report", body)
    (held,) = await emitted_of(evaluation_db, VisitHeld)
    assert held.evidence == 1
    for person in (here.ani, here.rater, here.authority):
        read = await here.get(person, path)
        assert [one["evidence"][0]["reference"] for one in read["findings"]] == [PHOTO["reference"]]
        assert found["id"] in {one["id"] for one in (await here.get(person, "/visits"))["items"]}
    assert (await here.get(here.ani, path))["members"] == []
    form = await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}/form")
    (seen,) = form["visits"]
    assert (seen["link"], seen["findings"][0]["what"]) == (f"/v1{path}", finding["what"])
    assert seen["findings"][0]["evidence"][0]["title"] == PHOTO["title"]
    of_panel = await here.get(here.office.panel[0], f"/appraisals/{here.appraisals[here.ani]}/form")
    assert of_panel["visits"] is None


async def test_whom_the_office_lets_step_back_leaves_the_panel_as_if_it_had_been_declared_here(here: Scene) -> None:
    visit = await visit_of(here)
    lead = UUID(visit["lead_id"])
    granted = RequestDecided(
        tenant_id=here.tenant_id,
        request_id=new_id(),
        kind=RequestKind.STEP_BACK,
        asked_by=lead,
        unit_id=UUID(visit["unit_id"]),
        state=RequestState.GRANTED,
        reason=REASON,
        decided_by=here.office.office,
    )
    refused = granted.model_copy(update={"state": RequestState.REFUSED})
    await arrive(here.database, refused, conflicts.take_request)
    assert await emitted_of(here.database, PanelConflictDeclared) == []
    for _ in range(2):
        await arrive(here.database, granted, conflicts.take_request)
    (declared,) = await emitted_of(here.database, PanelConflictDeclared)
    assert (declared.member_id, str(declared.unit_id)) == (lead, visit["unit_id"])
    assert str(lead) not in (await visit_of(here))["panel"]
