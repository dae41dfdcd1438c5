"""A town with a portal for the tests of a module, and a browser for those of the run."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from contracts.base import DEPLOYED, Role
from kinerja.stack.postgres import roles
from kit.db import Database
from kit.settings import Settings
from tests.portal.house import POLICY_OF_HOUSE, House, carrying, founder, housed
from tests.support.clock import SetClock
from tests.support.databases import Databases
from tests.support.emitted import relay_url
from tests.support.issuer import AUDIENCE, ISSUER, Issuer
from tests.workflows.conftest import TEST_SERVER
from tests.workflows.test_year import MORNING
from tests.workflows.year.town import living
from workflows import deadlines

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
OFFICES = {
    "walikota": Role.CITY_LEADER,
    "inspektur": Role.AUDITOR,
    "kominfo": Role.OPERATIONS,
    "provinsi": Role.PROVINCE,
}
"""Who is no civil servant of the town and signs in all the same."""
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(request: pytest.FixtureRequest) -> AsyncIterator[Browser | None]:
    """Chromium, unless the module says ``BROWSER = False``. Where there is none these tests are skipped; `.ci/run` installs
    it and does not run without.
    """
    if not getattr(request.module, "BROWSER", True):
        yield None
        return
    if CHROMIUM is None:
        pytest.skip("no Chromium here: deploy/chromium/fetch installs it")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        await started.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A town is founded before the first test of a module: on a busy machine that takes its time."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(600))


def _settings(database: Database, issuer: Issuer) -> Settings:
    return Settings(
        environment="test",
        database_url=database.engine.url.render_as_string(hide_password=False),
        relay_database_url=relay_url(database),
        oidc_issuer=ISSUER,
        oidc_audience=AUDIENCE,
        oidc_jwks=str(issuer.jwks),
        http_rate=0,
        http_failed_rate=0,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def empty_house(
    request: pytest.FixtureRequest, databases: Databases, issuer: Issuer, browser: Browser | None
) -> AsyncIterator[House]:
    """A town before its cycle: people and policy are there, the module's own if it names one as ``POLICY``."""
    clock = SetClock(MORNING)
    names = {one: databases.copy(one, f"house_{one}") for one in DEPLOYED}
    opened = {
        one: Database(databases.postgres.sqlalchemy_uri(name, roles(one)[1]), clock=clock, pool=10)
        for one, name in names.items()
    }
    settings = {one: _settings(database, issuer) for one, database in opened.items()}
    before, deadlines.LONGEST_SLEEP = deadlines.LONGEST_SLEEP, deadlines.LONGEST_SLEEP * 400
    started = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(TEST_SERVER), data_converter=pydantic_data_converter
    )
    async with (
        started as env,
        housed(env, opened, settings, clock, issuer, browser) as house,
        living(house.town),
        carrying(house.town),
    ):
        await house.town.found(founder(), getattr(request.module, "POLICY", POLICY_OF_HOUSE))
        yield house
    deadlines.LONGEST_SLEEP = before
    for one in opened.values():
        await one.close()
    for name in names.values():
        databases.drop(name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(empty_house: House) -> House:
    """The same once the cycle is open, on 3 December 2025: everybody owes the reading of the standard."""
    await empty_house.acts.open_cycle()
    await empty_house.town.until("2025-12-03")
    for name, role in OFFICES.items():
        await empty_house.declare(name, role)
    return empty_house
