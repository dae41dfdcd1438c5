"""A backup or a drill from beginning to end, on the local stack or on the server of a URL."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from kinerja.operations import disk
from kinerja.operations.backups import drills, taking
from kinerja.operations.backups.drills import Drilling
from kinerja.operations.backups.programs import Programs
from kinerja.operations.backups.reports import Drill
from kinerja.operations.backups.taking import MODE, NEEDED, Backup, Taking, Watch
from kinerja.operations.databases import Databases, entered, reached
from kinerja.stack.errors import StackError
from kinerja.stack.postgres import database_of
from kinerja.stack.state import State

_LARGEST = "select max(pg_database_size(datname)) from pg_database where datname = any($1)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for on a command line."""

    state: State
    url: str | None
    """Of another server than that of the state directory."""
    services: Sequence[str]
    """All that have a database if empty."""
    anchors: Path | None
    """Of the journals; those of the state directory if none are named."""
    keys: Path | None
    watch: Watch


@dataclass(frozen=True, slots=True)
class Session:
    """A server that answers, and what belongs to it."""

    databases: Databases
    programs: Programs
    version: str
    services: list[str]


async def back_up(asked: Asked, directory: Path) -> Backup:
    """A backup of a running system in a new directory; raises StackError for what it lacks."""
    async with _session(asked) as session:
        into = Taking(session.databases, session.programs, asked.anchors or asked.state.anchors, directory)
        return await taking.take(into, session.services, session.version, asked.watch)


async def drill(asked: Asked, *, source: Path | None, work: Path | None) -> Drill:
    """Restore and prove a backup, or dumps that are made for it; the report is not kept yet."""
    backup = taking.read(source) if source else None
    async with _session(asked) as session:
        place = Path() if source else await _workplace(session, work or asked.state.root / "drills")
        try:
            into = Taking(
                session.databases, session.programs, asked.anchors or asked.state.anchors, (source or place).absolute()
            )
            drilling = Drilling(into, asked.keys or asked.state.anchor_keys, asked.watch)
            if backup is not None:
                return await drills.of_backup(drilling, _only(backup, asked.services), session.version)
            return await drills.of_now(drilling, session.services, session.version)
        finally:
            if source is None:
                shutil.rmtree(place, ignore_errors=True)


@asynccontextmanager
async def _session(asked: Asked) -> AsyncIterator[Session]:
    async with AsyncExitStack() as held:
        databases = await reached(asked.state, asked.url, held)
        async with entered(databases.uri()) as connection:
            major = connection.get_server_version().major
            version: str = await connection.fetchval("show server_version")
        yield Session(databases, await Programs.of(major), version, await databases.present(asked.services))


def _only(backup: Backup, services: Sequence[str]) -> Backup:
    kept = [one for one in backup.dumps if not services or one.service in services]
    if missing := set(services) - {one.service for one in kept}:
        raise StackError(f"this backup has no dump of {', '.join(sorted(missing))}")
    return backup.model_copy(update={"dumps": kept})


async def _workplace(session: Session, directory: Path) -> Path:
    """A fresh folder for one dump after the other; raises StackError where dump or copy of the largest may not fit."""
    async with entered(session.databases.uri()) as connection:
        try:
            largest: int = await connection.fetchval(_LARGEST, [database_of(one) for one in session.services])
        except asyncpg.InsufficientPrivilegeError as error:
            raise StackError(f"the role may not enter the databases of all services: {NEEDED}") from error
    local = session.databases.local
    return _made(directory, [(directory, largest), *([(local.data, 2 * largest)] if local else [])])


def _made(directory: Path, needs: Sequence[tuple[Path, int]]) -> Path:
    directory.mkdir(mode=MODE, parents=True, exist_ok=True)
    for place, needed in needs:
        if (free := shutil.disk_usage(place).free) < needed:
            raise StackError(
                f"{place} has {disk.shown(free)} free, and a drill of the largest database may need {disk.shown(needed)}:"
                " make room, or name a larger disk with --work DIR"
            )
    return Path(tempfile.mkdtemp(prefix="drill-", dir=directory))
