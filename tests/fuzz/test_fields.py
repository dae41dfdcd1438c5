"""A walk over every field of every request with what it must not hold, by people who may, on the real services.

Fields, paths and methods come from the documents, states and valid bodies from the probes of the permissions: what is new
in a service is walked as soon as it has a probe, which tests/permissions insists on.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from contracts.base import SERVICES, new_id
from kit.cursors import pack
from tests.conftest import ClientOf, DatabaseOf, SettingsOf
from tests.fuzz.fields import Document, Field, hostile, put
from tests.permissions.probing import Probe, Rehearsal
from tests.permissions.scenes import probes_of
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.issuer import Issuer

pytestmark = [pytest.mark.connected, pytest.mark.timeout(900)]  # many requests, on a machine that may be busy
CURSORS = (
    "nonsense",
    "%%%",
    "",
    pack([new_id()], "/v1/another"),
    pack(["x", new_id()]),
    pack([2**62]),
    pack(["x" * 900]),
)
BODIES = (b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}', b'{"a": 1e999', b"9" * 5_000, '{"a": 1}'.encode("utf-16"))
KEYS = ("", "k" * 256, "k" * 5_000, "a\0b")
ETAGS = ('"99999999999999999999"', '"\N{SUPERSCRIPT TWO}"', '"-1"', "nonsense", "a\0b", "x" * 5_000)


@dataclass
class Walk:
    """One service, asked as somebody who may."""

    client: Client
    document: Document
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    untouched: set[str] = field(default_factory=set)
    """Fields that the probe's body has no place for."""

    async def over(self, probe: Probe) -> None:
        """Every field of one route in one state."""
        operation = next(
            one
            for method, path, one in self.document.operations()
            if (method, path) == (probe.method, f"/v1{probe.route}")
        )
        who = await self._somebody_who_may(probe)
        if who is None:
            return
        for one in self.document.fields(operation):
            for request in self._requests(probe, one):
                await self._judge(f"{probe.name} {one.name}", operation, who, request)
        if "requestBody" in operation and not probe.files:
            for content in BODIES:
                request = {"content": content, "headers": {"Content-Type": "application/json"}}
                await self._judge(f"{probe.name} body", operation, who, _request(probe) | request)
        await self._strangers(probe, operation, who)

    async def _somebody_who_may(self, probe: Probe) -> dict[str, str] | None:
        for who, roles in probe.people.kinds.values():
            headers = self.client.as_(who, probe.people.city, *roles)
            answer = await self._send(headers, _request(probe))
            if answer.is_success:
                return headers
        return None

    def _requests(self, probe: Probe, one: Field) -> Iterator[dict[str, Any]]:
        yield from {"body": self._bodies, "query": _queries, "path": _paths, "header": _headers}[one.where](probe, one)

    def _bodies(self, probe: Probe, one: Field) -> Iterator[dict[str, Any]]:
        name = f"{probe.name} {one.name}"
        for value in hostile(one):
            body = put(probe.body, one.place, value)
            (self.untouched if body is None else self.touched).add(name)
            if body is not None:
                yield _request(probe) | _json(body)

    async def _judge(self, what: str, operation: Any, who: dict[str, str], request: dict[str, Any]) -> None:
        answer = await self._send(who, request)
        self.asked[what] += 1
        problem = answer.headers.get("content-type") == "application/problem+json"
        if answer.status_code not in (422, 404) or not problem or str(answer.status_code) not in operation["responses"]:
            sent = str({k: v for k, v in request.items() if k not in ("method", "path")})[:300]
            self.wrong.append(f"{what}: {answer.status_code} {answer.text[:200]} after {sent}")

    async def _strangers(self, probe: Probe, operation: Any, who: dict[str, str]) -> None:
        """Ids of things that do not exist: in the path 404 (or 403), in the body or query any refusal but a promise."""
        for name, value in probe.ids.items():
            if isinstance(value, UUID) or _is_uuid(str(value)):
                request = _request(probe) | {"path": _path(probe, {name: str(new_id())})}
                answer = await self._send(who, request)
                self.asked["unknown ids"] += 1
                if answer.status_code not in (403, 404):  # 403: not about anybody but oneself
                    self.wrong.append(f"{probe.name} unknown {name}: {answer.status_code} {answer.text[:200]}")
        for one in self.document.fields(operation):
            if one.kinds() != {"uuid"} or one.where not in ("body", "query"):
                continue
            body = put(probe.body, one.place, str(new_id())) if one.where == "body" else None
            query = {"params": dict(probe.query) | {one.place[0]: str(new_id())}}
            request = _request(probe) | (query if one.where == "query" else {} if body is None else _json(body))
            answer = await self._send(who, request)
            self.asked["unknown ids"] += 1
            if answer.status_code >= 500:
                self.wrong.append(f"{probe.name} unknown {one.name}: {answer.status_code} {answer.text[:200]}")

    async def _send(self, who: dict[str, str], request: dict[str, Any]) -> httpx.Response:
        rest = {name: value for name, value in request.items() if name not in ("method", "path", "headers")}
        headers = who | request.get("headers", {})
        return await self.client.request(request["method"], request["path"], headers=headers, **rest)


