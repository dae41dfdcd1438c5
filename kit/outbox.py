"""The only way out: events are rows of the command's own transaction until the relay has sent them."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, insert
from sqlalchemy.orm import Session
from sqlmodel import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, new_id
from kit import columns, traceparent
from kit.db import Situation, situation
from kit.envelope import Envelope
from kit.errors import Invalid

LARGEST_BYTES = 1_000_000
"""Of an event's body: what every broker takes. Whoever makes a larger one is refused, with everything else it did."""
ANONYMOUS = "anonymous"
"""The actor of what an anonymous person caused."""


class Outbox(Envelope, table=True):
    """An event that has not been sent yet."""

    __tablename__ = "outbox"

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True))


def keep_unnamed(session: AsyncSession) -> None:
    """Emit without the actor in the rest of this transaction: what follows from an act would show who acted as well."""
    situation(session).unnamed = True


def emit(session: AsyncSession, event: Event, *, reason: str | None = None, unnamed: bool = False) -> UUID:
    """Emit an event when this transaction commits, and only then; returns the event's id.

    ``unnamed``: of somebody who is not named, whoever's transaction it is. Raises Invalid for an event of more than
    ``LARGEST_BYTES``. Lock the aggregate before emitting: outbox order and commit order of one key are then the same.
    """
    now = situation(session)
    row = _values(event, _shared(now, reason))
    if unnamed:
        row |= {"actor": ANONYMOUS, "traceparent": None}
    now.emitted.append(row)
    now.write_emitted = _write_emitted
    now.before_commit[_LAST] = _write
    event_id: UUID = row["event_id"]
    return event_id


async def emit_all(session: AsyncSession, events: Iterable[Event], *, reason: str | None = None) -> int:
    """Emit many events at once, in their order, in pieces of bounded size; returns how many."""
    await _write(session)  # what was emitted before comes before
    now, count = situation(session), 0
    remaining = iter(events)
    while piece := list(islice(remaining, _PIECE)):
        shared = _shared(now, reason)
        rows = [_values(event, shared) for event in piece]
        await session.execute(_INSERT, rows)
        count += len(rows)
    return count


_PIECE = 2_000
_LAST = "outbox"
"""Sorts after other work before a commit, which may emit something too."""
_INSERT = insert(columns.table_of(Outbox))
"""Of the table, not of the entity: nobody reads an event back, so the session need not know its rows."""


async def _write(session: AsyncSession) -> None:
    await session.run_sync(_write_emitted)


def _write_emitted(session: Session) -> None:
    emitted: list[dict[str, Any]] = session.info["situation"].emitted
    if emitted:
        rows = emitted.copy()
        emitted.clear()
        session.execute(_INSERT, rows)


def _shared(now: Situation, reason: str | None) -> dict[str, Any]:
    """What all that is emitted at once has in common."""
    return {
        "actor": ANONYMOUS if now.unnamed else str(now.actor),
        "reason": reason,
        "time": now.clock.now(),
        # The log knows who made the request of a trace, and the other events of it are of somebody.
        "traceparent": None if now.unnamed else traceparent.current(),
    }


def _values(event: Event, shared: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "event_id": new_id(),
        "tenant_id": event.tenant_id,
        "topic": event.topic,
        "key": event.key,
        "type": event.ce_type(),
        "subject": event.subject,
        "body": _body(event),
        **shared,
    }


def _body(event: Event) -> str:
    body = event.model_dump_json()
    # A character takes four bytes at most: nearly every event is known to be small without counting.
    if len(body) > LARGEST_BYTES // 4 and (size := len(body.encode())) > LARGEST_BYTES:
        raise Invalid(
            f"this says too much at once ({size} bytes, at most {LARGEST_BYTES}): shorten texts, or do it in parts",
            f"isinya terlalu besar ({size} bita, paling banyak {LARGEST_BYTES}): ringkas teksnya atau lakukan bertahap",
        )
    return body
