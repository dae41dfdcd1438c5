"""The document of a decided objection (form D.1.3): both sides heard, the decision, the changed result, three signatures."""

from typing import Any
from uuid import UUID

import pytest

from contracts.base import Predicate, Rating
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.feedback.scene import Scene, scene
from tests.support.clock import SetClock

pytestmark = pytest.mark.connected
GROUNDS = "two <b>ideas</b> were left out"
AMENDED = {
    "outcome": "AMENDED",
    "reason": "the minutes prove it",
    "result_rating": "MEETS",
    "behaviour_rating": "ABOVE",
    "items": [{"item": "ideas", "amended": True, "reason": "they were adopted in May"}],
}


@pytest.fixture
async def here(feedback_db: Database, client_of: ClientOf) -> Scene:
    return await scene(feedback_db, client_of)


async def heard(here: Scene, *, rater: bool = True) -> str:
    """An objection about which the servant has explained, and the rater unless said."""
    result_id = await here.receive(here.ani)
    body = {"result_id": str(result_id), "grounds": GROUNDS, "items": ["ideas"]}
    objection = await here.post(here.ani, "/objections", body)
    await here.does.open_hearing(here.about(objection))
    sides = ((here.ani, "I had two ideas"), (here.rater, "I did not see them"))
    for person, said in sides if rater else sides[:1]:
        await here.post(person, f"/objections/{objection['id']}/statements", {"text": said})
    return str(objection["id"])


async def test_the_document_holds_both_sides_the_decision_and_the_version_that_it_made(here: Scene) -> None:
    """PermenPANRB 6/2022 L V.B.7-8, form D.1.3."""
    objection = await heard(here)
    path = f"/objections/{objection}/document"
    await here.get(here.ani, path, status=409)
    await here.post(here.authority, f"/objections/{objection}/decision", AMENDED)
    assert (await here.get(here.ani, path))["changed"] is None  # evaluation has not told of it yet
    made: dict[str, Any] = {"version": 2, "objection_id": UUID(objection), "predicate": Predicate.GOOD}
    result = await here.issue(here.ani, **made, result_rating=Rating.MEETS, behaviour_rating=Rating.ABOVE)
    found = await here.get(here.ani, path)
    assert (found["form"], found["grounds"], found["contested_items"]) == ("D.1.3", GROUNDS, ["ideas"])
    assert [found[f"{side}_explained"]["text"] for side in ("servant", "rater")] == [
        "I had two ideas",
        "I did not see them",
    ]
    assert (found["decision"]["outcome"], found["decision"]["items"][0]["reason"]) == (
        "AMENDED",
        "they were adopted in May",
    )
    changed = found["changed"]
    assert (changed["result_id"], changed["version"], changed["predicate"]) == (str(result), 2, "GOOD")
    assert found["contested"]["predicate"] == "NEEDS_IMPROVEMENT"
    people = [found[side]["id"] for side in ("servant", "rater", "authority")]
    assert people == [str(here.ani), str(here.rater), str(here.authority)]
    assert found["servant"]["name"]
    assert [(one["side"], one["person"]["id"]) for one in found["signatures"]] == list(
        zip(("SERVANT", "RATER", "AUTHORITY"), people, strict=True)
    )
    assert all(one["signed_at"] for one in found["signatures"])


async def test_it_is_read_by_both_sides_who_decided_and_the_office_and_by_nobody_else(here: Scene) -> None:
    objection = await heard(here)
    await here.post(here.authority, f"/objections/{objection}/decision", AMENDED)
    first = await here.get(here.ani, f"/objections/{objection}/document")
    for reader in (here.rater, here.authority, here.office.office):
        assert await here.get(reader, f"/objections/{objection}/document") == first
    for suffix in ("", "/download"):
        await here.get(here.office.staff[1], f"/objections/{objection}/document{suffix}", status=403)


async def test_it_is_printed_as_a_page_in_which_what_people_wrote_is_text(here: Scene) -> None:
    objection = await heard(here)
    await here.post(here.authority, f"/objections/{objection}/decision", AMENDED)
    headers = here.client.as_(here.ani, here.office.tenant_id)
    path = f"/v1/objections/{objection}/document/download"
    page = await here.client.get(path, headers=headers)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-disposition"] == f'attachment; filename="objection-{objection}.html"'
    assert "two &lt;b&gt;ideas&lt;/b&gt; were left out" in page.text
    assert "<b>" not in page.text
    for words in ("Formulir D.1.3", "I did not see them", "they were adopted in May", "Tanda tangan"):
        assert words in page.text
    written = await here.client.get(path, params={"format": "json"}, headers=headers)
    assert written.json() == await here.get(here.ani, f"/objections/{objection}/document")


async def test_a_rater_who_was_silent_has_no_signature_and_an_upheld_result_no_version(
    here: Scene, clock: SetClock
) -> None:
    """L V.B.3-4: both sides are asked; a silent one does not hold up the other."""
    objection = await heard(here, rater=False)
    clock.advance(days=8)
    await here.post(here.authority, f"/objections/{objection}/decision", {"outcome": "UPHELD", "reason": "so"})
    found = await here.get(here.office.office, f"/objections/{objection}/document")
    assert (found["rater_explained"], found["changed"], found["decision"]["outcome"]) == (None, None, "UPHELD")
    signed = {one["side"]: one["signed_at"] is not None for one in found["signatures"]}
    assert signed == {"SERVANT": True, "RATER": False, "AUTHORITY": True}
