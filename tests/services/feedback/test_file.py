"""One's own file: everything that happened to oneself here, and who looked at it (PLB-11)."""

from typing import Any

import pytest

from contracts.evaluation.proposals import ProposalKind
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.months import accepted
from tests.services.feedback.scene import Scene, scene

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


async def test_unnamed_words_are_in_no_file(feedback_db: Database, client_of: ClientOf) -> None:
    here = await scene(feedback_db, client_of, listening={"upward_minimum": 3})
    body = {"cycle_id": str(here.cycle.id), "about_id": str(here.rater), "what": "you listen", "how": "go on"}
    await here.post(here.ani, "/feedback", body)
    assert (await here.get(here.rater, "/file"))["items"] == []
