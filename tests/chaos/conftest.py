"""One run through every outage on Apache Kafka; the tests of this ring look at what it left behind."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from contracts.plans.plans import PlanReturned
from kinerja.stack.kafka import ApacheKafka
from kinerja.stack.postgres import Postgres, database_of, roles
from kit.clock import Clock
from kit.db import Database
from tests.chaos import ledger
from tests.chaos.ledger import CLAIMED, STEPPED, Ledger
from tests.chaos.stage import ELSEWHERE, LONG, SERVICE, SHORT, Outages, Stage, staged, until
from tests.chaos.stream import Stream, delivered, drafted
from tests.conftest import LONG_OUTAGES
from tests.support.aside import Aside
from tests.support.people import Office
from tests.support.policies import policy

AT_EASE_SECONDS = 3.0
"""Between two outages the stream runs on a whole stage for so long."""
SETTLE_SECONDS = 300.0
"""After the last outage everything that was told has had its effect by then, or never will."""
HOPELESS = b"not an event"
HOPELESS_ID = "0199f0a0-0000-7000-8000-000000000000"
PART_ENDED = "a part of the process "
"""With these words a process says why it ends (kit.serving)."""
_FIGURES = pytest.StashKey[str]()


@dataclass(frozen=True)
class Aftermath:
    """What is left when everything is back."""

    ledger: Ledger
    given: int
    failed: int
    """Commands whose caller heard that the database of notify is away."""
    elsewhere: int
    """Commands given to plans, whose database was never away."""
    dead: list[dict[str, str]]
    restarts: dict[str, str]
    """Processes that ended by themselves, and what they said of it."""

    def figures(self) -> str:
        """For whoever reads the log of a run."""
        ledger = self.ledger
        expected = ledger.of(*CLAIMED)
        lost = sum(ledger.claims[one] == 0 for one in expected)
        return (
            f"{self.given} + {self.elsewhere} commands, {self.failed} refused without the database;"
            f" {expected.total()} events, {lost} lost, reminders {ledger.reminders} of {ledger.of(STEPPED).total()};"
            f" {len(ledger.workflows)} workflows of {len(ledger.opened)} cycles; {len(self.dead)} dead letters"
        )


@pytest.fixture(scope="module")
def aftermath(
    aside: Aside, apache_kafka: ApacheKafka, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Aftermath:
    """Played once."""
    outages = LONG if pytestconfig.getoption(LONG_OUTAGES) else SHORT
    directory = tmp_path_factory.mktemp("chaos")
    found = aside.run(_play(directory, apache_kafka, outages), seconds=1_750)
    pytestconfig.stash[_FIGURES] = f"{outages}: {found.figures()}"
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was counted, green or red."""
    if figures := config.stash.get(_FIGURES, ""):
        terminalreporter.write_line(figures)


async def _play(directory: Path, node: ApacheKafka, outages: Outages) -> Aftermath:
    async with staged(directory, node) as stage:
        here = Stream(_database(stage.postgres, SERVICE), Office("16.71", policy("dumai")), delivered)
        there = Stream(_database(stage.elsewhere, ELSEWHERE), Office("14.72", policy("dumai")), drafted)
        running = [asyncio.create_task(stream.run()) for stream in (here, there)]
        try:
            await _outages(stage, outages)
        finally:
            for one in running:
                one.cancel()
            ends = await asyncio.gather(*running, return_exceptions=True)
        # Whom nobody told to stop has failed, and this run would show nothing.
        if ended := [end for end in ends if not isinstance(end, asyncio.CancelledError)]:
            raise RuntimeError(f"nobody gave commands any more: {ended}")
        return await _settled(stage, here, there)


def _database(server: Postgres, service: str) -> Database:
    return Database(server.sqlalchemy_uri(database_of(service), roles(service)[1]), clock=Clock(), pool=2)


async def _outages(stage: Stage, outages: Outages) -> None:
    await asyncio.sleep(AT_EASE_SECONDS)
    await stage.kill_each_worker_in_turn()
    await _send_hopeless(stage.node.address)
    await stage.without_kafka(outages.kafka)
    await asyncio.sleep(AT_EASE_SECONDS)
    await stage.without_postgres(outages.postgres)
    await asyncio.sleep(AT_EASE_SECONDS)
    await stage.without_temporal(outages.temporal)
    await asyncio.sleep(AT_EASE_SECONDS)


def _why_ended(log: Path) -> str:
    return "\n".join(line for line in log.read_text(errors="replace").splitlines() if PART_ENDED in line) or "nothing"


async def _send_hopeless(address: str) -> None:
    headers = [("ce_id", HOPELESS_ID.encode()), ("ce_type", PlanReturned.ce_type().encode())]
    async with AIOKafkaProducer(bootstrap_servers=address) as producer:
        await producer.send_and_wait("plans", HOPELESS, key=b"hopeless", headers=headers)


async def _settled(stage: Stage, here: Stream, there: Stream) -> Aftermath:
    async def done() -> bool:
        return (await ledger.read(stage)).settled

    await until(done, seconds=SETTLE_SECONDS)
    await asyncio.sleep(AT_EASE_SECONDS)  # what comes twice may come late
    return Aftermath(
        ledger=await ledger.read(stage),
        given=here.given,
        failed=here.failed,
        elsewhere=there.given,
        dead=await ledger.set_aside(stage),
        restarts={child.program.name: _why_ended(child.program.log) for child in stage.ours if child.restarts},
    )
