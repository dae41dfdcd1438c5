"""What was told, and what became of it: read from both journals, the tables of notify, Temporal and the dead letters."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaConsumer
from temporalio.client import Client

from contracts.evaluation.cycles import CycleOpened
from contracts.plans.obligations import ObligationsOpened, ObligationsStepped
from contracts.plans.plans import PlanReturned
from contracts.workflows import LISTENING, cycle_id
from kinerja.stack.postgres import database_of
from tests.chaos.stage import ELSEWHERE, SERVICE, Stage

STEPPED, RETURNED, OPENED = ObligationsStepped.ce_type(), PlanReturned.ce_type(), CycleOpened.ce_type()
CLAIMED = frozenset({ObligationsOpened.ce_type(), STEPPED, RETURNED, OPENED})
"""What notify does once for each event."""
NOTIFIED = frozenset({STEPPED, RETURNED})
"""What one person is notified of."""
_TOLD = "select event_id, type, body::jsonb ->> 'cycle_id' cycle_id from journal"
_LEFT = "select (select count(*) from outbox) + (select count(*) from outbox_dead)"
_CLAIMS = "select event_id, count(*) from inbox group by event_id"
_NOTICES = "select event_id, count(*) from notices group by event_id"
_REMINDERS = "select coalesce(sum(reminders), 0) from todos"
_COPIES = "select id from directory_cycles"


@dataclass(frozen=True)
class Ledger:
    """Events by their CloudEvents ids."""

    told: dict[UUID, str]
    """Their types."""
    opened: frozenset[UUID]
    """The cycles that were opened."""
    left: int
    """Events that have not left an outbox."""
    claims: Counter[UUID]
    notices: Counter[UUID]
    reminders: int
    copies: frozenset[UUID]
    """Cycles in the copy."""
    workflows: Counter[str]
    """Workflows of cycles, with how often each was begun."""

    def of(self, *kinds: str) -> Counter[UUID]:
        """Each event of these types, once."""
        return Counter(event_id for event_id, kind in self.told.items() if kind in kinds)

    @property
    def expected_workflows(self) -> Counter[str]:
        return Counter(cycle_id(one) for one in self.opened)

    @property
    def settled(self) -> bool:
        """Whether everything that was told has had its effect; too much is no reason to wait longer."""
        claimed = self.of(*CLAIMED) <= self.claims
        return self.left == 0 and claimed and self.expected_workflows <= self.workflows


async def read(stage: Stage) -> Ledger:
    """As it is now; the engines must answer."""
    told, left = await _told(stage.elsewhere.uri(database_of(ELSEWHERE)))
    connection = await asyncpg.connect(stage.postgres.uri(database_of(SERVICE)))
    try:
        here, left_here = await _told_on(connection)
        claims = Counter({row[0]: row[1] for row in await connection.fetch(_CLAIMS)})
        notices = Counter({row[0]: row[1] for row in await connection.fetch(_NOTICES)})
        copies = frozenset(row[0] for row in await connection.fetch(_COPIES))
        reminders = await connection.fetchval(_REMINDERS)
    finally:
        await connection.close()
    rows = [*told, *here]
    return Ledger(
        told={row["event_id"]: row["type"] for row in rows},
        opened=frozenset(UUID(row["cycle_id"]) for row in rows if row["type"] == OPENED),
        left=left + left_here,
        claims=claims,
        notices=notices,
        reminders=reminders,
        copies=copies,
        workflows=await _workflows(stage),
    )


async def _told(uri: str) -> tuple[list[asyncpg.Record], int]:
    connection = await asyncpg.connect(uri)
    try:
        return await _told_on(connection)
    finally:
        await connection.close()


async def _told_on(connection: asyncpg.Connection) -> tuple[list[asyncpg.Record], int]:
    return await connection.fetch(_TOLD), await connection.fetchval(_LEFT)


async def _workflows(stage: Stage) -> Counter[str]:
    client = await Client.connect(stage.stack.temporal)
    return Counter([found.id async for found in client.list_workflows("WorkflowType = 'cycle'")])


async def set_aside(stage: Stage) -> list[dict[str, str]]:
    """The headers of every dead letter."""
    topics = [f"{name}.dead" for name in LISTENING]
    found: list[dict[str, str]] = []
    async with AIOKafkaConsumer(*topics, bootstrap_servers=stage.node.address, auto_offset_reset="earliest") as reader:
        ends = await reader.end_offsets(list(reader.assignment()))
        while len(found) < sum(ends.values()):
            for records in (await reader.getmany(timeout_ms=500)).values():
                found += [{name: value.decode() for name, value in one.headers} for one in records]
    return found