def _queries(probe: Probe, one: Field) -> Iterator[dict[str, Any]]:
    values = CURSORS if one.place == ("cursor",) else filter(_fits_into_a_url, hostile(one))
    for value in values:
        yield _request(probe) | {"params": dict(probe.query) | {one.place[0]: _text(value)}}


def _paths(probe: Probe, one: Field) -> Iterator[dict[str, Any]]:
    values = ("a\0b", "x" * 5_000, "%FF") if one.kinds() == {"uuid"} else filter(_fits_into_a_url, hostile(one))
    for value in values:
        yield _request(probe) | {"path": _path(probe, {one.place[0]: quote(_text(value), safe="")})}


def _headers(probe: Probe, one: Field) -> Iterator[dict[str, Any]]:
    fine = _request(probe)
    for value in KEYS if one.place == ("Idempotency-Key",) else ETAGS:
        yield fine | {"headers": fine.get("headers", {}) | {one.place[0]: value.encode("latin-1")}}


def _request(probe: Probe) -> dict[str, Any]:
    made: dict[str, Any] = {"method": probe.method, "path": _path(probe, {}), "params": dict(probe.query)}
    if probe.files:
        return made | {"files": list(probe.files)}
    return made | ({} if probe.body is None else _json(probe.body))


def _path(probe: Probe, changes: dict[str, str]) -> str:
    return "/v1" + probe.route.format_map({name: str(value) for name, value in probe.ids.items()} | changes)


def _json(body: Any) -> dict[str, Any]:
    """As escapes, because half a surrogate pair has no bytes of its own."""
    return {"content": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}}


def _text(value: object) -> str:
    """What fits into a URL."""
    return str(value)[:20_000]


def _fits_into_a_url(value: object) -> bool:
    return not isinstance(value, str) or value.encode("utf-8", "ignore").decode() == value


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("service", SERVICES)
async def test_nothing_that_is_sent_is_more_than_a_refusal(
    service: str,
    settings_of: SettingsOf,
    issuer: Issuer,
    clock: SetClock,
    database_of: DatabaseOf,
    client_of: ClientOf,
) -> None:
    database = database_of(service)
    rehearsal = Rehearsal(database.engine.url.render_as_string(hide_password=False), clock=clock)
    app = api_of(service, settings_of(database), rehearsal)
    async with Client(app, issuer) as client:
        walk = Walk(client, Document(app.openapi()))
        walked: set[str] = set()
        async for probe in probes_of(service, database, client_of, clock):
            if probe.name not in walked:  # a second state of the same route has the same fields
                rehearsal.deputy = None
                before = sum(walk.asked.values())
                await walk.over(probe)
                if sum(walk.asked.values()) > before:
                    walked.add(probe.name)
    await rehearsal.close()
    assert walk.wrong == []
    assert {one for one in walk.untouched - walk.touched if "/simulation " not in one} == set()
