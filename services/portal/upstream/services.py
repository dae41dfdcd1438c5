"""Asks the services: one client for all, each question with the person's own token and in the person's language."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
from fastapi import Response

from kit import traceparent
from services.portal.upstream.absence import Absences
from services.portal.upstream.refusals import Refusal, silent

_SECONDS = 30.0
_AGAIN_SECONDS = 0.2
_PAGE = 200
_OF_A_FILE = ("Content-Type", "Content-Disposition")
Json = Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said."""

    body: Json
    etag: str = ""


class Services:
    """The doors of all services; open for the life of the process."""

    def __init__(
        self, places: Mapping[str, str], transports: Mapping[str, httpx2.AsyncBaseTransport] | None = None
    ) -> None:
        given = transports or {}
        self._clients = {
            name: httpx2.AsyncClient(base_url=place, timeout=_SECONDS, transport=given.get(name))
            for name, place in places.items()
        }
        self._absences = Absences()

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(*(one.aclose() for one in self._clients.values()))

    async def fetch(self, service: str, path: str, headers: Mapping[str, str], **what: Any) -> Response:
        """A file as the service gives it, with its kind and name. Raises Refusal."""
        answer = await self._answered(service, "GET", f"/v1{_own(path)}", headers, **what)
        kept = {name: answer.headers[name] for name in _OF_A_FILE if name in answer.headers}
        return Response(answer.content, headers=kept | {"Cache-Control": "no-store"})

    async def document(self, service: str) -> Json:
        """What the service says of its routes (OpenAPI), which is public. Raises Refusal."""
        return (await self._answered(service, "GET", "/openapi.json", {})).json()

    async def send(self, service: str, method: str, path: str, headers: Mapping[str, str], **what: Any) -> Answer:
        """Raises Refusal for whatever the service does not do, in its own words."""
        answer = await self._answered(service, method, f"/v1{_own(path)}", headers, **what)
        return Answer(answer.json() if answer.content else None, answer.headers.get("ETag", ""))

    async def _answered(
        self, service: str, method: str, path: str, headers: Mapping[str, str], **what: Any
    ) -> httpx2.Response:
        now = traceparent.current()
        said = dict(headers) if now is None else {**headers, traceparent.HEADER: now}
        try:
            answer = await self._heard(service, method, path, headers=said, **what)
        except httpx2.HTTPError as error:
            raise silent(service) from error
        if not answer.is_success:
            raise Refusal.of(answer.status_code, _json(answer))
        return answer

    async def _heard(self, service: str, method: str, path: str, **what: Any) -> httpx2.Response:
        """Whoever refuses a connection has heard nothing: asking again, while it is started anew, does nothing twice."""
        while True:
            try:
                answer = await self._clients[service].request(method, path, **what)
            except httpx2.ConnectError:
                if not self._absences.is_short(service):
                    raise
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                self._absences.over(service)
                return answer


def _own(path: str) -> str:
    """The path, of which a part may be an id as somebody typed it into an address: it never leads to another route."""
    if any(one in path for one in "?#%\\") or any(one.strip(".") == "" for one in path.split("/")[1:]):
        raise Refusal(404, "Not found", f"there is no {path}")
    return path


@dataclass(frozen=True, slots=True)
class Asking:
    """The services for one person: ``asking.get("plans", "/plans")``."""

    services: Services
    token: str
    language: str
    behalf: str = ""
    """Id of the civil servant for whom an assistant enters."""
    _headers: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        said = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language}
        self._headers.update(said | ({"On-Behalf-Of": self.behalf} if self.behalf else {}))

    async def get(self, service: str, path: str, **query: Any) -> Json:
        """What is there; raises Refusal."""
        return (await self.read(service, path, **query)).body

    async def read(self, service: str, path: str, **query: Any) -> Answer:
        """The same with its ETag, for a later :meth:`put`."""
        asked = {name: value for name, value in query.items() if value is not None}
        return await self.services.send(service, "GET", path, self._headers, params=asked)

    async def file(self, service: str, path: str, **query: Any) -> Response:
        """A download, handed on as it is; raises Refusal."""
        asked = {name: value for name, value in query.items() if value is not None}
        return await self.services.fetch(service, path, self._headers, params=asked)

    async def every(self, service: str, path: str, **query: Any) -> list[Json]:
        """All items of a list, page by page; for lists of one person or one team, never of a city."""
        found: list[Json] = []
        cursor: str | None = None
        while True:
            page = await self.get(service, path, **query, limit=_PAGE, cursor=cursor)
            found += page["items"]
            if not (cursor := page.get("next")):
                return found

    async def maybe(self, service: str, path: str, **query: Any) -> Json:
        """What is there, or None where the reader may not see it or it does not exist."""
        try:
            return await self.get(service, path, **query)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                return None
            raise

    async def post(self, service: str, path: str, body: Json = None, *, key: str = "", **query: Any) -> Json:
        """Do something, once for each key (the form's id); raises Refusal."""
        headers = self._headers | {"Idempotency-Key": key or str(uuid4())}
        asked = {name: value for name, value in query.items() if value is not None}
        return (await self.services.send(service, "POST", path, headers, params=asked, json=body)).body

    async def upload(
        self,
        service: str,
        path: str,
        files: Sequence[tuple[str, bytes]],
        parts: Mapping[str, str],
        *,
        key: str,
        **query: Any,
    ) -> Json:
        """Send files, each by its name, with the parts of the form beside them; raises Refusal."""
        headers = self._headers | {"Idempotency-Key": key}
        some = [("files", one) for one in files]
        return (
            await self.services.send(service, "POST", path, headers, params=query, files=some, data=dict(parts))
        ).body

    async def put(self, service: str, path: str, body: Json, *, etag: str = "", key: str = "") -> Json:
        """Write the whole of something; with the ETag only if nobody else has changed it since."""
        headers = self._headers | {"Idempotency-Key": key or str(uuid4())} | ({"If-Match": etag} if etag else {})
        return (await self.services.send(service, "PUT", path, headers, json=body)).body


def _json(answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
