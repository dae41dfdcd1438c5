"""Sends webhooks beside the doors of the worker: makes deliveries of what entered the feed and carries them out.

A delivery is claimed in a transaction of its own that pushes the next attempt into the future, so none is open while a
receiver takes its time, several senders share the work, and what a crash interrupts is sent again under the same id.
Each endpoint has its own places: whoever hangs keeps nobody else waiting.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

from contracts.base import new_id
from contracts.integrations.endpoints import GivenUp
from kit import direct, traceparent
from kit.db import Database, takes_no_changes
from kit.errors import KinerjaError
from kit.settings import Settings
from kit.tracebacks import said
from services.integrations import statements
from services.integrations.deliveries.rules.retries import asked_for, wait_after
from services.integrations.deliveries.rules.signing import headers
from services.integrations.deliveries.rules.states import DeliveryState, is_received
from services.integrations.endpoints.commands import give_up
from services.integrations.endpoints.rules.addresses import target
from services.integrations.endpoints.rules.giving_up import FAILING_FOR, GONE
from services.integrations.endpoints.rules.sealing import Seal
from services.integrations.outgoing import Answer, Outgoing

log = structlog.get_logger()

PLACES = 8
"""Requests at once to one endpoint, of one sender."""
EVERYWHERE = 400
"""Requests at once to all of them."""
STEP = 1_000
"""Positions of the feed that one endpoint is taken on at a time."""
IDLE_SECONDS = 0.1
PAUSE_SECONDS = 2.0
LOOK_SECONDS = 30.0
"""Between two looks for endpoints that have failed too long, and for messages whose turn nobody has noticed."""
LEASE = timedelta(seconds=60)
"""Longer than an attempt may take; a sender that died has lost its claim by then."""


@dataclass
class Sender:
    """One sender and what it has on its way."""

    settings: Settings
    database: Database
    outgoing: Outgoing = field(default_factory=Outgoing)
    _flying: dict[asyncio.Task[dict[str, Any]], UUID] = field(default_factory=dict)
    _looked: float = float("-inf")

    async def work(self, connection: asyncpg.Connection) -> int:
        """One round: fan out, claim, take in what came back; returns how much happened."""
        fanned: int = await connection.fetchval(statements.FAN_OUT, STEP)
        claimed = await self._claim(connection)
        back = await self._take_in(connection)
        await self._look(connection)
        return fanned + claimed + back

    @property
    def flying(self) -> int:
        """How many attempts are on their way."""
        return len(self._flying)

    async def _claim(self, connection: asyncpg.Connection) -> int:
        free = EVERYWHERE - len(self._flying)
        if free <= 0:
            return 0
        busy = Counter(self._flying.values())
        claimed = await connection.fetch(statements.CLAIM, free, list(busy), list(busy.values()), PLACES, LEASE)
        if claimed:
            seal = Seal.of(self.settings.webhook_keys)
            for one in claimed:
                self._flying[asyncio.create_task(self._attempt(one, seal))] = one["endpoint_id"]
        return len(claimed)

    async def _attempt(self, one: Any, seal: Seal) -> dict[str, Any]:
        """Send one delivery; returns what FINISH writes down."""
        at = datetime.now(UTC)
        stored = [one["secret"], one["former_secret"]]
        try:
            secrets = [seal.opened(secret, one["endpoint_id"]) for secret in stored if secret is not None]
            where = target(one["url"], local=self.settings.webhook_local)
        except (ValueError, KinerjaError) as error:
            return _outcome(one, at, {}, Answer(None, error=str(error)))
        body: str = one["body"]
        said = headers(
            message_id=str(one["event_id"]),
            body=body,
            secrets=secrets,
            at=at,
            replay=one["replay"],
            traceparent=traceparent.joined(one["traceparent"]),
        )
        return _outcome(one, at, said, await self.outgoing.post(where, body.encode(), said))

    async def _take_in(self, connection: asyncpg.Connection) -> int:
        if not self._flying:
            return 0
        done, _ = await asyncio.wait(self._flying, timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        outcomes = [task.result() for task in done]
        if outcomes:
            await connection.execute(statements.FINISH, json.dumps(outcomes))
        for task in done:
            del self._flying[task]
        for one in outcomes:
            if one["status"] == GONE:
                await self._give_up(one["tenant_id"], UUID(one["endpoint_id"]), GivenUp.GONE)
        return len(done)

    async def _look(self, connection: asyncpg.Connection) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        await connection.execute(statements.TURN)
        for row in await connection.fetch(statements.FAILING, FAILING_FOR):
            await self._give_up(row["tenant_id"], row["id"], GivenUp.FAILING)

    async def _give_up(self, tenant_id: str, endpoint_id: UUID, reason: GivenUp) -> None:
        """While no changes are taken it is left as it is: whatever is sent to it next, or the next look, comes here again."""
        about = {"tenant": tenant_id, "endpoint": str(endpoint_id), "reason": reason.value}
        try:
            async with self.database.transaction(tenant_id) as session:
                await give_up(session, endpoint_id, reason)
        except DBAPIError as error:
            if not takes_no_changes(error):
                raise
            log.warning("endpoint is disabled later: no changes are taken", **about)
        else:
            log.warning("endpoint disabled", **about)

    async def close(self) -> None:
        """Break off what is on its way: its claim ends, and it is sent again under the same id."""
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        self._flying.clear()
        await self.outgoing.close()


def _outcome(one: Any, at: datetime, said: dict[str, str], answer: Answer) -> dict[str, Any]:
    asked = None if answer.status is None else asked_for(answer.status, answer.retry_after, datetime.now(UTC))
    received = is_received(answer.status)
    wait = None if received else wait_after(one["attempts"], asked=asked)
    state = DeliveryState.DELIVERED if received else DeliveryState.FAILED if wait is None else DeliveryState.PENDING
    return {
        "tenant_id": one["tenant_id"],
        "id": str(one["id"]),
        "endpoint_id": str(one["endpoint_id"]),
        "state": state.value,
        "wait": wait,
        "attempt": str(new_id()),
        "number": one["attempts"],
        "at": at.isoformat(),
        "url": one["url"],
        "headers": said,
        "status": answer.status,
        "answer": answer.text,
        "error": answer.error,
        "milliseconds": answer.milliseconds,
    }


async def run(settings: Settings, database: Database) -> None:
    """Send for ever; a lost database is waited for."""
    while True:
        sender = Sender(settings, database)
        try:
            await _work(sender, settings)
        except (*direct.AWAY, DBAPIError) as error:
            log.warning("sender waits", error=said(error))
            await asyncio.sleep(PAUSE_SECONDS)
        finally:
            await sender.close()


async def _work(sender: Sender, settings: Settings) -> None:
    connection = await direct.connect(settings.relay_database_url)
    try:
        await connection.execute(statements.BY_INDEX)
        while True:
            if not await sender.work(connection) and not sender.flying:  # else it has waited for what is on its way
                await asyncio.sleep(IDLE_SECONDS)
    finally:
        await connection.close(timeout=2)
