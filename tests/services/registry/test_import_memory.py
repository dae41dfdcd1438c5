"""The process that answers stays small whatever is sent: a real one, its memory compared with what it has at rest."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import psutil
import pytest

from contracts.base import Role
from kinerja.stack.ports import HOST, choose
from kit.db import Database
from tests.conftest import SettingsOf
from tests.services.registry.place_files import HEADER, OFFICE, SEKDA, UNITS, person, small
from tests.support.hostile_files import many_styles, short_lines, unknown_keys, wide_and_far, wide_header
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected
_MOST = 250_000_000
"""Bytes that each process may have at any moment."""


@asynccontextmanager
async def _serving(database: Database, settings: SettingsOf) -> AsyncIterator[tuple[str, psutil.Process]]:
    port = choose(["registry-api"], {})["registry-api"]
    given = settings(database).model_dump(
        include={"environment", "database_url", "oidc_issuer", "oidc_audience", "oidc_jwks", "smtp_tls"}
    )
    variables = {f"KINERJA_{name.upper()}": str(value) for name, value in given.items()} | {
        "KINERJA_HTTP_PORT": str(port)
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.registry", "api"),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **variables},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield f"http://{HOST}:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


async def _ready(http: httpx.AsyncClient) -> None:
    for _ in range(600):
        try:
            if (await http.get("/health/live")).is_success:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise TimeoutError("the registry does not answer")


def _many(count: int) -> dict[str, bytes]:
    """A city of so many people, all rated by the first."""
    people = (
        person(
            f"{1960 + n % 40}{1 + n // 40 % 12:02}{1 + n // 480 % 28:02}199003{1 + n // 13_440}{n % 999 + 1:03}",
            f"P{n} X",
            SEKDA,
        )
        for n in range(count)
    )
    top = person(SEKDA, "Sekda Satu", unit="16.71.SETDA", head="yes")
    return small(servants=HEADER + top + "".join(people), units=UNITS)


async def test_hostile_files_cost_the_answering_process_no_more_than_an_honest_one(
    registry_db: Database, settings_of: SettingsOf, issuer: Issuer
) -> None:
    hostile = {
        "servants.xlsx": (wide_and_far, lambda: many_styles(50_000)),
        "servants.csv": (wide_header, lambda: short_lines(20_000_000)),
        "policy.yaml": (lambda: unknown_keys(60_000), lambda: unknown_keys(3_300)),
    }
    headers = issuer.header(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    async with (
        _serving(registry_db, settings_of) as (url, process),
        httpx.AsyncClient(base_url=url, timeout=300) as http,
    ):
        await _ready(http)
        rest = peak = process.memory_info().rss

        async def watch() -> None:
            nonlocal peak
            while True:
                peak = max(peak, process.memory_info().rss)
                await asyncio.sleep(0.02)

        watching = asyncio.create_task(watch())
        honest = await _sent(http, _many(3_000), headers)
        assert honest.status_code == 201, honest.text
        for name, makers in hostile.items():
            for make in makers:
                refused = await _sent(http, {name: make()}, headers)
                assert refused.status_code == 422, refused.text
                assert (await http.get("/health/live")).is_success
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    assert peak < _MOST
    assert peak < 2.4 * rest


async def _sent(http: httpx.AsyncClient, files: dict[str, bytes], headers: dict[str, str]) -> httpx.Response:
    return await http.post("/v1/imports", files=[("files", one) for one in files.items()], headers=headers)
