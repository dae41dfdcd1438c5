"""The performance office of a city at a service of the running stack: asks page after page, tells refusals in words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from kinerja.library import CITIES
from kinerja.officer import token_of
from kinerja.places import all_places
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.keyset import MOST

PATIENCE = 120.0
"""Seconds for one page."""
Answer = dict[str, Any]


class Office:
    """Somebody of the performance office with a client of one service."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def knows(self, path: str) -> bool:
        """Whether the city has what the path names."""
        return self._sent("GET", path, None).is_success

    def get(self, path: str, **query: object) -> Answer:
        """What a GET answers; raises StackError with what the service refused."""
        return self._answered(self._sent("GET", path + (f"?{urlencode(query)}" if query else ""), None))

    def post(self, path: str, body: Mapping[str, object]) -> Answer:
        """What a POST answers; raises StackError with what the service refused."""
        return self._answered(self._sent("POST", path, body))

    def pages(self, path: str, body: Mapping[str, object]) -> Iterator[Answer]:
        """Every page of a POST that answers ``next``; raises StackError with what the service refused."""
        query = {"limit": str(MOST)}
        while True:
            page = self.post(f"{path}?{urlencode(query)}", body)
            yield page
            if page["next"] is None:
                return
            query["cursor"] = page["next"]

    @staticmethod
    def _answered(answer: httpx.Response) -> Answer:
        body: Answer = answer.json()
        if not answer.is_success:
            raise StackError(f"the service refused: {_refusal(body)}")
        return body

    def _sent(self, method: str, path: str, body: Mapping[str, object] | None) -> httpx.Response:
        try:
            return self._client.request(method, f"/v1{path}", json=body)
        except httpx.TransportError as error:
            raise StackError(f"the service does not answer: {error}") from error


def _refusal(problem: Mapping[str, Any]) -> str:
    places = "; ".join(f"{one['where']}: {one['detail']}" for one in problem.get("errors", ()))
    return f"{problem.get('detail') or problem.get('title')}" + (f" ({places})" if places else "")


@contextmanager
def office(state: State, service: str, city: str, *, language: str = "en") -> Iterator[Office]:
    """At a service of the stack that runs on this state; raises StackError if none does."""
    running = state.must_run(service)
    headers = {"Authorization": f"Bearer {token_of(state, running, city)}", "Accept-Language": language}
    with httpx.Client(base_url=running.urls[service], headers=headers, timeout=PATIENCE) as client:
        yield Office(client)


def city_with(state: State, path: str, what: str, cities: Path = CITIES) -> str:
    """The city whose evaluation service has what the path names, of the places below ``cities``; else StackError."""
    codes = sorted({place.city for place in all_places(cities)})
    for city in codes:
        with office(state, "evaluation", city) as asking:
            if asking.knows(path):
                return city
    raise StackError(f"no {what} in {', '.join(codes)}: if it belongs to another city, name it, e.g. --city 14.72")
