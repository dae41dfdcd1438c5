"""What the outbox becomes once it was sent: an append-only, hash-chained record of every event of a service.

Each city has a chain of its own, so that it can be handed its own history and prove that nobody edited it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Text, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field, SQLModel

from kit import columns
from kit.anchors import Anchor
from kit.envelope import Envelope

GENESIS = "0" * 64
"""What the first row of a city's chain points back to."""


class Journal(Envelope, table=True):
    """An event that was sent; nobody but the relay writes here, and it only appends."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("uq_journal_event_id", "event_id", unique=True),
        Index("ix_journal_tenant_id_subject", "tenant_id", "subject", "position"),
        Index("ix_journal_tenant_id_position", "tenant_id", "position"),
    )

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    hash: str = columns.text()


class JournalHead(SQLModel, table=True):
    """The end of a city's chain, so that rows cut off at the end are missed as well."""

    __tablename__ = "journal_heads"

    tenant_id: str = Field(sa_type=Text, primary_key=True)
    position: int = Field(sa_column=Column(BigInteger, nullable=False))
    hash: str = columns.text()


def chained(previous: str, *fields: str) -> str:
    """The hash of a row: SHA-256 over the previous hash and the row's fields, separated by the unit separator."""
    return hashlib.sha256("\x1f".join((previous, *fields)).encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """A time as it enters the hash: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold."""

    tenant_id: str
    position: int
    event_id: UUID | None
    what: str


# One pass over the journal; the same fields in the same order as the relay hashes them. The database hashes: a year of a
# province is millions of rows, and only the broken ones leave it. `lag` per city gives each row the hash before it; the
# first one points to GENESIS. `concat_ws` leaves null out with its separator, therefore the coalesce.
_BROKEN = text(
    """
    select tenant_id, position, event_id from (
        select *, coalesce(lag(hash) over (partition by tenant_id order by position), repeat('0', 64)) as previous
        from journal
    ) row
    where hash <> encode(sha256(convert_to(concat_ws(E'\\x1f', previous, position, event_id, tenant_id, topic, key,
        type, subject, actor, coalesce(reason, ''),
        to_char(time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), body), 'UTF8')), 'hex')
    order by tenant_id, position
    """
)
# A chain that was cut off at its end still holds link by link: only the head, kept apart, knows how long it was.
# The lateral join looks at one row a city, from the end of ix_journal_tenant_id_position.
_CUT = text(
    """
    select h.tenant_id, h.position from journal_heads h
    left join lateral (
        select position, hash from journal j where j.tenant_id = h.tenant_id order by position desc limit 1
    ) last on true
    where last.position is distinct from h.position or last.hash is distinct from h.hash
    order by h.tenant_id
    """
)
# Whoever owns the database can compute a whole chain anew, and it holds; but then not with the hashes that were signed.
_OTHERWISE = text(
    """
    select a.tenant_id, a.position, a.at
    from unnest(cast(:cities as text[]), cast(:positions as bigint[]), cast(:hashes as text[]), cast(:times as text[]))
        as a (tenant_id, position, hash, at)
    left join journal j on j.tenant_id = a.tenant_id and j.position = a.position
    where j.hash is distinct from a.hash
    order by a.tenant_id, a.position
    """
)
_COUNT = text("select count(*) from journal")


async def verify(connection: AsyncConnection, anchors: Sequence[Anchor] = ()) -> tuple[int, list[Break]]:
    """Check every chain that the connection may see; returns how many rows there are and where they do not hold.

    Without anchors that proves something only against who cannot compute hashes.
    """
    rows: int = (await connection.execute(_COUNT)).scalar_one()
    edited = [
        Break(row.tenant_id, row.position, row.event_id, "this row is not what was recorded")
        for row in await connection.execute(_BROKEN)
    ]
    cut = [
        Break(row.tenant_id, row.position, None, "the end of the chain is missing or was replaced")
        for row in await connection.execute(_CUT)
    ]
    return rows, edited + cut + await departed(connection, anchors)


async def departed(connection: AsyncConnection, anchors: Sequence[Anchor]) -> list[Break]:
    """Where the journal is no longer what was anchored; of a rewritten chain every anchor after the first change."""
    ends = [
        (city, *head, f"{anchor.at:%Y-%m-%d %H:%M:%S} UTC") for anchor in anchors for city, head in anchor.heads.items()
    ]
    names = ("cities", "positions", "hashes", "times")
    columns_of = {name: [end[place] for end in ends] for place, name in enumerate(names)}
    return [
        Break(row.tenant_id, row.position, None, f"the journal is no longer what was signed on {row.at}")
        for row in await connection.execute(_OTHERWISE, columns_of)
    ]
