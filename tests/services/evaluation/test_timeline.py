"""What happened about one person, for that person and those above; who assesses unnamed, and what is withheld, is not in it."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from contracts.base import Phase, Role
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.support.clock import SetClock
from tests.support.emitted import relay_url
from tests.support.holders import declare

pytestmark = pytest.mark.connected

_SEND = """
insert into journal (position, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, hash)
select id, event_id, tenant_id, topic, key, type, subject, actor, reason, body, time, 'x' from outbox
on conflict do nothing
"""


async def sent(database: Database) -> None:
    """What waits in the outbox comes to the journal, as the relay brings it there."""
    connection = await asyncpg.connect(relay_url(database))
    try:
        await connection.execute(_SEND)
    finally:
        await connection.close()


async def lines(here: Scene, reader: UUID, subject: UUID | None = None, **query: Any) -> list[dict[str, Any]]:
    found = await here.get(reader, "/journal", subject=subject or here.ani, limit=500, **query)
    return list(found["items"])


async def ended(here: Scene) -> tuple[list[UUID], str]:
    """She is rated by the rater and her colleagues; the result is signed and received."""
    await here.plan(here.ani, actual=98)
    await here.assess(here.ani, here.rater, points=80)
    peers = await here.peers(here.ani)
    for peer in peers:
        await here.assess_as_peer(here.ani, peer, points=81)
    await here.colleagues_answer()
    await here.end(Phase.EVALUATION)
    await here.lead(Phase.MODERATION)
    await here.end(Phase.MODERATION)
    await here.lead(Phase.DISCLOSURE)
    await here.issue(here.ani, here.rater)
    issued = await here.deliver(here.ani)
    await sent(here.database)
    return peers, str(issued.result_id)


async def test_she_and_those_above_read_what_happened_and_nobody_else(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    peers, result_id = await ended(here)
    mine = await lines(here, here.ani)
    types = [one["type"].split(".")[3] for one in mine]
    assert "result-issued" in types
    assert all(one["subject"] == str(here.ani) for one in mine)
    for above in (here.rater, here.authority, here.office.office):
        assert {"result-issued"} <= {one["type"].split(".")[3] for one in await lines(here, above)}
    for stranger in (*(one for one in peers if one != here.rater), here.office.panel[0]):
        await here.get(stranger, "/journal", subject=here.ani, status=403)
    await here.get(here.ani, "/journal", status=403)  # the whole journal is the auditors'
    await here.get(here.ani, "/journal", subject=here.cycle_id, status=403)
    about = await lines(here, here.ani, about=result_id)
    assert {one["about"]["result_id"] for one in about} == {result_id}
    assert len(about) < len(mine)


async def test_no_line_tells_who_assessed_or_that_somebody_did(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    peers, _ = await ended(here)
    told = [one for reader in (here.ani, here.rater, here.authority) for one in await lines(here, reader)]
    hidden = {"assessment-submitted", "peers-settled", "peers-nominated", "source-dropped", "obligations-opened"}
    assert hidden.isdisjoint(one["type"].split(".")[3] for one in told)
    for peer in set(peers) - {here.rater, here.ani}:
        assert all(str(peer) not in str(one) for one in told)
    # The office reads that it was submitted; of colleagues no name is in the journal at all.
    whole = await lines(here, here.office.office)
    submitted = [one for one in whole if one["type"].split(".")[3] == "assessment-submitted"]
    assert submitted
    assert {one["actor"] for one in submitted}.isdisjoint(str(peer) for peer in set(peers) - {here.rater})


async def test_it_goes_on_page_by_page_and_reading_it_is_noted(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await ended(here)
    whole, found, cursor = [one["position"] for one in await lines(here, here.ani)], [], None
    while True:
        asked: dict[str, Any] = {} if cursor is None else {"cursor": cursor}
        page = await here.get(here.ani, "/journal", subject=here.ani, limit=2, **asked)
        found += [one["position"] for one in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert found == whole == sorted(whole)
    await lines(here, here.rater)
    looks = (await here.get(here.ani, "/lookups"))["items"]
    assert [(one["reader_id"], one["role"]) for one in looks if one["record"] == "TIMELINE"] == [
        (str(here.rater), "RATER")
    ]


async def test_an_auditor_reads_who_read_whose_records_and_nobody_else_does(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    here = await evaluating(evaluation_db, client_of, clock)
    await here.get(here.rater, f"/appraisals/{here.appraisals[here.ani]}")
    own = await here.get(here.ani, "/lookups")
    await declare(evaluation_db, here.tenant_id, here.office.holders)
    auditor = here.client.as_(here.office.holders[Role.AUDITOR], here.tenant_id, Role.AUDITOR)
    asked: dict[str, Any] = {"servant_id": str(here.ani)}
    seen = await here.client.get("/v1/lookups", params=asked, headers=auditor)
    assert (seen.status_code, seen.json()["items"]) == (200, own["items"])
    assert own["items"] != []
    for other in (here.rater, here.office.office, here.office.staff[1]):
        await here.get(other, "/lookups", status=403, **asked)
    assert await here.get(here.ani, "/lookups", **asked) == own
