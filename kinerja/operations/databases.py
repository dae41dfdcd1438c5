"""The services' databases as whoever runs Kinerja reaches them: on the local stack, or on the server of a URL."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg

from contracts.base import DEPLOYED
from kinerja import journals
from kinerja.journals import Server
from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import Existing
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.postgres import SUPERUSER, Postgres, database_of, roles
from kinerja.stack.state import State

PATIENCE_SECONDS = 10
_PRESENT = "select datname from pg_database where datname = any($1)"


@dataclass(frozen=True, slots=True)
class Databases:
    """One server and how it is entered."""

    server: Server
    named: bool
    """Whether somebody named it by a URL just now: whoever does so means the URL's role for everything."""

    def uri(self, database: str = SUPERUSER) -> str:
        """As the local superuser, or as the role of the URL."""
        return self.server.uri(database, self._most)

    def sqlalchemy_uri(self, database: str) -> str:
        """The same for SQLAlchemy."""
        return self.server.sqlalchemy_uri(database, self._most)

    def reading(self, service: str) -> str:
        """A service's database as a role that sees the journal of every city."""
        return (
            self.uri(database_of(service)) if self.named else self.server.uri(database_of(service), roles(service)[2])
        )

    @property
    def local(self) -> Postgres | None:
        """The server, if it is that of the local stack: then it is known where its data lies."""
        return self.server if isinstance(self.server, Postgres) else None

    @property
    def _most(self) -> str:
        return SUPERUSER if self.local else ""

    async def present(self, services: Sequence[str]) -> list[str]:
        """Those that have a database here; all that exist where none is named. Raises StackError for a named one without."""
        wanted = {database_of(one): one for one in services or DEPLOYED}
        async with entered(self.uri()) as connection:
            found = {wanted[row["datname"]] for row in await connection.fetch(_PRESENT, list(wanted))}
        if missing := [one for one in services if one not in found]:
            raise StackError(f"there is no database {', '.join(map(database_of, missing))} on this server")
        if not found:
            raise StackError("no service has a database on this server: is it the right one (--state, --postgres)?")
        return [one for one in DEPLOYED if one in found]


async def reached(state: State, url: str | None, held: AsyncExitStack) -> Databases:
    """The server of the URL, else that of the stack; a stopped local one runs as long as ``held`` is open."""
    if url is None:
        return Databases(await journals.reachable(state, held), named=False)
    return Databases(ExistingPostgres(Existing.named(postgres=url).postgres, state), named=True)


@asynccontextmanager
async def entered(uri: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection; raises StackError, without a password in it, if the server does not answer or refuses the role."""
    try:
        connection = await asyncpg.connect(uri, timeout=PATIENCE_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise StackError(
            f"PostgreSQL does not let us in ({str(error).partition(chr(10))[0] or 'too late'}): is it running, is the URL"
            " right, may its role enter, and does passwords.json of the state directory know the password?"
        ) from error
    try:
        yield connection
    finally:
        await connection.close(timeout=PATIENCE_SECONDS)
