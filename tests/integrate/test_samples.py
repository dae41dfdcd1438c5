"""The sample consumers are contract tests: they run against the sender, are lied to, killed, and started again."""

import asyncio
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
from tests.integrate.forged import BODY, FORGED, SECRET, event, signed
from tests.integrate.samples import KINDS, Sample
from tests.services.integrations.conftest import Machine
from tests.services.integrations.machines import admit
from tests.services.integrations.published import CITY, finalised, heard, publish, superseded
from tests.services.integrations.receivers import forward, settled
from tests.support.client import Client, api_of
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected

both = pytest.mark.parametrize("kind", sorted(KINDS))


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
async def test_a_delivery_that_somebody_listened_to_and_sends_again_is_refused(kind: str, start: Any) -> None:
    sample = await start(kind, SECRET)
    now = time.time()
    once, later, earlier = signed(BODY, at=now - 9), signed(BODY, at=now - 8), signed(BODY, at=now - 10)
    assert await sample.gets(BODY, once) == 204
    assert await sample.gets(event("POOR", 2), signed(event("POOR", 2), ident="two")) == 204
    before = await sample.says()
    assert await sample.gets(BODY, once) == 401
    assert await sample.gets(BODY, earlier) == 401
    await sample.kill()
    await sample.start()
    assert await sample.gets(BODY, once) == 401
    assert await sample.gets(BODY, later) == 204  # signed anew: Kinerja sends it once more
    await sample.kill()
    await sample.start()
    assert await sample.gets(BODY, later) == 401
    assert await sample.says() == before


@both
async def test_an_older_version_under_another_id_has_no_effect(kind: str, start: Any) -> None:
    sample, later = await start(kind, SECRET), event("POOR", 2)
    assert await sample.gets(later, signed(later, ident="two")) == 204
    before = await sample.says()
    assert await sample.gets(BODY, signed(BODY, ident="three")) == 204
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
        await asyncio.sleep(1.1)  # what is sent once more is signed at another second: the shortest wait is five

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
