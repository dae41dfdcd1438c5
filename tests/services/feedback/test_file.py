"""One's own file: everything that happened to oneself here, and who looked at it (PLB-11)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contracts.base import Predicate, new_id
from contracts.evaluation.proposals import ProposalKind
from contracts.feedback.assistance import EnteredOnBehalf
from contracts.plans import assistance as plans
from contracts.registry.assistants import AssistantDeclared
from directory import take
from kit.assistance import HEADER
from kit.db import Database
from services.feedback.file.commands import keep_entry
from tests.conftest import ClientOf
from tests.services.feedback.months import accepted
from tests.services.feedback.scene import Scene, scene
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def _lookups(here: Scene, person: Any) -> list[Any]:
    items: list[Any] = (await here.get(person, "/file/lookups"))["items"]
    return items


async def test_everything_about_oneself_stands_in_one_list_and_nothing_about_others(here: Scene) -> None:
    cycle = {"cycle_id": str(here.cycle.id)}
    idea = await here.post(here.ani, "/ideas", cycle | {"title": "a counter", "text": "weekly"})
    observed = cycle | {"about_id": str(here.ani), "what": "late letters", "how": "the list"}
    given = await here.post(here.rater, "/feedback", observed)
    filed = {"result_id": str(await here.receive(here.ani)), "grounds": "a quarter is missing"}
    objection = await here.post(here.ani, "/objections", filed)
    await accepted(here, kind=ProposalKind.TRAINING_NEED)
    entries = (await here.get(here.ani, "/file"))["items"]
    assert [one["record"] for one in entries] == ["DEVELOPMENT_ACTION", "OBJECTION", "FEEDBACK", "IDEA"]
    assert [one["id"] for one in entries[1:]] == [objection["id"], given["id"], idea["id"]]
    assert (entries[2]["by_id"], entries[1]["state"]) == (str(here.rater), "FILED")
    assert all(one["at"] is not None for one in entries)
    assert (await here.get(here.office.staff[1], "/file"))["items"] == []
    first = await here.get(here.ani, "/file", limit=2)
    rest = await here.get(here.ani, "/file", limit=2, cursor=first["next"])
    assert [one["id"] for one in (*first["items"], *rest["items"])] == [one["id"] for one in entries]


async def test_whoever_looks_at_ones_records_is_seen_and_ones_own_look_is_not(here: Scene) -> None:
    filed = {"result_id": str(await here.receive(here.ani)), "grounds": "a quarter is missing"}
    objection = await here.post(here.ani, "/objections", filed)
    path = f"/objections/{objection['id']}"
    await here.get(here.ani, path)
    assert await _lookups(here, here.ani) == []
    for _ in range(2):
        await here.get(here.authority, path)
    await here.get(here.office.office, "/objections", cycle_id=str(here.cycle.id))
    await here.get(here.office.staff[1], path, status=403)  # refused: nothing was seen
    seen = {one["reader_id"]: one for one in await _lookups(here, here.ani)}
    assert set(seen) == {str(here.authority), str(here.office.office)}
    assert (seen[str(here.authority)]["record"], seen[str(here.authority)]["times"]) == ("OBJECTION", 2)
    assert await _lookups(here, here.authority) == []


async def test_an_officer_who_asks_for_the_own_records_alone_has_looked_at_nobody(here: Scene) -> None:
    officer, best = here.office.office, {"predicate": Predicate.VERY_GOOD, "local_score": Decimal("111.25")}
    await here.finalise(here.ani)
    await here.finalise(here.office.staff[1], **best)
    await here.finalise(officer, **best)
    filed = {"result_id": str(await here.receive(here.office.staff[2])), "grounds": "a quarter is missing"}
    await here.post(here.office.staff[2], "/objections", filed)
    await accepted(here)
    about = {"cycle_id": str(here.cycle.id), "servant_id": str(here.rater), "coach_id": str(here.authority)}
    await here.post(here.authority, "/coachings", about | {"kind": "COACHING", "topic": "letters"})
    lists = ("/development-actions", "/recognitions", "/improvement-cases", "/objections", "/coachings")
    own = [(await here.get(officer, path, servant_id=str(officer)))["items"] for path in lists]
    assert [[one["servant_id"] for one in some] for some in own] == [[], [str(officer)], [], [], []]
    # Whoever is not asked about is not in the answer, so that the look at him or her is not noted.
    assert (await here.get(here.authority, "/coachings", servant_id=str(here.authority)))["items"] == []
    others = (here.ani, here.rater, *here.office.staff[1:3])
    assert [await _lookups(here, person) for person in others] == [[], [], [], []]
    hers = [(await here.get(officer, path, servant_id=str(here.ani)))["items"] for path in lists]
    assert [{one["servant_id"] for one in some} for some in hers] == [
        {str(here.ani)},
        set(),
        {str(here.ani)},
        set(),
        set(),
    ]
    stranger = here.office.staff[1]
    assert [(await here.get(stranger, path, servant_id=str(here.ani)))["items"] for path in lists] == [[]] * 5


async def test_who_opens_one_thing_has_looked_at_nobody_else(here: Scene) -> None:
    other, cycle = here.office.staff[1], {"cycle_id": str(here.cycle.id)}
    for person in (here.ani, other):
        await here.finalise(person)
        await here.post(person, "/support-requests", cycle | {"kind": "BUDGET", "text": "a printer"})
    mine = {
        path: (await here.get(here.ani, path))["items"][0]["id"]
        for path in ("/development-actions", "/support-requests")
    }
    for path, one in mine.items():
        for reader in (here.ani, here.rater, here.office.office):
            assert (await here.get(reader, f"{path}/{one}"))["servant_id"] == str(here.ani)
        await here.get(other, f"{path}/{one}", status=404)
    seen = {(one["reader_id"], one["record"]) for one in await _lookups(here, here.ani)}
    readers = {str(here.rater), str(here.office.office)}
    assert seen == {(who, what) for who in readers for what in ("DEVELOPMENT_ACTION", "SUPPORT_REQUEST")}
    assert await _lookups(here, other) == []


async def test_a_case_is_found_by_one_of_its_reviews_and_no_other_is_looked_at(here: Scene) -> None:
    case = await accepted(here)
    [first, *_] = (await here.get(here.rater, f"/improvement-cases/{case}"))["reviews"]
    by_review = await here.get(here.office.office, "/improvement-cases", review_id=first["id"])
    assert [one["id"] for one in by_review["items"]] == [str(case)]
    assert (await here.get(here.office.office, "/improvement-cases", review_id=new_id()))["items"] == []
    assert (await here.get(here.office.staff[1], "/improvement-cases", review_id=first["id"]))["items"] == []


async def test_unnamed_words_are_in_no_file(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of, listening={"upward_minimum": 3})
    body = {"cycle_id": str(here.cycle.id), "about_id": str(here.rater), "what": "you listen", "how": "go on"}
    await here.post(here.ani, "/feedback", body)
    assert (await here.get(here.rater, "/file"))["items"] == []


async def test_what_an_assistant_entered_stands_in_the_file_of_the_person(here: Scene) -> None:
    assistant = here.office.staff[2]
    told = AssistantDeclared(
        tenant_id=here.office.tenant_id,
        declaration_id=new_id(),
        servant_id=here.ani,
        assistant_id=assistant,
        since=date(2026, 1, 1),
        until=None,
        reason="Tanpa komputer",
    )
    in_plans = plans.EnteredOnBehalf(
        tenant_id=here.office.tenant_id, servant_id=here.ani, assistant_id=assistant, act="PUT /v1/plans/7"
    )
    async with here.database.transaction(here.office.tenant_id) as session:
        await take.take_assistant(session, told)
        await keep_entry(session, in_plans)
    headers = here.client.as_(assistant, here.office.tenant_id) | {HEADER: str(here.ani)}
    path = f"/v1/cycles/{here.cycle.id}/acknowledgement"
    assert (await here.client.post(path, headers=headers)).status_code == 201
    [event] = await emitted_of(here.database, EnteredOnBehalf)
    assert (event.servant_id, event.assistant_id, event.act) == (here.ani, assistant, f"POST {path}")
    entries = (await here.get(here.ani, "/file"))["items"]
    assert [(one["record"], one["by_id"], one["state"]) for one in entries] == [
        ("ASSISTED_ENTRY", str(assistant), f"POST {path}"),
        ("ASSISTED_ENTRY", str(assistant), "PUT /v1/plans/7"),
    ]
    assert (await here.get(assistant, "/file"))["items"] == []
