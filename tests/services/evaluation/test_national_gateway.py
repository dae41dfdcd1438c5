"""Batches are carried to a gateway that has every fault, by workers that are killed: every row ends once, and rightly."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import Rating
from contracts.evaluation.exports import ExportRowsSettled, ExportState
from kinerja.national.entries import PERIOD, Body, Entries, person_of
from kinerja.national.faults import EVERY, Fault, Faults
from kinerja.stack.migrate import ROOT
from kit.db import Database
from services.evaluation.gateway import Gateway
from services.evaluation.gateways import GatewayAccess
from services.evaluation.national.rules.forms import body_of
from services.evaluation.national_sender import WITHDRAWN, Carrier, Pace
from tests.conftest import ClientOf
from tests.services.evaluation.moments import Moment
from tests.services.evaluation.nation import Nation, concluded, crowded, nation, rows
from tests.services.evaluation.scene import Scene
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]
FORM = "kinerjaperiodik"
CROWD, OF_EACH, PLACES = 32, 3, 5
SETTLE_SECONDS = 120.0
PACE = {
    "places": PLACES,
    "chunk": 8,
    "answer": 0.7,
    "lease": 60.0,
    "lost": 0.8,
    "first": 0.1,
    "longest": 0.5,
    "idle": 0.05,
    "look": 0.5,
}
"""Seconds that are waited for are short; what matters is waited for as it happens: a slow gateway is done with a row when
its worker has gone, and the lease of a killed worker is over when the test says so."""
ASKED, SAVED = "/rw-kinerjaperiodik/", "/kinerjaperiodik/save"
KILLED_AT = (
    Moment(SAVED, nth=2, done=False),
    Moment(SAVED, nth=PLACES + 1, done=True),
    Moment(ASKED, nth=3, done=True),
    Moment(SAVED, nth=3, done=True),
)
"""A row has arrived, and is taken when nobody is there any more; it is taken, and nobody hears so; its list is told to nobody."""
WRONG = "Data penilai tidak sesuai dengan data unit kerja"


@dataclass
class Workers:
    """Processes that carry, and may die at any moment."""

    database: Database
    file: Path
    running: list[asyncio.subprocess.Process] = field(default_factory=list)

    async def start(self) -> None:
        url = self.database.engine.url.render_as_string(hide_password=False)
        words = ("tests.services.evaluation.national_worker", url, str(self.file), json.dumps(PACE))
        self.running.append(await asyncio.create_subprocess_exec(sys.executable, "-m", *words, cwd=ROOT))

    async def killed(self) -> None:
        """All of them with -9; they had nothing to complain of before."""
        for one in self.running:
            assert one.returncode is None, "a worker ended by itself"
            one.kill()
        while self.running:
            await self.running.pop().wait()


async def _open(here: Scene) -> int:
    async with here.database.transaction(here.tenant_id) as session:
        counting = text("select count(*) from national_rows where state = 'EXPORTED'")
        return int((await session.execute(counting)).scalar_one())


def _refused(people: frozenset[str]) -> Any:
    def refuse(body: Body) -> str | None:
        return WRONG if body["pnsDinilaiId"] in people else None

    return refuse


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    return await concluded(evaluation_db, client_of, clock, people=1)


@pytest.fixture
async def workers(here: Scene, tmp_path: Path) -> AsyncIterator[Workers]:
    made = Workers(here.database, tmp_path / "gateways.json")
    yield made
    await made.killed()


@pytest.mark.parametrize("detects", [True, False], ids=["it knows duplicates", "it takes whatever comes"])
async def test_every_row_ends_confirmed_or_rejected_with_its_reason_and_none_is_taken_twice(
    here: Scene, workers: Workers, *, detects: bool
) -> None:
    """PermenPANRB 6/2022 art. 35: all faults, two workers, and one of them killed again and again with rows on their way."""
    nips = await crowded(here, CROWD)
    strangers, wrong, typed, typed_otherwise = (frozenset(nips[n * OF_EACH :][:OF_EACH]) for n in range(4))
    batch = await here.post(here.office.office, f"/cycles/{here.cycle_id}/national-batches")
    assert batch["rows"] == CROWD + 1
    entries = Entries(detects=detects, refuse=_refused(frozenset(map(person_of, wrong))))
    entries.late_seconds = 3_600.0 if detects else 0.0  # its list lags behind until it has refused a duplicate
    faults = _every_fault()
    _typed(entries, await rows(here, batch["id"]), typed, typed_otherwise)
    async with nation(entries, faults, strangers=strangers) as there:
        workers.file.write_text(json.dumps({here.tenant_id: there.access}))
        await here.post(here.office.office, f"/national-batches/{batch['id']}/sending")
        await _carry(here, there, workers)
    assert not any(faults.dealt.values()), "a fault that did not happen proves nothing"
    assert set(faults.seen) >= set(EVERY)
    assert bool(entries.doubled) is detects
    found = await rows(here, batch["id"])
    expected = dict.fromkeys(strangers, "PERSON_UNKNOWN") | dict.fromkeys(wrong, "REFUSED")
    expected |= dict.fromkeys(typed_otherwise, "HOLDS_ANOTHER")
    _judge(found, entries, expected, typed)
    assert {one["reason"] for one in found if one["code"] == "REFUSED"} == {WRONG}
    await _told_once(here, found)


def _typed(entries: Entries, found: list[Any], same: frozenset[str], otherwise: frozenset[str]) -> None:
    """Somebody typed some in before, some of them otherwise."""
    for one in found:
        body = body_of(one["record"], person_of(one["record"]["nip"]))
        if one["record"]["nip"] in same:
            entries.enter(FORM, one["record"]["nip"], body)
        elif one["record"]["nip"] in otherwise:
            entries.enter(FORM, one["record"]["nip"], body | {"hasilKinerjaNilai": 1, "kuadranKinerjaNilai": 2})


def _every_fault() -> Faults:
    """Each at each question; fresh tokens are refused once only, or the gateway would be left alone for a minute."""
    usual = [fault for fault in EVERY if fault is not Fault.STALE_TOKENS]
    return Faults(dealt={SAVED: [Fault.NONE, *EVERY], ASKED: [Fault.NONE, *usual], "/data-utama/": [*usual]})


async def _carry(here: Scene, there: Nation, workers: Workers) -> None:
    """Two at once, and both are killed at each of the moments."""
    for wanted in KILLED_AT:
        moment = there.moments.await_(replace(wanted))
        await workers.start()
        await workers.start()
        await moment.reached()
        assert await _open(here), "killed while nothing was on its way"
        await workers.killed()
        moment.end()
        await there.moments.quiet()
        await _forward(here)
    await workers.start()
    await workers.start()
    async with asyncio.timeout(SETTLE_SECONDS):
        while await _open(here):
            if there.entries.doubled:
                there.entries.late_seconds = 0.0
            await asyncio.sleep(0.1)


async def _forward(here: Scene) -> None:
    """The lease of whoever died is over."""
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(text("update national_rows set next_at = now() where state = 'EXPORTED'"))


def _judge(found: list[Any], entries: Entries, expected: dict[str, str], typed: frozenset[str]) -> None:
    assert {one["state"] for one in found} == {"CONFIRMED", "REJECTED"}
    rejected = {one["record"]["nip"]: one["code"] for one in found if one["state"] == "REJECTED"}
    assert rejected == expected
    assert all(one["reason"] for one in found if one["state"] == "REJECTED")
    assert [one for one, times in entries.taken.items() if times > 1] == [], "taken twice"
    assert [one for one, times in entries.by_key.items() if times > 1] == []
    confirmed = {one["record"]["nip"]: one["record"] for one in found if one["state"] == "CONFIRMED"}
    there = {nip: body for form, nip, body in entries.everything() if form == FORM and nip in confirmed}
    assert set(there) == set(confirmed), "confirmed, and not there"
    for nip, record in confirmed.items():
        names = (*PERIOD, "hasilKinerjaNilai", "perilakuKerjaNilai", "kuadranKinerjaNilai", "penilaiNipNrp")
        assert {name: there[nip][name] for name in names} == {name: record[name] for name in names}
    assert len(entries.taken) == len(confirmed) - len(typed)


async def _told_once(here: Scene, found: list[Any]) -> None:
    events = await emitted_of(here.database, ExportRowsSettled)
    told = Counter(str(row.row_id) for event in events for row in event.rows)
    assert told == Counter(one["id"] for one in found)
    assert [event.open for event in events].count(0) == 1
    assert len(events) < len(found), "several rows in one event"


@pytest.fixture
async def there() -> AsyncIterator[Nation]:
    async with nation() as made:
        yield made


@pytest.fixture
async def carrier(here: Scene, there: Nation) -> AsyncIterator[Carrier]:
    gateway = Gateway(GatewayAccess.model_validate(there.access), seconds=5.0)
    yield Carrier(here.tenant_id, here.database, gateway, Pace(first=0.0, lost=0.0, longest=0.0))
    await gateway.close()


async def _sent(here: Scene) -> Any:
    batch = await here.post(here.office.office, f"/cycles/{here.cycle_id}/national-batches")
    await here.post(here.office.office, f"/national-batches/{batch['id']}/sending")
    return batch


async def _until_settled(here: Scene, carrier: Carrier) -> None:
    async with asyncio.timeout(30):
        while await _open(here):
            await carrier.carry_some()


async def test_what_counts_no_more_is_not_sent_and_the_newer_version_is(
    here: Scene, there: Nation, carrier: Carrier
) -> None:
    batch = await _sent(here)
    [first] = await here.results(here.ani)
    await here.objected(here.ani, first["id"])
    await here.decided(here.ani, first["id"], result_rating=Rating.ABOVE)
    await _until_settled(here, carrier)
    [row] = await rows(here, batch["id"])
    assert (row["state"], row["code"], row["reason"]) == ("REJECTED", "WITHDRAWN", WITHDRAWN)
    assert there.entries.taken == Counter()
    again = await _sent(here)
    await _until_settled(here, carrier)
    [row] = await rows(here, again["id"])
    assert (row["state"], row["version"], row["settled_by"]) == ("CONFIRMED", 2, "GATEWAY")
    [(_, _, body)] = there.entries.everything()
    assert (body["hasilKinerjaNilai"], row["number"]) == (1, body["id"])


async def test_a_newer_version_takes_the_place_of_what_was_confirmed(
    here: Scene, there: Nation, carrier: Carrier
) -> None:
    await _sent(here)
    await _until_settled(here, carrier)
    [first] = await here.results(here.ani)
    await here.objected(here.ani, first["id"])
    await here.decided(here.ani, first["id"], result_rating=Rating.ABOVE)
    again = await _sent(here)
    await _until_settled(here, carrier)
    [(_, _, body)] = there.entries.everything()
    [row] = await rows(here, again["id"])
    assert (row["state"], row["number"], body["hasilKinerjaNilai"]) == ("CONFIRMED", body["id"], 1)
    assert there.entries.replaced == Counter({body["id"]: 1})


async def test_an_older_version_that_may_still_arrive_is_settled_before_the_newer_one_is_sent(
    here: Scene, there: Nation, carrier: Carrier
) -> None:
    """Or it would take the place of the newer one."""
    batch = await _sent(here)
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(text("update national_rows set next_at = now() + interval '1 hour', attempts = 1"))
    [first] = await here.results(here.ani)
    await here.objected(here.ani, first["id"])
    await here.decided(here.ani, first["id"], result_rating=Rating.ABOVE)
    again = await _sent(here)
    assert await carrier.carry_some() == 0
    async with here.database.transaction(here.tenant_id) as session:
        await session.execute(
            text("update national_rows set next_at = now() where batch_id = :id"), {"id": batch["id"]}
        )
    await _until_settled(here, carrier)
    assert [one["code"] for one in await rows(here, batch["id"])] == ["WITHDRAWN"]
    assert [one["state"] for one in await rows(here, again["id"])] == ["CONFIRMED"]


async def test_a_duplicate_that_the_gateway_tells_of_is_confirmed_by_its_list_and_not_doubled(
    here: Scene, there: Nation, carrier: Carrier
) -> None:
    """The answer was lost, and its list lags behind."""
    batch = await _sent(here)
    there.faults.often, there.entries.late_seconds = {Fault.BROKEN_AFTER: 1.0}, 3_600.0
    there.faults.only = "/kinerjaperiodik/save"
    await carrier.carry_some()
    there.faults.often = {}
    await carrier.carry_some()
    [row] = await rows(here, batch["id"])
    assert (row["state"], row["error"]) == ("EXPORTED", "Data kinerja pada periode ini sudah ada")
    there.entries.late_seconds = 0.0
    await _until_settled(here, carrier)
    [row] = await rows(here, batch["id"])
    assert (row["state"], sum(there.entries.taken.values())) == ("CONFIRMED", 1)


async def test_what_one_worker_carries_no_other_takes_and_neither_do_both_send_it(
    here: Scene, there: Nation, carrier: Carrier
) -> None:
    there.entries.detects = False
    batch = await _sent(here)
    other = Carrier(here.tenant_id, here.database, Gateway(carrier.gateway.access), carrier.pace)
    moment = there.moments.await_(Moment(SAVED, nth=1, done=False))
    carrying = asyncio.create_task(carrier.carry_some())
    await moment.reached()
    assert await other.carry_some() == 0
    moment.end()
    assert await carrying == 1
    await other.gateway.close()
    assert [one["state"] for one in await rows(here, batch["id"])] == ["CONFIRMED"]
    assert there.entries.taken.total() == 1


async def test_a_gateway_that_asks_for_quiet_gets_it_and_the_row_says_why_it_waits(
    here: Scene, there: Nation, carrier: Carrier
) -> None:
    there.faults.often, there.faults.quiet_seconds = {Fault.BUSY: 1.0}, 120
    batch = await _sent(here)
    assert await carrier.carry_some() == 1
    [row] = await rows(here, batch["id"])
    assert (row["state"], row["attempts"], row["error"]) == (ExportState.EXPORTED, 1, "HTTP 429")
    async with here.database.transaction(here.tenant_id) as session:
        waiting = text("select extract(epoch from next_at - now()) from national_rows")
        assert 100 < (await session.execute(waiting)).scalar_one() <= 120
    assert there.faults.seen == Counter({Fault.BUSY: 1})


async def test_credentials_that_are_wrong_send_nothing_and_are_not_tried_at_once_again(
    here: Scene, there: Nation
) -> None:
    access = GatewayAccess.model_validate(there.access | {"password": "salah"})
    carrier = Carrier(here.tenant_id, here.database, Gateway(access), Pace(first=0.0))
    batch = await _sent(here)
    assert await carrier.carry_some() == 1
    [row] = await rows(here, batch["id"])
    assert (row["state"], row["error"]) == ("EXPORTED", "no token: HTTP 401")
    assert "salah" not in json.dumps(row)
    assert there.faults.seen == Counter()
    await carrier.gateway.close()
