"""The public APIs as the simulated people see them: every call with the caller's own token."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx

Mint = Callable[..., str]
TRIES = 20
AGAIN_SECONDS = 0.25
"""Of the wall's clock."""


class Declined(Exception):
    """The API said no, and why."""

    def __init__(self, status: int, problem: dict[str, Any], call: str) -> None:
        super().__init__(f"{call}: {status} {problem.get('detail') or problem}")
        self.status = status
        self.problem = problem


class Apis:
    """All services of a stack over HTTP."""

    def __init__(self, urls: dict[str, str], mint: Mint) -> None:
        self._urls = urls
        self._mint = mint
        self._tokens: dict[UUID, str] = {}
        limits = httpx.Limits(max_connections=40, max_keepalive_connections=40)
        self._http = httpx.AsyncClient(timeout=60, limits=limits)
        self.calls = 0

    async def close(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    def token(self, person: UUID, city: str, roles: tuple[str, ...] = ()) -> str:
        """The person's token, minted once."""
        if person not in self._tokens:
            self._tokens[person] = self._mint(sub=person, city=city, roles=roles, hours=24)
        return self._tokens[person]

    async def call(self, method: str, service: str, path: str, *, token: str, body: Any = None, **query: Any) -> Any:
        """The answer's JSON; raises Declined with the problem the API tells."""
        self.calls += 1
        url = f"{self._urls[service]}/v1{path}"
        for attempt in range(TRIES):
            try:
                answer = await self._http.request(
                    method,
                    url,
                    json=body,
                    params={name: value for name, value in query.items() if value is not None},
                    headers={"Authorization": f"Bearer {token}"},
                )
            except httpx.TransportError:
                if attempt == TRIES - 1:
                    raise
                continue
            if not _is_busy(answer):
                break
            await asyncio.sleep(AGAIN_SECONDS)  # as a browser would, on a scale on which a day lasts a second
        if answer.status_code >= 400:
            raise Declined(answer.status_code, _problem(answer), f"{method} {service}{path}")
        return answer.json()

    async def upload(self, service: str, path: str, *, token: str, files: list[tuple[str, bytes]]) -> Any:
        """The answer to files that are sent as a form."""
        self.calls += 1
        answer = await self._http.post(
            f"{self._urls[service]}/v1{path}",
            files=[("files", (name, content)) for name, content in files],
            headers={"Authorization": f"Bearer {token}"},
            timeout=300,
        )
        if answer.status_code >= 400:
            raise Declined(answer.status_code, _problem(answer), f"POST {service}{path}")
        return answer.json()

    async def pages(self, service: str, path: str, *, token: str, **query: Any) -> list[Any]:
        """Every item of a paged listing."""
        items: list[Any] = []
        cursor: str | None = None
        while True:
            page = await self.call("GET", service, path, token=token, limit=500, **_with(query, cursor))
            items += page["items"]
            cursor = page.get("next")
            if cursor is None:
                return items


def _is_busy(answer: httpx.Response) -> bool:
    """Whether the service asks to come again soon: half a year of a crowd in minutes is more than a pool holds at once."""
    return answer.status_code in (429, 503) and str(_problem(answer).get("type")).endswith(("/busy", "/too-many"))


def _with(query: dict[str, Any], cursor: str | None) -> dict[str, Any]:
    return query if cursor is None else {**query, "cursor": cursor}


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {"detail": answer.text[:200]}
    return found if isinstance(found, dict) else {"detail": str(found)}
