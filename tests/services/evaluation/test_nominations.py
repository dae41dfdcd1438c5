"""Colleagues named by the servant (Sawahlunto's kind of peers): a window, the rater's answer, the draw, and who never learns."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from contracts.base import AssessorRole, new_id
from contracts.evaluation.assessments import PeersNominated
from contracts.policy import PeerSelection, Policy
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluate, evaluating, executing, scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted, emitted_of

pytestmark = pytest.mark.connected


def _nominating() -> Policy:
    policy = policy_of("sawahlunto")
    sources = [
        one.model_copy(update={"selection": PeerSelection.NOMINATED}) if one.role is AssessorRole.PEER else one
        for one in policy.sources
    ]
    return policy.model_copy(update={"sources": tuple(sources)})


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """The execution runs; the others of the office may be named, too."""
    return await executing(evaluation_db, client_of, clock, "sawahlunto", policy=_nominating())


async def _name(here: Scene, *colleagues: UUID, by: UUID | None = None, status: int = 0) -> Any:
    path = f"/appraisals/{here.appraisals[here.ani]}/nominations"
    return await here.call("PUT", by or here.ani, path, {"colleagues": [str(one) for one in colleagues]}, status=status)


async def _answer(here: Scene, *approved: UUID, by: UUID | None = None, status: int = 0, **more: Any) -> Any:
    path = f"/appraisals/{here.appraisals[here.ani]}/nominations/answer"
    body = {"approved": [str(one) for one in approved], **more}
    return await here.call("PUT", by or here.rater, path, body, status=status)


async def test_whom_the_rater_approves_is_asked_and_the_others_are_drawn(here: Scene) -> None:
    _, budi, cici, dedi, _ = here.office.staff
    assert (await _name(here, budi, here.office.office))["most"] == 3
    seen = await _answer(here, here.office.office, instead=[str(dedi)], reason="Budi bekerja di proyek lain")
    assert {one["colleague_id"]: one["state"] for one in seen["colleagues"]} == {
        str(budi): "DECLINED",
        str(dedi): "APPROVED",
        str(here.office.office): "APPROVED",
    }
    numbers = (await here.get(here.office.office, f"/cycles/{here.cycle_id}/summary"))["numbers"]
    assert [numbers[f"peers_{one}"] for one in ("named", "approved", "replaced")] == [2, 2, 1]
    await evaluate(here)
    asked = set(await here.peers(here.ani))
    assert {dedi, here.office.office} <= asked
    assert budi not in asked
    assert len(asked) == 4
    assert cici in asked, "the draw goes on among those of the same rater"


async def test_silence_of_servant_or_rater_lets_draw_as_before(here: Scene) -> None:
    await _name(here, here.office.office)  # whom the draw would not take: Ani's rater has others
    await evaluate(here)
    for servant in (here.ani, here.office.staff[1]):
        asked = set(await here.peers(servant))
        assert (len(asked), asked <= set(here.office.staff)) == (4, True)


async def test_one_is_always_drawn_and_only_colleagues_may_be_named(here: Scene) -> None:
    _, budi, cici, dedi, eka = here.office.staff
    await _name(here, budi, cici, dedi, eka, status=422)
    await _name(here, budi, budi, status=422)
    wrong = await _name(here, here.ani, here.rater, here.authority, status=422)
    assert [one["where"] for one in wrong["errors"]] == ["colleagues.0", "colleagues.1", "colleagues.2"]
    await _name(here, new_id(), status=422)
    await _name(here, budi, by=here.rater, status=403)
    await _name(here, budi, by=budi, status=403)
    await _answer(here, budi, status=409)  # nobody was named yet
    await _name(here, budi)
    await _answer(here, budi, by=here.ani, status=403)
    await _answer(here, budi, by=here.office.office, status=403)
    await _answer(here, cici, status=422)
    await _answer(here, status=422)  # who declines says why
    await _answer(here, budi)
    await _name(here, cici, status=409)  # the rater has answered


async def test_nobody_is_named_after_the_window_and_nobody_answers_after_the_opening(here: Scene) -> None:
    read = await here.get(here.ani, f"/appraisals/{here.appraisals[here.ani]}/nominations")
    until = datetime.fromisoformat(read["until"])
    budi = here.office.staff[1]
    here.clock.set(until)
    await _name(here, budi)
    here.clock.advance(seconds=1)
    await _name(here, here.office.staff[2], status=409)
    await _answer(here, budi)
    await evaluate(here)
    await _answer(here, budi, status=409)


async def test_a_city_that_draws_takes_no_names(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    drawing = policy_of("sawahlunto")
    sources = tuple(one.model_copy(update={"selection": PeerSelection.DRAWN}) for one in drawing.sources)
    here = await scene(
        evaluation_db, client_of, clock, "sawahlunto", policy=drawing.model_copy(update={"sources": sources})
    )
    await _name(here, here.office.staff[1], status=409)


async def test_the_servant_learns_neither_the_answer_nor_who_assessed_and_no_event_names_anybody(here: Scene) -> None:
    _, budi, cici, dedi, _ = here.office.staff
    await _name(here, budi, cici)
    before = await here.get(here.ani, f"/appraisals/{here.appraisals[here.ani]}/nominations")
    await _answer(here, budi, instead=[str(dedi)], reason="Cici sedang tugas belajar")
    after = await here.get(here.ani, f"/appraisals/{here.appraisals[here.ani]}/nominations")
    assert before == after
    assert {one["colleague_id"] for one in after["colleagues"]} == {str(budi), str(cici)}
    assert {one["state"] for one in after["colleagues"]} == {None}
    for other in (budi, here.office.office, here.authority):
        await here.get(other, f"/appraisals/{here.appraisals[here.ani]}/nominations", status=403)
    told = [one for one in await emitted(here.database) if type(one).__name__.startswith("Peers")]
    (named,) = [one for one in told if isinstance(one, PeersNominated)]
    assert named.rater_id == here.rater
    texts = "".join(one.model_dump_json() for one in told)
    assert not any(str(one) in texts for one in (budi, cici, dedi))


async def test_the_rater_and_the_servant_read_the_same_whoever_answered(here: Scene) -> None:
    """Who was approved and stayed silent looks like who answered."""
    _, budi, cici, dedi, _ = here.office.staff
    await _name(here, budi, cici, dedi)
    await _answer(here, budi, cici, dedi)
    await evaluate(here)
    path = f"/appraisals/{here.appraisals[here.ani]}"
    readers = (here.ani, here.rater, here.authority)

    async def looks() -> str:
        return json.dumps(
            [
                [await here.get(one, path), await here.get(one, f"{path}/form")]
                + ([await here.get(one, f"{path}/nominations")] if one != here.authority else [])
                for one in readers
            ]
        )

    before = await looks()
    await here.assess_as_peer(here.ani, budi, points=77)
    await here.assess_as_peer(here.ani, dedi, points=78)
    assert await looks() == before


async def _outliers(here: Scene, by: UUID, *, status: int = 0) -> Any:
    return await here.get(by, f"/cycles/{here.cycle_id}/outliers", status=status)


async def test_the_office_sees_that_a_score_stands_apart_and_neither_whose_nor_how_high(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater)
    peers = await here.peers(here.ani)
    for peer, points in zip(peers, (91, 93, 92, 41), strict=True):
        await here.assess_as_peer(here.ani, peer, points=points)
    assert (await _outliers(here, here.office.office))["items"] == []
    await here.colleagues_answer()
    (found,) = (await _outliers(here, here.office.office))["items"]
    assert (found["servant_id"], found["assessors"]) == (str(here.ani), 4)
    assert found["outlying"] == [{"code": code, "side": "BELOW", "scores": 1} for code in sorted(here.codes)]
    said = json.dumps(found)
    assert not any(str(peer) in said for peer in peers)
    assert "41" not in said.replace(found["servant_id"], "").replace(found["appraisal_id"], "").replace(
        found["unit_id"], ""
    )
    for other in (here.ani, here.rater, here.authority, new_id()):
        await _outliers(here, other, status=403)


async def test_of_three_colleagues_nothing_is_said(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani)
    await here.assess(here.ani, here.rater)
    for peer, points in zip((await here.peers(here.ani))[:3], (91, 92, 20), strict=True):
        await here.assess_as_peer(here.ani, peer, points=points)
    await here.sweep(days=30)
    assert (await here.read(here.ani))["state"] != "OPEN"
    assert (await _outliers(here, here.office.office))["items"] == []
    assert len(await emitted_of(here.database, PeersNominated)) == 0
