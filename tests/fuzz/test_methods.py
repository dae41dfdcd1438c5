"""Every path of every document with every method that it does not have, and paths that are in none."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from contracts.base import SERVICES, new_id
from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings
from tests.fuzz.fields import Document
from tests.support.client import api_of

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
NOWHERE = ("/", "/v1", "/v1/nowhere", "/v2/plans", "/v1/%00", "/v1/%ff", "/v1/" + "x" * 5_000, "/.env", "/v1/..%2f..")


@pytest.fixture(params=SERVICES)
async def app(request: pytest.FixtureRequest) -> AsyncIterator[FastAPI]:
    database = Database("postgresql+asyncpg://nobody@127.0.0.1:1/none", clock=Clock())
    yield api_of(request.param, Settings(environment="test"), database)
    await database.close()


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as made:
        yield made


def told(answer: httpx.Response, status: int) -> bool:
    """A problem in Indonesian with what RFC 9457 wants."""
    fine = answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    return fine and answer.headers["content-language"] == "id" and answer.json()["status"] == status


async def test_every_other_method_is_answered_with_those_that_are_allowed(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    wrong, documented = [], Document(app.openapi()).methods()
    for path in documented:
        filled = path.replace("{nip}", "1").replace("{scope}", "16.71").replace("{number}", "1")
        filled = filled.format_map(_Ids())
        # What is at /plans/setting is at /plans/{plan_id} as well.
        same = (one for one in documented if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), filled))
        allowed = set().union(*(documented[one] for one in same))
        for method in METHODS:
            if method in allowed:
                continue
            answer = await client.request(method, filled)
            named = {one.strip() for one in answer.headers.get("Allow", "").split(",")}
            if named != allowed or (method != "HEAD" and not told(answer, 405)) or answer.status_code != 405:
                wrong.append(f"{method} {path}: {answer.status_code} Allow: {named}, not {allowed}")
    assert wrong == []


class _Ids(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return str(new_id())


async def test_what_is_nowhere_is_said_in_both_languages(client: httpx.AsyncClient) -> None:
    for path in NOWHERE:
        indonesian = await client.get(path)
        assert told(indonesian, 404), f"{path}: {indonesian.status_code} {indonesian.text[:200]}"
        english = await client.get(path, headers={"Accept-Language": "en"})
        assert english.headers["content-language"] == "en"
        assert english.json()["detail"] != indonesian.json()["detail"]
