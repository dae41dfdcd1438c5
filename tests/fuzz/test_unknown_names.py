"""What a route does not know is refused, by name and with the nearest known one: a walk over every route's document."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from contracts.base import SERVICES, Role, new_id
from tests.conftest import DatabaseOf, SettingsOf
from tests.fuzz.fields import ANY_KEY, ITEM, Document, Place, put
from tests.support.client import Client, api_of
from tests.support.holders import EVERY, declare
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected
STRANGE = "evidense"
CITY = "16.71"
_WITH_COPIES = frozenset(SERVICES) - {"registry", "integrations"}


@dataclass
class Walk:
    """One service, asked for what it does not know."""

    client: Client
    document: Document
    headers: dict[str, str]
    official: dict[str, str]
    """Of the province, to whom one route alone answers, and who gets nowhere else."""
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def over(self, method: str, path: str, operation: Any) -> None:
        await self._send("query", method, path, {"params": {STRANGE: "1"}}, f"query.{STRANGE}")
        if method == "GET":
            return
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
            files = {"files": ("a.csv", b"a"), STRANGE: ("b.csv", b"b")}
            await self._send("form", method, path, {"files": files}, f"body.{STRANGE}")
            return
        for place in self._objects(operation):
            body = put({}, (*place, STRANGE), 1)
            where = ".".join(("body", *("0" if one == ITEM else one for one in place), STRANGE))
            await self._send("nested" if place else "body", method, path, {"json": body}, where.replace(ANY_KEY, "x"))

    def _objects(self, operation: Any) -> Iterator[Place]:
        """Each place of the body where an object with known names stands; the whole body first."""
        yield ()
        places = [one.place for one in self.document.fields(operation) if one.where == "body"]
        seen = {one[:length] for one in places for length in range(1, len(one))}
        yield from sorted(one for one in seen if not _leads_into_data(one, places))

    async def _send(self, kind: str, method: str, path: str, request: dict[str, Any], where: str) -> None:
        for language in ("en", "id"):
            who = self.official if path.startswith("/v1/province/") else self.headers
            headers = who | {"Accept-Language": language}
            answer = await self.client.request(method, _filled(path), headers=headers, **request)
            self.asked[kind] += 1
            told = [one for one in _errors(answer) if one["where"] == where]
            named = answer.status_code == 400 and answer.json()["type"].endswith("/unknown-name") and told
            if not named or STRANGE not in answer.json()["detail"] or not _nearest(told[0], language):
                self.wrong.append(f"{method} {path} {where}: {answer.status_code} {answer.text[:300]}")


def _errors(answer: Any) -> list[dict[str, Any]]:
    found = answer.json()
    return found.get("errors") or [] if isinstance(found, dict) else []


def _nearest(told: dict[str, Any], language: str) -> bool:
    """In the sentence as well, in the reader's language; where nothing is known, nothing can be near."""
    word = {"en": "the nearest is", "id": "yang terdekat"}[language]
    near = told["nearest"]
    return near in told["known"] and f"{word} {near}" in told["detail"] if told["known"] else near is None


def _leads_into_data(place: Place, places: list[Place]) -> bool:
    """A list, or an object whose keys are data, holds no names of its own."""
    return all(one[len(place)] in (ITEM, ANY_KEY) for one in places if one[: len(place)] == place != one)


def _filled(path: str) -> str:
    parts = path.split("{")
    return parts[0] + "".join(f"{new_id()}{one.partition('}')[2]}" for one in parts[1:])


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_refuses_what_it_does_not_know_and_names_the_nearest(
    service: str, database_of: DatabaseOf, settings_of: SettingsOf, issuer: Issuer
) -> None:
    database = database_of(service)
    app = api_of(service, settings_of(database), database)
    document, who = Document(app.openapi()), new_id()
    if service in _WITH_COPIES:  # a form is read for those alone whom the copies know
        await declare(database, CITY, {Role.PERFORMANCE_OFFICE: who})
    async with Client(app, issuer) as client:
        walk = Walk(client, document, client.as_(who, CITY, *EVERY), client.as_(new_id(), CITY, Role.PROVINCE))
        routes = list(document.operations())
        for method, path, operation in routes:
            await walk.over(method, path, operation)
    writes = [method for method, _, _ in routes if method != "GET"]
    assert walk.wrong == []
    assert walk.asked["query"] == 2 * len(routes)
    assert walk.asked["body"] + walk.asked["form"] == 2 * len(writes)
