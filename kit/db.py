"""The one way to a database session: a transaction of one city, which row-level security then enforces."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.ext.asyncio import AsyncSession as CoreSession
from sqlalchemy.orm import Session, SessionTransaction
from sqlmodel import Session as SyncSession
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.actor import Actor, system
from kit.clock import Clock

_COLLISIONS = frozenset({"40001", "40P01"})
# `true`: for this transaction only, so that a connection goes back to the pool without a city. A parameter and not
# `set local`, which takes none: whoever chooses the city could otherwise write SQL.
_SET_TENANT = "select set_config('app.tenant', $1, true)"

Finish = Callable[[AsyncSession], Awaitable[None]]


@dataclass
class Situation:
    """What a command may know of the transaction it runs in."""

    actor: Actor
    clock: Clock
    opened: Any = None
    """The row that the transaction's opening statement read; None if it only opened."""
    cause: UUID | None = None
    """The id of the event that a consumer is dealing with."""
    before_commit: dict[str, Finish] = field(default_factory=dict)
    """Work that must see the whole transaction, by name so that it runs once."""
    remembered: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What the process has read from this database and what never changes there, by a key that says what it is."""
    emitted: list[dict[str, Any]] = field(default_factory=list)
    """Rows for the outbox, in their order, written together at the end."""
    write_emitted: Callable[[Session], None] | None = None
    """Writes and empties ``emitted``; ``kit.outbox`` knows how."""
    unnamed: bool = False
    """Whether what is emitted keeps the actor to itself (see ``kit.outbox.keep_unnamed``)."""


class _Sync(SyncSession):
    """Keeps what is emitted in step with savepoints: written before one begins, forgotten when it is rolled back."""

    def begin_nested(self) -> SessionTransaction:
        """Begin a savepoint."""
        now: Situation = self.info["situation"]
        if now.write_emitted is not None:
            now.write_emitted(self)
        return super().begin_nested()


@event.listens_for(_Sync, "after_soft_rollback")
def _forget(session: _Sync, _: SessionTransaction) -> None:
    session.info["situation"].emitted.clear()


class _Session(AsyncSession):
    """SQLModel's session, whose ``execute`` warns at every call although sets of rows need it."""

    sync_session_class = _Sync
    execute = CoreSession.execute


# Begin and end are one call each, because every call into SQLAlchemy's synchronous half costs a switch of stacks.
def _begin(session: Session, statement: str, values: tuple[Any, ...]) -> Any:
    return session.connection().exec_driver_sql(statement, values).first()


def _end(session: Session) -> None:
    session.commit()
    session.close()


class Database:
    """One service's database, seen through its application role."""

    def __init__(self, url: str, *, clock: Clock, pool: int = 10) -> None:
        self.clock = clock
        self._remembered: dict[tuple[object, ...], Any] = {}
        self.engine: AsyncEngine = create_async_engine(
            url, pool_size=pool, max_overflow=0, pool_pre_ping=False, hide_parameters=True
        )
        self._session = async_sessionmaker(self.engine, class_=_Session, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(
        self, tenant_id: str, actor: Actor | None = None, *, opening: str = ""
    ) -> AsyncIterator[AsyncSession]:
        """Commit on success, roll back on error; only this tenant's rows exist inside.

        An ``opening`` sets the city and reads something of the actor with the same question (see ``kit.standing``).
        """
        now = Situation(actor=actor or system(tenant_id), clock=self.clock, remembered=self._remembered)
        session = self._session(info={"situation": now})
        try:
            if opening and actor is not None:
                now.opened = await session.run_sync(_begin, opening, (tenant_id, actor.id))
            else:
                await session.run_sync(_begin, _SET_TENANT, (tenant_id,))
            yield session
            while now.before_commit:
                # In one order everywhere: such work may take locks.
                finish = now.before_commit.pop(min(now.before_commit))
                await finish(session)
            await session.run_sync(_end)
        except BaseException:
            # Shielded: somebody who gives up waiting must not leave a connection behind in a transaction.
            await asyncio.shield(session.close())
            raise

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
