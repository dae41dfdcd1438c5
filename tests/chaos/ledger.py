"""What was told, and what became of it: read from the journal, the tables of notify, Temporal and the dead letters."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaConsumer
from temporalio.client import Client

from contracts.base import SERVICES
from contracts.evaluation.cycles import CycleOpened
from contracts.plans.obligations import ObligationsOpened, ObligationsStepped
from contracts.plans.plans import PlanReturned
from contracts.workflows import cycle_id
from kinerja.stack.postgres import database_of
from tests.chaos.stage import SERVICE, Stage

CLAIMED = frozenset(kind.ce_type() for kind in (ObligationsOpened, ObligationsStepped, PlanReturned, CycleOpened))
"""What notify does once for each event."""
STEPPED, RETURNED, OPENED = ObligationsStepped.ce_type(), PlanReturned.ce_type(), CycleOpened.ce_type()
_TOLD = "select type, count(*) from journal group by type"
_LEFT = "select (select count(*) from outbox) + (select count(*) from outbox_dead)"
_CLAIMS = "select type, count(*) from inbox join journal using (event_id) group by type"
_NOTICES = "select type, count(*) from notices join journal using (event_id) group by type"
_REMINDERS = "select coalesce(sum(reminders), 0) from todos"
_CYCLES = "select body::jsonb ->> 'cycle_id' from journal where type = $1"
_COPIES = "select count(*) from directory_cycles"


@dataclass(frozen=True)
class Ledger:
    """Counts by the type of event."""

    told: Counter[str]
    left: int
    """Events that have not left."""
    claims: Counter[str]
    notices: Counter[str]
    reminders: int
    copies: int
    """Cycles in the copy."""
    cycles: frozenset[str]
    """The workflows that should be there."""
    workflows: Counter[str]
    """Those that are, with their runs."""

    @property
    def settled(self) -> bool:
        """Whether everything that was told has had its effect; too much is no reason to wait longer."""
        claimed = all(self.claims[kind] >= self.told[kind] for kind in CLAIMED)
        return self.left == 0 and claimed and self.cycles <= self.workflows.keys()


async def read(stage: Stage) -> Ledger:
    """As it is now; the engines must answer."""
    connection = await asyncpg.connect(stage.postgres.uri(database_of(SERVICE)))
    try:
        told, claims, notices = [
            Counter({row[0]: row[1] for row in await connection.fetch(query)}) for query in (_TOLD, _CLAIMS, _NOTICES)
        ]
        cycles = [cycle_id(UUID(row[0])) for row in await connection.fetch(_CYCLES, OPENED)]
        numbers = [await connection.fetchval(query) for query in (_LEFT, _REMINDERS, _COPIES)]
    finally:
        await connection.close()
    return Ledger(
        told=told,
        left=numbers[0],
        claims=claims,
        notices=notices,
        reminders=numbers[1],
        copies=numbers[2],
        cycles=frozenset(cycles),
        workflows=await _workflows(stage),
    )


async def _workflows(stage: Stage) -> Counter[str]:
    client = await Client.connect(stage.stack.temporal)
    return Counter([found.id async for found in client.list_workflows("WorkflowType = 'cycle'")])


async def set_aside(stage: Stage) -> list[dict[str, str]]:
    """The headers of every dead letter."""
    topics = [f"{name}.dead" for name in (*SERVICES, "workflows")]
    found: list[dict[str, str]] = []
    async with AIOKafkaConsumer(*topics, bootstrap_servers=stage.node.address, auto_offset_reset="earliest") as reader:
        ends = await reader.end_offsets(list(reader.assignment()))
        while len(found) < sum(ends.values()):
            for records in (await reader.getmany(timeout_ms=500)).values():
                found += [{name: value.decode() for name, value in one.headers} for one in records]
    return found
