"""Peers (Sawahlunto): who is asked, what is left out below three, and that nobody learns what one of them gave."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from contracts.base import AssessorRole
from contracts.evaluation.assessments import AssessmentSubmitted, SourceDropped
from contracts.evaluation.results import ResultProvisional
from kit.db import Database
from obligations.legal_dates import end_of_day, local_date
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import emitted, emitted_of
from tests.support.policies import calendar

pytestmark = pytest.mark.connected

POINTS = (61, 73, 118, 87, 104)
"""Numbers that nothing else in these tests has."""


async def _peers_answer(here: Scene, servant: UUID, count: int) -> list[UUID]:
    """So many of the peers answer, each with a number of his or her own."""
    peers = (await here.peers(servant))[:count]
    for peer, points in zip(peers, POINTS, strict=False):
        await here.assess_as_peer(servant, peer, points=points)
    return peers


async def test_colleagues_are_asked_and_never_rater_servant_authority_or_the_own_staff(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    source = here.office.policy.source(AssessorRole.PEER)
    assert source is not None
    for servant in here.office.everyone:
        peers = set(await here.peers(servant))
        never = {servant, here.office.rater(servant), here.office.authority(servant)}
        assert not peers & never
        assert not {peer for peer in peers if here.office.rater(peer) == servant}
        assert len(peers) <= source.wanted
    assert [len(await here.peers(one)) for one in here.office.staff] == [source.wanted] * len(here.office.staff)
    assert set(await here.peers(here.ani)) <= set(here.office.staff)  # under the same rater first


async def test_two_of_three_peers_are_dropped_and_the_trace_says_why(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani, actual=98)
    await here.assess(here.ani, here.rater, points=80)
    await _peers_answer(here, here.ani, 2)
    assert (await here.read(here.ani))["state"] == "OPEN"
    await here.sweep(days=30)  # the others stay silent, which lapses
    (dropped,) = [one for one in await emitted_of(evaluation_db, SourceDropped) if one.servant_id == here.ani]
    read = await here.read(here.ani)
    assert (dropped.role, dropped.received, dropped.minimum) == (AssessorRole.PEER, 2, 3)
    assert read["state"] == "PROVISIONAL"
    assert read["dropped"] == ["PEER"]
    assert read["local_score"] == "89.00"  # 98 x 50 + 80 x 50, the superior alone
    assert {one["role"] for one in read["assessments"]} == {"SUPERIOR"}
    summary = await here.get(here.office.office, f"/cycles/{here.cycle_id}/summary")
    assert (summary["sources_dropped"], summary["numbers"]["peers_dropped"]) == (1, 1)


async def test_three_peers_count_by_their_mean(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani, actual=98)
    await here.assess(here.ani, here.rater, points=80)
    await _peers_answer(here, here.ani, 3)
    await here.sweep(days=30)
    read = await here.read(here.ani)
    peers = next(one for one in read["assessments"] if one["role"] == "PEER")
    assert peers == {"role": "PEER", "count": 3, "scores": dict.fromkeys(sorted(here.codes), "84.00")}
    assert read["local_score"] == "89.60"  # 98 x 50 + (80 x 70 + 84 x 30) x 50


@pytest.mark.parametrize("answering", [2, 3])
async def test_nobody_learns_what_a_peer_gave_or_who_answered(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, answering: int
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani, actual=98)
    await here.assess(here.ani, here.rater, points=80)
    peers = await _peers_answer(here, here.ani, answering)
    early = await _everything_that_can_be_read(here)
    assert '"role": "PEER"' not in early
    await here.sweep(days=30)
    texts = early + await _everything_that_can_be_read(here)
    texts += "".join(one.model_dump_json() for one in await emitted(evaluation_db) if _about_a_result(one))
    for points in POINTS[:answering]:
        assert f'"{points}"' not in texts
        assert f'"{points}.00"' not in texts
    submitted = [one for one in await emitted_of(evaluation_db, AssessmentSubmitted) if one.role is AssessorRole.PEER]
    assert [one.assessor_id for one in submitted] == [None] * answering
    assert not any(str(peer) in texts for peer in peers)


def _about_a_result(event: object) -> bool:
    return isinstance(event, AssessmentSubmitted | SourceDropped | ResultProvisional)


async def _everything_that_can_be_read(here: Scene) -> str:
    """Every answer about this appraisal, as each of those who may read it gets it."""
    answers = []
    for reader in (here.ani, here.rater, here.authority, here.office.office):
        answers.append(await here.read(here.ani, by=reader))
        answers.append(await here.get(reader, f"/appraisals/{here.appraisals[here.ani]}/form"))
    return json.dumps(answers)


async def test_a_peer_sees_what_to_score_and_nothing_more(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani)
    peer = (await here.peers(here.ani))[0]
    path = f"/appraisals/{here.appraisals[here.ani]}"
    form = await here.get(peer, f"{path}/form")
    assert (form["role"], form["plan"]) == ("PEER", None)
    assert tuple(form["codes"]) == here.codes
    await here.get(peer, path, status=403)
    with_rating = {"scores": dict.fromkeys(here.codes, 90), "result_rating": "ABOVE"}
    await here.post(peer, f"{path}/assessments", with_rating, status=422)


async def test_a_peer_may_change_an_answer_until_the_result_is_computed(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    await here.plan(here.ani)
    peers = await here.peers(here.ani)
    first = await here.assess_as_peer(here.ani, peers[0], points=70)
    same = await here.assess_as_peer(here.ani, peers[0], points=70)
    changed = await here.assess_as_peer(here.ani, peers[0], points=75)
    assert first["id"] == same["id"] == changed["id"]
    await here.assess(here.ani, here.rater)
    await here.colleagues_answer()
    assert (await here.read(here.ani))["state"] == "PROVISIONAL"
    await here.assess_as_peer(here.ani, peers[0], points=75)  # the same again is no change
    await here.assess_as_peer(here.ani, peers[0], points=120, status=409)


async def test_what_colleagues_gave_counts_together_once_none_of_the_cycle_owes_any_more(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """The moment of a result would else be that of the last answer, and tell who gave it."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    for servant in here.office.staff:
        await here.plan(servant)
        await here.assess(servant, here.rater)
    await _peers_answer(here, here.ani, 4)
    await here.sweep()
    assert (await here.read(here.ani))["state"] == "OPEN"
    *before, last = [row for row in await here.obligations("ASSESS_PEER") if row["state"] == "OPEN"]
    for row in before:
        await here.assess_as_peer(row["about_id"], row["debtor_id"])
    await here.sweep()
    assert await _computed(here) == set()
    await here.assess_as_peer(last["about_id"], last["debtor_id"])
    assert await _computed(here) == set()
    assert not [one for one in await emitted_of(evaluation_db, AssessmentSubmitted) if one.role is AssessorRole.PEER]
    await here.sweep()
    assert await _computed(here) == set(here.office.staff)
    submitted = [one for one in await emitted_of(evaluation_db, AssessmentSubmitted) if one.role is AssessorRole.PEER]
    assert len(submitted) == 4 * len(here.office.staff)


async def test_the_sweep_looks_every_day_while_colleagues_owe(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    wait = await here.next_sweep()
    assert wait is not None
    end = here.now() + timedelta(seconds=wait)
    assert end == end_of_day(local_date(here.now(), calendar()), calendar())


async def _computed(here: Scene) -> set[UUID]:
    """Of the staff, whose result is no longer open."""
    return {one for one in here.office.staff if (await here.read(one))["state"] != "OPEN"}
