"""Has the files of an import read and judged in a process aside: no transaction is open and no lock is held meanwhile."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kit.actor import Actor
from kit.aside.bounds import Bounds, Exhausted
from kit.aside.places import Places
from kit.aside.process import Aside, Part, aside
from kit.db import Database
from kit.errors import Forbidden
from kit.files.errors import FileError
from kit.files.uploads import InvalidFiles, Sent, too_much
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


Answers = Mapping[str, Mapping[str, str]]
"""By field: what a value means that may mean several things."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever sends the files said with them."""

    answers: Answers = field(default_factory=dict)
    propose: bool = False
    """Ask what the columns mean, though that is confirmed already."""


@dataclass(slots=True)
class Reading:
    """An import whose files were read; the process that read them waits to be asked again."""

    city: str
    files: list[dict[str, Any]]
    """Name, size and SHA-256 of each."""
    _aside: Aside
    _wish: Wish
    _judged: Judged = field(default_factory=Judged)
    _mark: int | None = None
    """Of what the files were judged against."""

    async def judged(self, recorded: Recorded, day: date) -> Judged:
        """What is to be recorded; judged again only if the city is no longer what it was. Raises InvalidFiles."""
        known = await asyncio.to_thread(recorded.known, self.city, day)
        known = replace(known, answers=self._wish.answers, mappings={} if self._wish.propose else known.mappings)
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
            raise too_much(self.files[0]["name"] if self.files else "-", error) from error
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
    wish: Wish | None = None,
) -> AsyncIterator[Reading]:
    """Read and judge them; raises InvalidFiles, and Forbidden for anybody else and for the files of another city."""
    async with database.transaction(actor.tenant_id, actor) as session:
        await require_some_office(session, what=IMPORT)
    places = places or at_once()
    async with places.one(actor.tenant_id), aside(NAME, bounds) as process:
        reading, scope = await _read(process, actor.tenant_id, uploads, wish or Wish())
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


async def _read(process: Aside, city: str, uploads: Sequence[Sent], wish: Wish) -> tuple[Reading, str | None]:
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
        raise too_much(now, error) from error
    return Reading(city, files, process, wish), scope


def _policy(known: Any) -> Mapping[str, Any]:
    return {name: getattr(known, name) for name in ("inherits", "document", "effective", "provenance")}


def _marked(known: Known, recorded: Recorded) -> int:
    """The same for the same city in whatever order its rows were read; of no use to another process."""
    parts = (known.units, known.raters, known.heads, known.unit_names, known.people)
    people = sum(hash((number, item)) for number, part in enumerate(parts) for item in part.items())
    policies = sum(hash((scope, repr(_policy(one)))) for scope, one in recorded.known_policies().items())
    return hash(
        (
            known.city,
            known.today,
            people,
            policies,
            known.pinned,
            repr(known.mappings),
            repr(sorted(known.former.items())),
        )
    )
