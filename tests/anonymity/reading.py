"""Whatever can be read: every GET route of every service as everybody of the town, and every event that is not internal."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg

from contracts.base import Event, Role
from kit.db import Database
from tests.support.client import Client
from tests.support.emitted import relay_url

_ID = re.compile(r"\{(\w+)_id\}")
_NUMBERS = {"number": "1"}
"""Parameters in a path that are no ids."""


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, with the roles in the token."""

    name: str
    person_id: UUID
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Door:
    """The API of a service, with the routes that read."""

    service: str
    client: Client
    routes: tuple[str, ...]

    @classmethod
    def of(cls, service: str, client: Client, document: Mapping[str, Any]) -> "Door":
        """From the service's OpenAPI document."""
        paths = document["paths"].items()
        return cls(service, client, tuple(sorted(path for path, methods in paths if "get" in methods)))


@dataclass(frozen=True)
class Seen:
    """One answer or event: when the attacker got it, as whom, from where, and what it said."""

    look: int
    reader: str
    source: str
    said: Any


@dataclass
class Diary:
    """Everything that was ever seen, and the ids found in it, by the noun they stand for."""

    city: str
    seen: list[Seen] = field(default_factory=list)
    ids: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    statuses: dict[str, set[int]] = field(default_factory=dict)
    """What each route answered, so that a test sees that it was read at all."""
    look: int = 0
    _events: dict[str, int] = field(default_factory=dict)
    _newest: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def lists(self, door: Door, reader: Reader, *, only: frozenset[str] | None = None) -> None:
        """Every route without a parameter, and those of cycles."""
        for route in door.routes:
            if set(_ID.findall(route)) <= {"cycle"} and (only is None or route in only):
                await self._route(door, reader, route)

    async def everything(self, door: Door, reader: Reader) -> None:
        """Every route, for every id that was found."""
        await self.lists(door, reader)
        for route in door.routes:
            if not set(_ID.findall(route)) <= {"cycle"}:
                await self._route(door, reader, route)

    async def events(self, service: str, database: Database) -> None:
        """What is told to anybody outside: every event that is not internal, as it goes onto the bus."""
        connection = await asyncpg.connect(relay_url(database))
        try:
            last = self._events.get(service, 0)
            rows = await connection.fetch("select * from outbox where id > $1 order by id", last)
        finally:
            await connection.close()
        for row in rows:
            self._events[service] = row["id"]
            if not Event.known[row["type"]].internal:
                names = ("event_id", "key", "type", "subject", "actor", "reason", "time")
                self._note("anybody", f"event {row['type']}", {name: _plain(row[name]) for name in names})
                self._note("anybody", f"event {row['type']}", json.loads(row["body"]))

    async def _route(self, door: Door, reader: Reader, route: str) -> None:
        for path in self._paths(reader, route):
            await self._pages(door, reader, route, path)

    def _paths(self, reader: Reader, route: str) -> Iterator[str]:
        nouns = _ID.findall(route)
        paths = [route.format_map(_NUMBERS | {"city": self.city} | {f"{noun}_id": f"{{{noun}_id}}" for noun in nouns})]
        for noun in nouns:
            known = self.ids.get(reader.name, {}).get(noun, set())
            paths = [path.replace(f"{{{noun}_id}}", one) for path in paths for one in sorted(known)]
        yield from paths

    async def _pages(self, door: Door, reader: Reader, route: str, path: str) -> None:
        """A list with all its pages is one answer: a row that moves from page to page has not changed."""
        headers = door.client.as_(reader.person_id, self.city, *reader.roles)
        query: dict[str, str] = {"limit": "500"}
        if "{cycle_id}" not in route and (cycles := self.ids.get(reader.name, {}).get("cycle")):
            query["cycle_id"] = min(cycles)
        if route.endswith("/journal"):
            query["subject"] = str(reader.person_id)
        pages = []
        while True:
            answer = await door.client.get(path, headers=headers, params=query)
            self.statuses.setdefault(f"{door.service} {route}", set()).add(answer.status_code)
            if answer.status_code != 200 or not answer.headers["content-type"].startswith("application/json"):
                return
            pages.append(answer.json())
            following = pages[-1].get("next") if isinstance(pages[-1], dict) else None
            if following is None:
                break
            query["cursor"] = following
        for noun, one in _ids(route, pages):
            self.ids.setdefault(reader.name, {}).setdefault(noun, set()).add(one)
        self._note(reader.name, f"{door.service} {path}", pages)

    def _note(self, reader: str, source: str, said: Any) -> None:
        """Once for as long as it says the same."""
        known = (reader, source)
        if source.startswith("event ") or self._newest.get(known) != said:
            self._newest[known] = said
            self.seen.append(Seen(self.look, reader, source, said))


def nodes(said: Any) -> Iterator[dict[str, Any]]:
    """Every object in an answer, the outer ones first, each with what stands directly in it."""
    if isinstance(said, dict):
        flat = {key: value for key, value in said.items() if not isinstance(value, dict | list)}
        for key, value in said.items():
            if isinstance(value, list):
                flat |= {f"{key}.{at}": one for at, one in enumerate(value) if not isinstance(one, dict | list)}
        yield flat
        for value in said.values():
            yield from nodes(value)
    elif isinstance(said, list):
        for one in said:
            yield from nodes(one)


def _ids(route: str, said: Any) -> Iterator[tuple[str, str]]:
    """Ids with the noun they stand for: of ``appraisal_id``, and of ``id`` in what ``/appraisals`` answers."""
    listed = route.rsplit("/", 1)[-1].removesuffix("s")
    for node in nodes(said):
        for key, value in node.items():
            if isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
                if key.endswith("_id"):
                    yield key.removesuffix("_id"), value
                elif key == "id":
                    yield listed, value
        if node.get("kind") in ("ASSESS", "ASSESS_PEER", "ISSUE_RESULT") and isinstance(node.get("subject_id"), str):
            yield "appraisal", node["subject_id"]


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else str(value)
