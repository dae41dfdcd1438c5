"""The one way to a database session: a transaction of one city, which row-level security then enforces."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.ext.asyncio import AsyncSession as CoreSession
from sqlalchemy.orm import Session, SessionTransaction
from sqlmodel import Session as SyncSession
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.actor import Actor, system
from kit.clock import Clock
from kit.direct import KEEPALIVES
from kit.settings import Settings

_COLLISIONS = frozenset({"40001", "40P01"})
READ_ONLY = "25006"
"""SQLSTATE of a change where the database takes none: read-only by its operators, or a server that follows another one."""
_STRAINED = ("08", "53", "57", "25P03", "55P03")
"""SQLSTATE (or class) of what is nobody's mistake: no connection, no room, shut down or cancelled, a lock or time run out."""
# `true`: for this transaction only, so that a connection goes back to the pool without a city. A parameter and not
# `set local`, which takes none: whoever chooses the city could otherwise write SQL.
_SET_TENANT = "select set_config('app.tenant', $1, true)"
_LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
_PING_SECONDS = 2.0
_PING_AGAIN_SECONDS = 0.5
"""Whoever asks sooner gets the answer of before: anybody may ask whether a process is ready."""

_TAKES_CHANGES = text("select not current_setting('transaction_read_only')::boolean")
_EXTEND = text(
    "select set_config('statement_timeout', :milliseconds, true),"
    " set_config('idle_in_transaction_session_timeout', :milliseconds, true)"
)

Finish = Callable[[AsyncSession], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a person's transaction may hold up others, in seconds each; 0 means without end."""

    statement: float = 0.0
    lock: float = 0.0
    idle: float = 0.0

    @classmethod
    def of(cls, settings: Settings) -> "Patience":
        """As the settings have it."""
        return cls(settings.database_statement_seconds, settings.database_lock_seconds, settings.database_idle_seconds)

    def milliseconds(self) -> tuple[str, ...]:
        """As PostgreSQL takes them."""
        return tuple(str(round(seconds * 1000)) for seconds in (self.statement, self.lock, self.idle))


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


async def _open(session: AsyncSession, statement: str, values: tuple[Any, ...]) -> Any:
    """The row of the first statement; on a connection that was cut while it lay idle it is asked again on a fresh one.

    Nothing was done before it, so nothing is done twice; and the pool replaces every connection of that age.
    """
    try:
        return await session.run_sync(_begin, statement, values)
    except DBAPIError as broken:
        if not broken.connection_invalidated:
            raise
        await session.rollback()
        return await session.run_sync(_begin, statement, values)


def _limited(opening: str, limits: tuple[str, ...]) -> str:
    """The statement that opens a transaction, with the limits in it: they cost no question of their own."""
    if not limits:
        return opening
    first = opening.count("$2") + 2  # after the city and, where one is looked up, the person
    settings = "".join(f", set_config('{name}', ${first + place}, true)" for place, name in enumerate(_LIMITS))
    return f"select opened.*{settings} from ({opening}) opened"  # noqa: S608 - constants alone


def _end(session: Session) -> None:
    session.commit()
    session.close()


class Database:
    """One service's database, seen through its application role."""

    def __init__(
        self, url: str, *, clock: Clock, pool: int = 10, wait: float = 5.0, patience: Patience | None = None
    ) -> None:
        self.clock = clock
        self._remembered: dict[tuple[object, ...], Any] = {}
        self._limits = patience.milliseconds() if patience else ()
        alive = {"server_settings": KEEPALIVES}
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=wait,
            pool_pre_ping=False,  # ``_open`` finds out by the first statement, without a question of its own
            hide_parameters=True,
            connect_args=alive,
        )
        # Whether the database answers must not depend on whether requests hold the whole pool.
        self._apart = create_async_engine(
            url,
            pool_size=1,
            max_overflow=0,
            pool_timeout=_PING_SECONDS,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=alive,
        )
        self._pinging: asyncio.Task[bool] | None = None
        self._pinged = 0.0
        self._session = async_sessionmaker(self.engine, class_=_Session, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(
        self, tenant_id: str, actor: Actor | None = None, *, opening: str = ""
    ) -> AsyncIterator[AsyncSession]:
        """Commit on success, roll back on error; only this tenant's rows exist inside.

        An ``opening`` sets the city and reads something of the actor with the same question (see ``kit.employment``); it
        finds one row. A person's transaction ends in time: whoever holds locks and does not get on is one whom all
        others wait for.
        """
        now = Situation(actor=actor or system(tenant_id), clock=self.clock, remembered=self._remembered)
        session = self._session(info={"situation": now})
        try:
            limits = () if now.actor.is_system else self._limits
            if opening and actor is not None:
                now.opened = await _open(session, _limited(opening, limits), (tenant_id, actor.id, *limits))
            else:
                await _open(session, _limited(_SET_TENANT, limits), (tenant_id, *limits))
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

    async def ping(self) -> bool:
        """Whether the database takes changes; raises if it does not answer within two seconds. One question for all who ask
        at the same time.
        """
        now = time.monotonic()
        if self._pinging is None or (self._pinging.done() and now - self._pinged > _PING_AGAIN_SECONDS):
            self._pinged = now
            self._pinging = asyncio.create_task(self._ping(), name="does the database answer")
        return await asyncio.shield(self._pinging)

    async def _ping(self) -> bool:
        async with asyncio.timeout(_PING_SECONDS), self._apart.connect() as connection:
            return bool((await connection.execute(_TAKES_CHANGES)).scalar_one())

    async def close(self) -> None:
        """Close every connection."""
        if self._pinging is not None:
            self._pinging.cancel()
        await self.engine.dispose()
        await self._apart.dispose()


async def extend(session: AsyncSession, seconds: float) -> None:
    """Let this transaction's statements and pauses take so long; for what is heavy by its nature."""
    milliseconds = str(round(seconds * 1000))
    await session.execute(_EXTEND, {"milliseconds": milliseconds})


def strained(error: BaseException) -> bool:
    """Whether the database had no connection, no room or no time: nobody's mistake, and worth asking again."""
    if isinstance(error, (PoolTimeout, ConnectionError)):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or (state is not None and state.startswith(_STRAINED))


def collided(error: BaseException) -> bool:
    """Whether the transaction lost against another one (deadlock, serialisation) and may simply be run again."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _COLLISIONS


def takes_no_changes(error: BaseException) -> bool:
    """Whether the database refused a change because it takes none at the moment, whoever asks."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == READ_ONLY


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
