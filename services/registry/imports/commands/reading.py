"""Has the files of an import read and judged in a process aside: no transaction is open and no lock is held meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from kit.actor import Actor
from kit.aside.bounds import Bounds, Exhausted
from kit.aside.places import Places
from kit.aside.process import Aside, Part, aside
from kit.db import Database
from kit.errors import Forbidden, Invalid
from kit.files.errors import FileError, FileErrors, Place, quoted
from services.registry.calendars.queries import today
from services.registry.imports.queries.recorded import Recorded, read_recorded
from services.registry.imports.rules.judgement import Judged
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.reader import ERRORS, NAME, asked, taken
from services.registry.personnel.queries.offices import require_some_office

BOUNDS = Bounds()
IMPORT = ("import files", "mengimpor berkas")


def at_once() -> Places:
    """For one process of the API: four imports are read at once, two of one city, so that one never holds the next."""
    return Places(4, each=2, patience=30)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it comes, not read yet."""

    name: str
    size: int
    read: Callable[[int], Awaitable[bytes]]

    @classmethod
    def of(cls, name: str, content: bytes) -> Self:
        """One that is in memory."""
        return cls(name, len(content), Part.of(content).read)


class InvalidFiles(Invalid):
    """The files have errors; nothing was changed."""

    def __init__(self, errors: Sequence[FileError], total: int, notes: Mapping[str, Any] | None = None) -> None:
        shown = "" if total <= len(errors) else (f" (the first {len(errors)} are listed)")
        dari = "" if total <= len(errors) else (f" ({len(errors)} yang pertama ditampilkan)")
        super().__init__(
            f"{total} mistake{'' if total == 1 else 's'} in the files{shown}: nothing was changed",
            f"{total} kesalahan dalam berkas{dari}: tidak ada yang diubah",
        )
        self.errors, self.total = errors, total
        self.notes = notes or {}
        """What the office is asked: mappings to confirm, values that are ambiguous."""


Answers = Mapping[str, Mapping[str, str]]
"""By field: what a value means that may mean several things."""


@dataclass(slots=True)
class Reading:
    """An import whose files were read; the process that read them waits to be asked again."""

    city: str
    files: list[dict[str, Any]]
    """Name, size and SHA-256 of each."""
    _aside: Aside
    _answers: Answers = field(default_factory=dict)
    _judged: Judged = field(default_factory=Judged)
    _mark: int | None = None
    """Of what the files were judged against."""

    async def judged(self, recorded: Recorded, day: date) -> Judged:
        """What is to be recorded; judged again only if the city is no longer what it was. Raises InvalidFiles."""
        known = replace(await asyncio.to_thread(recorded.known, self.city, day), answers=self._answers)
        mark = await asyncio.to_thread(_marked, known, recorded)
        if mark != self._mark:
            self._judged = await self._judge(known, recorded)
            self._mark = mark
        return self._judged

    async def _judge(self, known: Known, recorded: Recorded) -> Judged:
        judged, total, found = Judged(), 0, list[FileError]()
        little, pieces = await asyncio.to_thread(asked, known)
        seen: dict[str, str] = {}
        policies = {scope: _policy(one) for scope, one in recorded.known_policies().items()}
        about = {"known": little, "policies": policies}
        try:
            async for what, said in self._aside.ask("judge", about, *(Part.of(piece) for piece in pieces)):
                if what == "notes":
                    taken(judged, what, said, seen)
                elif what == "errors":
                    total = said
                elif what == "found":
                    found = ERRORS.validate_python(said)
                else:
                    taken(judged, what, said, seen)
        except Exhausted as error:
            raise _too_much(self.files[0]["name"] if self.files else "-", error) from error
        if total:
            raise InvalidFiles(found, total, judged.notes)
        return judged


@asynccontextmanager
async def read(
    database: Database,
    actor: Actor,
    uploads: Sequence[Sent],
    *,
    bounds: Bounds = BOUNDS,
    places: Places | None = None,
    answers: Answers | None = None,
) -> AsyncIterator[Reading]:
    """Read and judge them; raises InvalidFiles, and Forbidden for anybody else and for the files of another city."""
    async with database.transaction(actor.tenant_id, actor) as session:
        await require_some_office(session, what=IMPORT)
    places = places or at_once()
    async with places.one(actor.tenant_id), aside(NAME, bounds) as process:
        reading, scope = await _read(process, actor.tenant_id, uploads, answers or {})
        if scope is not None and scope[:5] != actor.tenant_id:
            raise Forbidden(
                f"the policy is of city {scope[:5]}, your token of {actor.tenant_id}",
                f"kebijakan ini milik kota {scope[:5]}, token Anda untuk {actor.tenant_id}",
            )
        async with database.transaction(actor.tenant_id, actor) as session:
            recorded, day = await read_recorded(session), today(session)
        await reading.judged(recorded, day)
        del recorded
        yield reading


async def _read(process: Aside, city: str, uploads: Sequence[Sent], answers: Answers) -> tuple[Reading, str | None]:
    now, files, scope = "-", [], None
    parts = [Part(one.size, one.read) for one in uploads]
    try:
        async for what, said in process.ask("read", [one.name for one in uploads], *parts):
            match what:
                case "reading":
                    now = said
                case "files":
                    files = said
                case "scope":
                    scope = said
    except Exhausted as error:
        raise _too_much(now, error) from error
    return Reading(city, files, process, answers), scope


def _too_much(file: str, error: Exhausted) -> InvalidFiles:
    errors = FileErrors()
    what = {"time": ("time", "waktu"), "memory": ("memory", "memori")}[error.what]
    wrong = (
        f"reading this file took more {what[0]} than any honest one needs",
        f"membaca berkas ini perlu {what[1]} lebih dari yang wajar",
    )
    fix = (
        "copy the table into a new workbook, or save it as CSV UTF-8",
        "salin tabel ke buku kerja baru, atau simpan sebagai CSV UTF-8",
    )
    errors.add(Place(quoted(file)), wrong, fix)
    return InvalidFiles(errors.in_order(), errors.total)


def _policy(known: Any) -> Mapping[str, Any]:
    return {name: getattr(known, name) for name in ("inherits", "document", "effective", "provenance")}


def _marked(known: Known, recorded: Recorded) -> int:
    """The same for the same city in whatever order its rows were read; of no use to another process."""
    parts = (known.units, known.raters, known.heads, known.unit_names, known.people)
    people = sum(hash((number, item)) for number, part in enumerate(parts) for item in part.items())
    policies = sum(hash((scope, repr(_policy(one)))) for scope, one in recorded.known_policies().items())
    return hash((known.city, known.today, people, policies, known.pinned, repr(known.mappings)))
