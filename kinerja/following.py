"""What followed from one request, out of the journals of all services and the deliveries of webhooks."""

import re
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg

from contracts.base import born
from kinerja import journals
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of, roles
from kinerja.stack.state import State
from kit.traceparent import DIGITS, id_of

_SAID = re.compile(rf"([0-9a-f]{{{DIGITS},32}})|[0-9a-f]{{2}}-([0-9a-f]{{32}})-[0-9a-f]{{16}}-[0-9a-f]{{2}}")
_EVENTS = """
select event_id, tenant_id, type as what, subject, actor, traceparent
from journal where traceparent like $1 order by position
"""
_DELIVERIES = """
select d.id as event_id, d.tenant_id, d.type || ' ' || d.state || ' after ' || d.attempts as what, d.subject,
    d.endpoint_id::text as actor, coalesce(d.traceparent, f.traceparent) as traceparent
from webhook_deliveries d left join feed f on f.tenant_id = d.tenant_id and f.position = d.position
where coalesce(d.traceparent, f.traceparent) like $1 order by d.seq
"""


@dataclass(frozen=True, slots=True)
class Step:
    """An event, or the delivery of one."""

    at: datetime | None
    """By the wall, whatever the business clock says; of a delivery it is not known."""
    service: str
    city: str
    what: str
    subject: str
    actor: str
    """Who acted; of a delivery, the endpoint."""
    trace_id: str


def digits_said(text: str) -> str:
    """The id of a trace, alone or in a ``traceparent``, or its first digits as the page of an error shows them.

    Raises StackError for anything else; what comes back is hexadecimal digits alone, 8 to 32 of them.
    """
    if (found := _SAID.fullmatch(text.strip().lower())) is None:
        raise StackError(
            f"{text!r} is no number of an error page ({DIGITS} digits, 0 to 9 and a to f), no trace_id (32) and no traceparent"
        )
    return str(found[1] or found[2])


async def followed(state: State, digits: str, services: Sequence[str]) -> list[Step]:
    """Events first, in the order in which they were told, then deliveries; reads every journal from end to end.

    Of every trace whose id begins with these ``digits``.
    """
    events: list[Step] = []
    deliveries: list[Step] = []
    async with AsyncExitStack() as held:
        postgres = await journals.reachable(state, held)
        for service in services:
            connection = await asyncpg.connect(postgres.uri(database_of(service), roles(service)[2]))
            try:
                said = f"__-{digits}%"
                events += _steps(service, await connection.fetch(_EVENTS, said))
                if service == "integrations":
                    deliveries += _steps("webhook", await connection.fetch(_DELIVERIES, said))
            finally:
                await connection.close()
    return [*sorted(events, key=lambda one: one.at or datetime.min.replace(tzinfo=UTC)), *deliveries]


def _steps(service: str, rows: Iterable[Any]) -> list[Step]:
    return [
        Step(
            at=born(row["event_id"]),
            service=service,
            city=row["tenant_id"],
            what=row["what"],
            subject=row["subject"],
            actor=row["actor"],
            trace_id=id_of(row["traceparent"]),
        )
        for row in rows
    ]
