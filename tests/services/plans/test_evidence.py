"""Evidence: what was reported or begun points to proof, and to what the community answered (PLB-6)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts.base import Phase
from contracts.evidence import EvidenceKind
from contracts.plans.initiatives import InitiativeProved, InitiativeVerified
from contracts.plans.reports import ActualsReported
from tests.services.plans.stage import Body, Stage
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = pytest.mark.connected

LETTERS: Body = {
    "kind": "LETTERS",
    "title": "Surat terima kasih orang tua murid",
    "reference": "Agenda 45",
    "count": 12,
}
SURVEY: Body = {
    "kind": "SURVEY",
    "title": "Survei kepuasan",
    "reference": "SKM-3/2026",
    "count": 214,
    "on": "2026-03-20",
}
PHOTO: Body = {"kind": "PHOTO", "title": "Ruang baca", "reference": "https://dinas.example.go.id/foto/7"}


def _whole(one: Body) -> Body:
    """As it is answered: what was left out is null."""
    return {"count": None, "on": None} | one


async def test_a_report_points_to_evidence_that_its_readers_see_and_its_history_keeps(
    stage: Stage, clock: SetClock
) -> None:
    plan_id = await stage.made_set()
    await stage.open(Phase.EXECUTION)
    clock.set(datetime(2026, 3, 31, 2, tzinfo=UTC))
    report = (await stage.reports(plan_id))[0].id
    [asked] = (await stage.get(stage.servant, f"/reports/{report}")).json()["indicators"]

    async def send(*evidence: Body) -> Any:
        figure = {"indicator_id": asked["id"], "actual": "38", "evidence": list(evidence)}
        return await stage.post(stage.servant, f"/reports/{report}", {"actuals": [figure]})

    assert (await send(LETTERS)).json()["indicators"][0]["evidence"] == [_whole(LETTERS)]
    assert (await send(LETTERS, SURVEY)).status_code == 200
    for person in (stage.rater, stage.authority):
        form = (await stage.get(person, f"/reports/{report}")).json()
        assert form["indicators"][0]["evidence"] == [_whole(LETTERS), _whole(SURVEY)]
        plan = (await stage.get(person, f"/plans/{plan_id}")).json()
        assert plan["results"][0]["indicators"][0]["evidence"] == [_whole(LETTERS), _whole(SURVEY)]
    kept = (await stage.get(stage.rater, f"/reports/{report}/history")).json()["items"]
    assert [[one["title"] for one in entry["evidence"]] for entry in kept] == [
        [LETTERS["title"]],
        [LETTERS["title"], SURVEY["title"]],
    ]
    last = (await emitted_of(stage.database, ActualsReported))[-1].indicators[0]
    assert [(one.kind, one.count) for one in last.evidence or ()] == [
        (EvidenceKind.LETTERS, 12),
        (EvidenceKind.SURVEY, 214),
    ]
    assert (await stage.get(stage.peer, f"/reports/{report}")).status_code == 403


async def test_what_the_community_answered_says_how_many_answered(stage: Stage) -> None:
    body = _innovation(stage) | {"evidence": [{name: value for name, value in SURVEY.items() if name != "count"}]}
    refused = await stage.post(stage.servant, "/initiatives", body)
    assert (refused.status_code, "how many answered" in refused.text) == (422, True)
    counted = _innovation(stage) | {"evidence": [PHOTO | {"count": 3}]}
    assert (await stage.post(stage.servant, "/initiatives", counted)).status_code == 422


def _innovation(stage: Stage) -> Body:
    return {
        "cycle_id": str(stage.cycle.id),
        "kind": "INNOVATION",
        "title": "Pojok baca",
        "description": "Di ruang tunggu",
        "benefit": "Anak membaca sambil menunggu",
    }


async def test_an_initiative_gathers_evidence_that_whoever_verifies_it_sees(stage: Stage) -> None:
    recorded = await stage.post(stage.servant, "/initiatives", _innovation(stage) | {"evidence": [PHOTO]})
    assert (recorded.status_code, recorded.json()["evidence"]) == (201, [_whole(PHOTO)])
    path = f"/initiatives/{recorded.json()['id']}"
    for person, one in ((stage.servant, LETTERS), (stage.rater, SURVEY), (stage.servant, LETTERS)):
        assert (await stage.post(person, f"{path}/evidence", {"evidence": [one]})).status_code == 200
    for person in (stage.peer, stage.authority, stage.office.office):
        assert (await stage.post(person, f"{path}/evidence", {"evidence": [SURVEY]})).status_code == 403
    seen = (await stage.get(stage.rater, "/initiatives")).json()["items"]
    assert [one["evidence"] for one in seen] == [[_whole(PHOTO), _whole(LETTERS), _whole(SURVEY)]]
    assert (await stage.post(stage.rater, f"{path}/verification", {"recognised": True})).status_code == 200
    proved = await emitted_of(stage.database, InitiativeProved)
    assert [(one.added, one.added_by) for one in proved] == [(1, stage.servant), (1, stage.rater)], "the same one once"
    [verified] = await emitted_of(stage.database, InitiativeVerified)
    assert [one.kind for one in verified.evidence or ()] == [
        EvidenceKind.PHOTO,
        EvidenceKind.LETTERS,
        EvidenceKind.SURVEY,
    ]


async def test_an_initiative_points_to_thirty_pieces_of_evidence_at_most(stage: Stage) -> None:
    many = [PHOTO | {"reference": f"Foto {number}"} for number in range(30)]
    recorded = await stage.post(stage.servant, "/initiatives", _innovation(stage) | {"evidence": many})
    path = f"/initiatives/{recorded.json()['id']}/evidence"
    refused = await stage.post(stage.servant, path, {"evidence": [SURVEY]})
    assert (refused.status_code, "at most 30" in refused.json()["detail"]) == (422, True)
