"""Somebody on the telephone reads out the number of a page; a message that nobody could take is sent again when it is mended."""

import asyncio
import json
import re
from collections.abc import Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import asyncpg
import httpx2
import pytest

from contracts.registry.units import UnitRecorded
from kinerja.stack.migrate import ROOT
from kinerja.stack.postgres import database_of
from kinerja.stack.stack import LocalStack
from tests.bus import letters
from tests.bus.poison import POISON, good
from tests.operations.terminal import Terminal
from tests.portal.tasks import OPERATIONS
from tests.support.aside import Aside

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(300)]
CITY, CITY_NAME = "14.72", "dumai"
SERVICES = ("registry", "portal")
MOVES = "/pengelola/perpindahan"
UNIT = "select name from directory_units where id = $1"


@pytest.fixture(scope="module")
def stack(aside: Aside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """The portal and the registry, with Dumai in it."""
    stack = LocalStack(tmp_path_factory.mktemp("complaints"), services=SERVICES, durable=False)
    aside.run(stack.start(), seconds=120)
    try:
        aside.run(Terminal(stack.state.root).run("import", f"{ROOT}/deploy/cities/{CITY_NAME}"))
        yield stack
    finally:
        aside.run(stack.stop())


def _browser(stack: LocalStack) -> httpx2.AsyncClient:
    """As a browser does on its own machine: cookies that are Secure go to a loopback address."""
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    return httpx2.AsyncClient(base_url=stack.urls["portal"], follow_redirects=True, cookies=jar, timeout=60)


async def _sign_in(stack: LocalStack, client: httpx2.AsyncClient) -> None:
    """As the first of the city's performance office who is listed."""
    listed = await client.get("/")
    people = [one for one in listed.text.split("<li>") if "PERFORMANCE_OFFICE" in one]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', people[0]))
    await client.post(f"{stack.urls['sign-in']}/authorize", data=dict(listed.url.params) | fields)


def _number(page: str) -> str:
    """As the person reads it out."""
    (number,) = re.findall(r'<strong id="number">([0-9a-f]{8})</strong>', page)
    return str(number)


async def test_a_complaint_is_followed_by_the_number_on_its_page(stack: LocalStack) -> None:
    at = Terminal(stack.state.root)
    async with _browser(stack) as client:
        await _sign_in(stack, client)
        refused = await client.get(MOVES, params={"lanjut": "an old bookmark"})
        assert refused.status_code == 422, refused.text
        said = await at.run("events", "follow", _number(refused.text).upper())
        at.within(OPERATIONS, "complaint")
        assert re.search(r"registry-api info: refused .*route=/v1/moves .*status=422 .*kind=invalid", said), said
        assert re.search(rf"portal-api info: error page .*route={MOVES} .*status=422", said), said
        assert said.index("registry-api") < said.index("portal-api"), "oldest first"
        ours = [line for line in said.splitlines() if "error page" in line]
        assert len(ours) == 1, "nobody else's complaint"
        missing = await client.get("/tidak-ada")
    async with _browser(stack) as stranger:
        unknown = await stranger.get("/tidak-ada")
    numbers = {_number(page.text) for page in (refused, missing, unknown)}
    assert len(numbers) == 3, "each request has its own"
    for page in (missing, unknown):
        assert "portal-api info: error page" in await at.run("events", "follow", _number(page.text))
    assert "nothing is known of 00000000" in await at.run("events", "follow", "00000000", code=1)


async def test_a_dead_letter_is_found_and_sent_again_in_two_commands(stack: LocalStack, tmp_path: Path) -> None:
    fine = good(UnitRecorded)
    await letters.send(stack.kafka, [POISON["no JSON"](fine)])
    await _until_dead(stack)
    mended = tmp_path / "mended.json"
    mended.write_bytes(fine.value or b"")
    at = Terminal(stack.state.root)
    listed = await at.run("events", "dead", "portal")
    (number,) = re.findall(r"^\W*portal\W+(\d+)\b", listed, re.MULTILINE)
    said = await at.run("events", "revive", "portal", number, "--body", str(mended))
    at.within(OPERATIONS, "dead letters")
    assert "sent to registry again" in said
    unit = json.loads(mended.read_text())
    async with asyncio.timeout(60):
        while await _unit(stack, unit["unit_id"]) != unit["name"]:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.2)
    assert "nothing was set aside" in await at.run("events", "dead", "portal")


async def _until_dead(stack: LocalStack) -> None:
    async with asyncio.timeout(60):
        while not await letters.dead(stack.kafka, "portal"):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.2)


async def _unit(stack: LocalStack, unit_id: str) -> str | None:
    connection = await asyncpg.connect(stack.postgres.uri(database_of("portal")))
    try:
        found: str | None = await connection.fetchval(UNIT, unit_id)
        return found
    finally:
        await connection.close()
