"""A PostgreSQL that exists already: its URL, the services' databases and roles on it, and their passwords."""

import json
import secrets
from collections.abc import Sequence
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

import asyncpg

from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of, roles
from kinerja.stack.provision import provision
from kinerja.stack.state import State, replace

PATIENCE_SECONDS = 10
_UNDERSTOOD = frozenset({"host", "port", "sslmode"})
"""What the URL may say beside: everything else both drivers would have to be told in another way each."""


class ExistingPostgres:
    """Looks like :class:`kinerja.stack.postgres.Postgres` to whoever wants a connection; nothing is started or stopped."""

    def __init__(self, url: str, state: State, *, services: Sequence[str] = ()) -> None:
        self._url = urlsplit(url)
        self._state = state
        self._services = services
        self._query = dict(parse_qsl(self._url.query))
        if unknown := set(self._query) - _UNDERSTOOD:
            raise StackError(f"--postgres: its URL may say {', '.join(sorted(_UNDERSTOOD))}; not {', '.join(unknown)}")
        self._where = f"PostgreSQL at {self._url.hostname or self._query.get('host', '')}"

    def uri(self, database: str = "", role: str = "") -> str:
        """For asyncpg, psql and others that read libpq's form; without a role that of the URL itself."""
        return self._made("postgresql", database, role, self._query)

    def sqlalchemy_uri(self, database: str, role: str) -> str:
        """For SQLAlchemy with asyncpg, which calls libpq's ``sslmode`` ``ssl``."""
        query = {"ssl" if name == "sslmode" else name: value for name, value in self._query.items()}
        return self._made("postgresql+asyncpg", database, role, query)

    async def start(self) -> None:
        """See to it that every service has its database and may enter it; raises StackError for what it needs."""
        connection = await self._entered(self.uri(), "the role of its URL")
        try:
            for service in self._services:
                await provision(connection, database_of(service), roles(service), self._secret)
        except asyncpg.InsufficientPrivilegeError as error:
            raise StackError(
                f"{self._where}: {self._url.username} may not make what the services need ({_said(error)}): name a role that"
                " may create roles and databases, or let an administrator run deploy/postgres/init.sql once"
            ) from error
        finally:
            await connection.close()
        for service in self._services:
            for role in roles(service):
                await (await self._entered(self.uri(database_of(service), role), role)).close()

    async def stop(self) -> None:
        """It goes on."""

    def _made(self, scheme: str, database: str, role: str, query: dict[str, str]) -> str:
        user, password = (role, self._passwords().get(role)) if role else (self._url.username, self._url.password)
        login = quote(user or "", safe="%") + (f":{quote(password, safe='%')}" if password else "")
        address = self._url.netloc.rpartition("@")[2]
        path = f"/{database}" if database else self._url.path or "/postgres"
        return SplitResult(scheme, f"{login}@{address}", path, urlencode(query, safe="/"), "").geturl()

    async def _entered(self, uri: str, role: str) -> asyncpg.Connection:
        try:
            return await asyncpg.connect(uri, timeout=PATIENCE_SECONDS)
        except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
            raise StackError(
                f"{self._where} does not let {role} in ({_said(error)}): if another state directory made that role, start"
                f" with that one (--state), or write the passwords you know into {self._state.passwords}"
            ) from error
        except (OSError, TimeoutError, asyncpg.PostgresError) as error:
            raise StackError(f"{self._where} does not answer {role}: {_said(error)}") from error

    def _secret(self, role: str) -> str:
        """A new role's password, kept before the role is made: what is made and not known would be lost."""
        known = self._passwords()
        made = known.get(role) or secrets.token_urlsafe(24)
        replace(self._state.passwords, json.dumps(known | {role: made}, indent=2), mode=0o600)
        return made

    def _passwords(self) -> dict[str, str]:
        try:
            known: dict[str, str] = json.loads(self._state.passwords.read_text())
        except FileNotFoundError:
            return {}
        return known


def _said(error: Exception) -> str:
    """Without the details that PostgreSQL adds on lines of their own."""
    return str(error).partition("\n")[0] or "too late"
