"""The one way to a database session: a transaction of one city, which row-level security then enforces."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.ext.asyncio import AsyncSession as CoreSession
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.actor import Actor, system
from kit.clock import Clock

_COLLISIONS = frozenset({"40001", "40P01"})
_SET_TENANT = text("select set_config('app.tenant', :tenant, true)")

Finish = Callable[[AsyncSession], Awaitable[None]]


@dataclass
class Situation:
    """What a command may know of the transaction it runs in."""

    actor: Actor
    clock: Clock
    cause: UUID | None = None
    """The id of the event that a consumer is dealing with."""
    before_commit: dict[str, Finish] = field(default_factory=dict)
    """Work that must see the whole transaction, by name so that it runs once."""
    remembered: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What the process has read from this database and what never changes there, by a key that says what it is."""
    told: list[dict[str, Any]] = field(default_factory=list)
    """Rows for the outbox, in their order, written together at the end (see ``kit.outbox``)."""
    unnamed: bool = False
    """Whether what is told keeps the actor to itself (see ``kit.outbox.keep_unnamed``)."""


class _Session(AsyncSession):
    """SQLModel's session, whose ``execute`` warns at every call although sets of rows need it."""

    execute = CoreSession.execute


class Database:
    """One service's database, seen through its application role."""

    def __init__(self, url: str, *, clock: Clock, pool: int = 10) -> None:
        self.clock = clock
        self._remembered: dict[tuple[object, ...], Any] = {}
        self.engine: AsyncEngine = create_async_engine(url, pool_size=pool, max_overflow=0, pool_pre_ping=False)
        self._session = async_sessionmaker(self.engine, class_=_Session, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self, tenant_id: str, actor: Actor | None = None) -> AsyncIterator[AsyncSession]:
        """Commit on success, roll back on error; only this tenant's rows exist inside."""
        situation = Situation(actor=actor or system(tenant_id), clock=self.clock, remembered=self._remembered)
        async with self._session(info={"situation": situation}) as session, session.begin():
            await (await session.connection()).execute(_SET_TENANT, {"tenant": tenant_id})
            yield session
            while situation.before_commit:
                # In one order everywhere: such work may take locks.
                finish = situation.before_commit.pop(min(situation.before_commit))
                await finish(session)

    async def ping(self) -> None:
        """Raises if the database does not answer."""
        async with self.engine.connect() as connection:
            await connection.execute(text("select 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


def collided(error: DBAPIError) -> bool:
    """Whether the transaction lost against another one (deadlock, serialisation) and may simply be run again."""
    return getattr(error.orig, "sqlstate", None) in _COLLISIONS


def situation(session: AsyncSession) -> Situation:
    """Actor, clock and unfinished work of the transaction."""
    found: Situation = session.info["situation"]
    return found


def actor(session: AsyncSession) -> Actor:
    """Who acts in this transaction."""
    return situation(session).actor


def clock(session: AsyncSession) -> Clock:
    """What time it is in this transaction."""
    return situation(session).clock
