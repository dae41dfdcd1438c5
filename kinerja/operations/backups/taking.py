"""Takes a backup: of each service's database a dump, what it holds, and the anchors as they were just before."""

import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import asyncpg
from pydantic import BaseModel, ValidationError

from kinerja.operations.backups import inventory
from kinerja.operations.backups.inventory import Inventory
from kinerja.operations.backups.programs import Failed, Programs
from kinerja.operations.databases import Databases, entered
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of
from kinerja.stack.state import replace
from kit.anchors import file_of

LIST = "backup.json"
"""Written last: a directory without it is no backup."""
NEEDED = (
    "backups and drills need a superuser, or a role with createdb and bypassrls that is a member of each service's owner"
    " (docs/operations.md, Backups and restore drills)"
)
STEPS = 2
"""Of one dump, as a watch hears of them."""
MODE = 0o700
"""What lies here is everything that the system knows about people."""


class Watch(Protocol):
    """Whoever wants to know how far it is."""

    def expect(self, steps: int) -> None:
        """So many will be told."""

    def say(self, service: str, doing: str) -> None:
        """A step begins."""


class Dump(BaseModel):
    """Of one service."""

    service: str
    at: datetime
    seconds: float
    bytes: int
    database_bytes: int
    inventory: Inventory


class Backup(BaseModel):
    """What the list says."""

    at: datetime
    server: str
    """Version of PostgreSQL."""
    dumps: list[Dump]


@dataclass(frozen=True, slots=True)
class Taking:
    """Where a backup is made of what."""

    databases: Databases
    programs: Programs
    anchors: Path
    directory: Path

    async def dump(self, service: str, watch: Watch) -> Dump:
        """One service's part of the backup; raises StackError where the role may not read everything.

        Anchors are copied before the snapshot is taken: each of them is about rows that the snapshot shows.
        """
        begun, at = time.monotonic(), datetime.now(UTC)
        file, uri = self._prepared(service), self.databases.uri(database_of(service))
        async with snapshot(uri) as (connection, name):
            watch.say(service, "counting")
            held = await _inventory(connection, service)
            size: int = await connection.fetchval("select pg_database_size(current_database())")
            watch.say(service, "dumping")
            try:
                await self.programs.dump(uri, name, file)
            except Failed as error:
                raise StackError(f"{service} cannot be dumped: {error}") from error
        seconds = time.monotonic() - begun
        return Dump(
            service=service, at=at, seconds=seconds, bytes=file.stat().st_size, database_bytes=size, inventory=held
        )

    def _prepared(self, service: str) -> Path:
        self.directory.mkdir(mode=MODE, parents=True, exist_ok=True)
        if (signed := file_of(self.anchors, service)).exists():
            shutil.copyfile(signed, file_of(self.directory, service))
        file = dump_of(self.directory, service)
        file.touch(mode=0o600)
        return file


async def _inventory(connection: asyncpg.Connection, service: str) -> Inventory:
    try:
        return await inventory.taken(connection)
    except asyncpg.InsufficientPrivilegeError as error:
        raise StackError(f"the role may not read all of {database_of(service)}: {NEEDED}") from error
    except asyncpg.UndefinedTableError as error:
        raise StackError(f"{database_of(service)} has no tables of Kinerja: {error}") from error


@asynccontextmanager
async def snapshot(uri: str) -> AsyncIterator[tuple[asyncpg.Connection, str]]:
    """A transaction that sees one moment for as long as it is open, and the name by which others see the same."""
    async with entered(uri) as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield connection, await connection.fetchval("select pg_export_snapshot()")


def dump_of(directory: Path, service: str) -> Path:
    """Where the dump of a service lies in a backup."""
    return directory / f"{service}.dump"


async def take(taking: Taking, services: Sequence[str], server: str, watch: Watch) -> Backup:
    """A whole backup in a directory that is empty or new; raises StackError for another one."""
    if taking.directory.exists() and any(taking.directory.iterdir()):
        raise StackError(f"{taking.directory} is not empty: name a directory of its own for each backup")
    at = datetime.now(UTC)
    watch.expect(STEPS * len(services))
    dumps = [await taking.dump(service, watch) for service in services]
    made = Backup(at=at, server=server, dumps=dumps)
    replace(taking.directory / LIST, made.model_dump_json(indent=2), mode=0o600)
    return made


def read(directory: Path) -> Backup:
    """The list of a backup; raises StackError if there is no whole one."""
    try:
        return Backup.model_validate_json((directory / LIST).read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise StackError(
            f"{directory} holds no whole backup ({LIST} cannot be read): `kinerja operations backup` makes one"
        ) from error
