"""The sample consumers are contract tests: they run against the sender, are lied to, killed, and started again."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from contracts.base import Predicate, Role, new_id
from contracts.evaluation.results import ResultFinalised
from kit.db import Database
from kit.settings import Settings
from services.integrations.endpoints.rules.sealing import new_secret
from services.integrations.outgoing import Outgoing
from services.integrations.sender import Sender
from tests.conftest import SettingsOf
from tests.integrate.samples import KINDS, Sample
from tests.services.integrations.conftest import Machine
from tests.services.integrations.machines import admit
from tests.services.integrations.published import CITY, finalised, heard, publish, superseded
from tests.services.integrations.receivers import forward, settled
from tests.support.client import Client, api_of
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected

SECRET = new_secret()
both = pytest.mark.parametrize("kind", sorted(KINDS))


def signed(body: bytes, *, ident: str = "one", at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    moment = str(int(time.time() if at is None else at))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    proof = hmac.new(key, f"{ident}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": ident,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(proof).decode(),
        "content-type": "application/cloudevents+json",
    }


def event(predicate: str = "GOOD", version: int = 1, appraisal: str = "a") -> bytes:
    data = {"appraisal_id": appraisal, "servant_id": "s", "cycle_id": "c", "version": version, "predicate": predicate}
    return json.dumps({"type": "id.kinerja.public.result-finalised.v1", "data": data}).encode()


BODY = event()
Lie = Callable[[], tuple[bytes, dict[str, str]]]
FORGED: dict[str, Lie] = {
    "another secret": lambda: (BODY, signed(BODY, secret=new_secret())),
    "another body": lambda: (event("VERY_GOOD"), signed(BODY)),
    "one blank more": lambda: (BODY + b" ", signed(BODY)),
    "another id": lambda: (BODY, signed(BODY) | {"webhook-id": "two"}),
    "another time": lambda: (BODY, signed(BODY) | {"webhook-timestamp": str(int(time.time()) - 1)}),
    "no signature": lambda: (BODY, signed(BODY) | {"webhook-signature": ""}),
    "no id": lambda: (BODY, {name: one for name, one in signed(BODY).items() if name != "webhook-id"}),
    "no time": lambda: (BODY, {name: one for name, one in signed(BODY).items() if name != "webhook-timestamp"}),
    "no header at all": lambda: (BODY, {}),
    "a time that is none": lambda: (BODY, signed(BODY) | {"webhook-timestamp": "now"}),
    "a signature of another kind": lambda: (BODY, _otherwise(lambda one: one.replace("v1,", "v1a,"))),
    "a signature cut off": lambda: (BODY, _otherwise(lambda one: one[:-4])),
    "a signature of nothing": lambda: (BODY, _otherwise(lambda _: "v1,")),
    "a signature in hexadecimal": lambda: (BODY, _otherwise(lambda one: "v1," + base64.b64decode(one[3:]).hex())),
    "six minutes late": lambda: (BODY, signed(BODY, at=time.time() - 360)),
    "six minutes early": lambda: (BODY, signed(BODY, at=time.time() + 360)),
    "of last year": lambda: (BODY, signed(BODY, at=time.time() - 31_536_000)),
}


def _otherwise(change: Callable[[str], str]) -> dict[str, str]:
    said = signed(BODY)
    return said | {"webhook-signature": change(said["webhook-signature"])}


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Callable[[str, str], Any]]:
    made: list[Sample] = []

    async def started(kind: str, secret: str) -> Sample:
        made.append(Sample.of(kind, tmp_path))
        made[-1].secret = secret
        await made[-1].start()
        return made[-1]

    yield started
    for one in made:
        await one.kill()


@both
async def test_forged_and_late_deliveries_are_refused_and_have_no_effect(kind: str, start: Any) -> None:
    sample = await start(kind, SECRET)
    nothing = await sample.says()
    for name, lie in FORGED.items():
        assert await sample.gets(*lie()) == 401, name
    assert await sample.says() == nothing
    assert await sample.gets(BODY, signed(BODY)) == 204
    assert await sample.says() != nothing


@both
async def test_a_replayed_delivery_has_no_effect_not_even_after_a_restart(kind: str, start: Any) -> None:
    sample = await start(kind, SECRET)
    once, later = signed(BODY), event("POOR", 2)
    assert await sample.gets(BODY, once) == 204
    assert await sample.gets(later, signed(later, ident="two")) == 204
    before = await sample.says()
    assert await sample.gets(BODY, once) == 204
    await sample.kill()
    await sample.start()
    assert await sample.gets(BODY, once) == 204
    assert await sample.says() == before
    assert await sample.gets(BODY, signed(BODY, ident="three")) == 204  # an older version under another id
    assert await sample.says() == before


@both
async def test_during_a_rotation_either_signature_will_do(kind: str, start: Any) -> None:
    sample = await start(kind, SECRET)
    said, other = signed(BODY), signed(BODY, secret=new_secret())
    together = {"webhook-signature": f"{other['webhook-signature']} {said['webhook-signature']}"}
    assert await sample.gets(BODY, said | together) == 204


@pytest.fixture
def settings(settings_of: SettingsOf, integrations_db: Database) -> Settings:
    return settings_of(integrations_db).model_copy(update={"webhook_local": True})


@pytest.fixture
async def machine(settings: Settings, integrations_db: Database, issuer: Issuer) -> AsyncIterator[Machine]:
    async with Client(api_of("integrations", settings, integrations_db), issuer) as client:
        made = Machine(client, integrations_db, city=CITY)
        await admit(integrations_db, CITY, {made.id: Role.INTEGRATOR})
        yield made


@pytest.fixture
async def subscribed(start: Any, machine: Machine, tmp_path: Path) -> dict[str, Sample]:
    """Each of them behind an endpoint of its own."""
    found = {}
    for kind in KINDS:
        sample = Sample.of(kind, tmp_path)
        sample.secret = (await machine.endpoint(sample.url))["secret"]
        found[kind] = sample
    return found


@pytest.fixture
async def sending(settings: Settings, integrations_db: Database) -> AsyncIterator[Callable[[], Any]]:
    sender = Sender(settings, integrations_db, Outgoing(seconds=5))
    connection = await asyncpg.connect(settings.relay_database_url)

    async def send() -> None:
        await forward(connection)
        await settled(sender, connection)

    yield send
    await sender.close()
    await connection.close()


def again(of: ResultFinalised, predicate: Predicate) -> ResultFinalised:
    """The version that takes its place."""
    changes = {"version": of.version + 1, "result_id": new_id(), "predicate": predicate}
    return of.model_copy(update=changes)


async def test_payroll_holds_and_releases_and_the_dashboard_counts_as_results_become_final_and_are_superseded(
    subscribed: dict[str, Sample], machine: Machine, sending: Any
) -> None:
    payroll, dashboard = subscribed["payroll"], subscribed["dashboard"]
    results = [finalised() for _ in range(3)]
    cycle = results[0].cycle_id
    results = [one.model_copy(update={"cycle_id": cycle}) for one in results]
    for sample in subscribed.values():
        await sample.start()
    try:
        await publish(machine.database, heard(*results))
        await sending()
        assert {one["state"] for one in await payroll.says()} == {"RELEASED"}
        assert await dashboard.says() == {str(cycle): {"GOOD": 3}}
        await publish(machine.database, heard(superseded(results[0])))
        await sending()
        held = [one["appraisal"] for one in await payroll.says() if one["state"] == "HELD"]
        assert held == [str(results[0].appraisal_id)]
        assert await dashboard.says() == {str(cycle): {"GOOD": 2, "UNDER_REVIEW": 1}}
        await publish(machine.database, heard(again(results[0], Predicate.VERY_GOOD)))
        await sending()
        assert sorted(one["predicate"] for one in await payroll.says()) == ["GOOD", "GOOD", "VERY_GOOD"]
        assert {one["state"] for one in await payroll.says()} == {"RELEASED"}
        assert await dashboard.says() == {str(cycle): {"GOOD": 2, "VERY_GOOD": 1}}
    finally:
        for sample in subscribed.values():
            await sample.kill()


async def test_consumers_that_are_killed_and_started_again_lose_nothing_and_count_nothing_twice(
    subscribed: dict[str, Sample], machine: Machine, sending: Any
) -> None:
    payroll, dashboard = subscribed["payroll"], subscribed["dashboard"]
    cycle = new_id()
    for sample in subscribed.values():
        await sample.start()
    try:
        for _ in range(4):
            told = [finalised().model_copy(update={"cycle_id": cycle}) for _ in range(15)]
            await publish(machine.database, heard(*told))
            delivering = asyncio.create_task(sending())
            await asyncio.sleep(0.05)
            for sample in subscribed.values():
                await sample.kill()  # in the middle of it
            await delivering
            for sample in subscribed.values():
                await sample.start()
        for _ in range(3):
            await sending()
        assert len(await payroll.says()) == 60
        assert await dashboard.says() == {str(cycle): {"GOOD": 60}}
    finally:
        for sample in subscribed.values():
            await sample.kill()
