"""Peers stay unnamed (Sawahlunto): nothing that reaches the person they assess tells who they were."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from contracts.base import Event
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.evaluation.cycles import MembersEnrolled
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.results import ResultProvisional, ResultReceived
from contracts.obligations import ObligationKind
from directory import take
from kit.db import Database
from services.notify.notices.commands.notices import notify, notify_steps
from services.notify.notices.rules.recipients.table import RECIPIENTS
from services.notify.todos.commands import take_closed, take_opened, take_stepped
from tests.conftest import ClientOf, SettingsOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.arriving import arrive
from tests.support.client import api_of
from tests.support.clock import SetClock
from tests.support.emitted import emitted, relay_url
from tests.support.people import master_data

pytestmark = pytest.mark.connected

Row = Mapping[str, Any]


async def rows_told(database: Database) -> list[Row]:
    """Whole rows, as the relay puts them into the journal."""
    connection = await asyncpg.connect(relay_url(database))
    try:
        return [dict(row) for row in await connection.fetch("select * from outbox order by id")]
    finally:
        await connection.close()


async def her_result(here: Scene, *, answering: int) -> tuple[list[UUID], UUID]:
    """Everything is in, the peers come last; the result is signed and received. The peers asked, and the result."""
    await here.plan(here.ani, actual=98)
    await here.assess(here.ani, here.rater, points=80)
    peers = await here.peers(here.ani)
    for number, peer in enumerate(peers[:answering]):
        await here.assess_as_peer(here.ani, peer, points=81 + number)
    if answering < len(peers):
        await here.sweep(days=30)
    else:
        await here.colleagues_answer()
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    await here.post(here.ani, f"/results/{issued.result_id}/acknowledgement")
    return peers, issued.result_id


async def every_answer(here: Scene, settings_of: SettingsOf, result_id: UUID) -> dict[str, str]:
    """What she gets from every route of the service that reads, whatever it answers."""
    paths = api_of("evaluation", settings_of(here.database), here.database).openapi()["paths"]
    known: dict[str, object] = {"appraisal_id": here.appraisals[here.ani], "result_id": result_id}
    known |= {"cycle_id": here.cycle_id, "servant_id": here.ani, "city": here.tenant_id}
    named = defaultdict(lambda: result_id, known)  # whatever else a path names: an id that is none of its own
    reading = [path for path, methods in paths.items() if path.startswith("/v1") and "get" in methods]
    headers = here.client.as_(here.ani, here.tenant_id)
    return {path: (await here.client.get(path.format_map(named), headers=headers)).text for path in reading}


async def what_she_is_told(here: Scene, notify_db: Database, client_of: ClientOf) -> str:
    """Her notices and her to-do list, but for the colleagues whom she is asked to assess herself."""
    async with notify_db.transaction(here.tenant_id) as session:
        await take.take_master_data(session, master_data(here.office))
    for event in await emitted(here.database):
        await arrive(notify_db, event, *TAKING.get(type(event), (notify,) if type(event) in RECIPIENTS else ()))
    client = client_of("notify", notify_db)
    headers = client.as_(here.ani, here.tenant_id)
    inbox = (await client.get("/v1/inbox", headers=headers)).json()
    todo = (await client.get("/v1/todo", headers=headers)).json()
    assert (await client.get("/v1/obligations", headers=headers)).status_code == 403
    return json.dumps([inbox, [one for one in todo["items"] if one["kind"] != ObligationKind.ASSESS_PEER]])


TAKING: dict[type[Event], Any] = {
    OBLIGATIONS.opened: (take_opened,),
    OBLIGATIONS.closed: (take_closed,),
    OBLIGATIONS.stepped: (notify_steps, take_stepped),
}


@pytest.mark.parametrize("answering", [2, 4])
async def test_nothing_that_the_servant_can_read_names_a_peer(
    evaluation_db: Database,
    notify_db: Database,
    client_of: ClientOf,
    clock: SetClock,
    settings_of: SettingsOf,
    answering: int,
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    peers, result_id = await her_result(here, answering=answering)
    assert len(peers) == 4

    answers = await every_answer(here, settings_of, result_id)
    assert json.loads(answers["/v1/results/{result_id}/explanation"])["sentences"]
    assert json.loads(answers["/v1/appraisals/{appraisal_id}"])["assessments"]
    rows = [str(row) for row in await rows_told(evaluation_db) if row["subject"] == str(here.ani)]
    her_file = " ".join(rows)
    assert all(kind.ce_type() in her_file for kind in (AssessmentSubmitted, ResultProvisional, ResultReceived))
    notices = await what_she_is_told(here, notify_db, client_of)
    assert "result_issued" in notices

    read = {**answers, "her file": her_file, "her notices": notices}
    assert {where for where, said in read.items() for peer in peers if str(peer) in said} == set()


@pytest.mark.parametrize("answering", [2, 4])
async def test_no_event_has_an_anonymous_peer_as_its_actor_but_the_raters_are(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, answering: int
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    peers, _ = await her_result(here, answering=answering)
    submitted = [row for row in await rows_told(evaluation_db) if row["type"] == AssessmentSubmitted.ce_type()]
    assert sorted(row["actor"] for row in submitted) == sorted([str(here.rater), *["anonymous"] * answering])
    assert not {row["actor"] for row in await rows_told(evaluation_db)} & {str(peer) for peer in peers}
    async with evaluation_db.transaction(here.tenant_id) as session:
        of_hers = text("select assessor_id from assessments where role = 'PEER' and appraisal_id = :id")
        kept = await session.scalars(of_hers, {"id": here.appraisals[here.ani]})
    assert set(kept.all()) == set(peers[:answering])


async def test_who_assesses_whom_is_told_inside_only(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """docs/domain.md 6.6: what others may get names no peer together with the one assessed; the to-do list needs both."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    peers, _ = await her_result(here, answering=2)
    her = (str(here.ani), str(here.appraisals[here.ani]))
    both = {
        row["type"]
        for row in await rows_told(evaluation_db)
        for peer in peers
        if str(peer) in row["body"] and any(one in row["body"] for one in her)
    }
    assert {Event.known[kind] for kind in both if not Event.known[kind].internal} <= {MembersEnrolled}
    assert {OBLIGATIONS.opened, OBLIGATIONS.stepped} <= {Event.known[kind] for kind in both}
    assert all(kind.internal for kind in (*OBLIGATIONS[:3], OBLIGATIONS.moved))
