"""`pg_dump` and `pg_restore`, of the same major version as the server; a password never stands among their arguments."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from kinerja.stack.errors import StackError
from kinerja.stack.postgres import binaries
from kinerja.stack.processes import finish, guarded

_VERSION = re.compile(r"\(PostgreSQL\)\D*(\d+)")
_ERROR = re.compile(r"error: (.*)")
LOCK_SECONDS = 60
_WRITING = {"PGOPTIONS": "-c default_transaction_read_only=off"}
"""Also where the system is switched to read-only: what is restored is a database of the drill's own."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where they lie."""

    directory: Path

    @classmethod
    async def of(cls, major: int) -> "Programs":
        """Those for a server of this major version; raises StackError if this machine has none."""
        met = set()
        for directory in dict.fromkeys(_places(major)):
            found = await _major(directory)
            if found == major:
                return cls(directory)
            met.add(found)
        others = ", ".join(str(one) for one in sorted(one for one in met if one))
        raise StackError(
            f"the server is PostgreSQL {major}, and pg_dump of that version is not here"
            f" ({f'only of {others}' if others else 'none is'}): install postgresql-client-{major}, and have it on PATH"
        )

    async def dump(self, uri: str, snapshot: str, file: Path) -> None:
        """Write what the snapshot shows into a file that is there; raises Failed. No table is ever held in memory."""
        wait = f"--lock-wait-timeout={LOCK_SECONDS}s"
        await self._run("pg_dump", uri, "--format=custom", wait, f"--snapshot={snapshot}", f"--file={file}")

    async def restore(self, uri: str, file: Path) -> None:
        """Make everything of a dump in an empty database, with its owners and rights; raises Failed at the first error."""
        name = urlsplit(uri).path.lstrip("/")
        await self._run("pg_restore", uri, "--exit-on-error", f"--dbname={name}", str(file))

    async def _run(self, program: str, uri: str, *words: str) -> None:
        command = guarded([str(self.directory / program), "--no-password", *words])
        code, output = await finish(command, directory=Path("/"), environment=environment(uri) | _WRITING)
        if code:
            raise Failed(f"{program}: {_said(output)}")


class Failed(Exception):
    """A program did not do what it should; says the server's own words, without the rows that it quotes."""


def environment(uri: str) -> dict[str, str]:
    """A URI in libpq's variables: arguments are read by every user of a machine, these are not."""
    parts = urlsplit(uri)
    query = dict(parse_qsl(parts.query))
    said = {
        "PGHOST": query.get("host") or parts.hostname,
        "PGPORT": query.get("port") or (str(parts.port) if parts.port else None),
        "PGUSER": unquote(parts.username or "") or None,
        "PGPASSWORD": unquote(parts.password or "") or None,
        "PGDATABASE": unquote(parts.path.lstrip("/")) or None,
        "PGSSLMODE": query.get("sslmode"),
    }
    return {name: value for name, value in said.items() if value}


def _places(major: int) -> Iterator[Path]:
    """The stack's own, that on PATH, Debian's for this version."""
    with suppress(StackError):
        yield binaries()
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    yield Path(f"/usr/lib/postgresql/{major}/bin")


async def _major(directory: Path) -> int | None:
    if not all((directory / one).exists() for one in ("pg_dump", "pg_restore")):
        return None
    code, said = await finish([str(directory / "pg_dump"), "--version"], directory=Path("/"))
    found = _VERSION.search(said)
    return int(found[1]) if code == 0 and found else None


def _said(output: str) -> str:
    found = _ERROR.search(output)
    return found[1] if found else "ended with an error and said nothing"
