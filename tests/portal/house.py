"""A town whose portal really works: its services behind it, an issuer with pages, and browsers that people sit at."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx2
import uvicorn
from cryptography.fernet import Fernet
from fastapi import FastAPI
from playwright.async_api import Browser, BrowserContext, Page
from temporalio.testing import WorkflowEnvironment

from contracts.base import SERVICES, Role, new_id
from kinerja.sign_in.app import Client as PortalClient
from kinerja.sign_in.app import Signer, build
from kinerja.sign_in.people import Sample
from kinerja.stack.ports import HOST, choose
from kit.actor import Actor
from kit.db import Database
from kit.settings import Settings
from services.portal import api as portal
from services.portal.settings import PortalSettings
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.issuer import AUDIENCE, ISSUER, Issuer
from tests.workflows.year.acts import Acts
from tests.workflows.year.place import CITY, POLICY, ROLES, WIB
from tests.workflows.year.town import Town

CARRY_SECONDS = 0.05
SECRET = "rahasia"
_STRETCH = timedelta(days=7)
POLICY_OF_HOUSE = POLICY.replace("features: {", "features: {daily_log: true, ")
"""As in the year of the workflows, and a daily log is kept."""


@dataclass
class House:
    """The town, its doors, and who may come in."""

    town: Town
    acts: Acts
    portal: FastAPI
    portal_url: str
    issuer_url: str
    browser: Browser | None
    door: "Door"
    """The portal's: a test may shut it for a while."""
    others: list[Sample] = field(default_factory=list)
    """People who are no civil servants of the town: leaders, auditors, an official of the province."""

    async def people(self, text: str) -> Sequence[Sample]:
        """Whom the issuer's page lists."""
        own = [Sample(one, CITY, name, "", tuple(ROLES.get(name, ()))) for one, name in self.town.diary.names.items()]
        return [one for one in (*own, *self.others) if text in one.name]

    async def declare(self, name: str, role: Role) -> None:
        """The office declares an account with a role, from today on; it may then sign in by its name."""
        today = self.town.clock.now().astimezone(WIB).date().isoformat()
        about = {"role": role.value, "name": name, "from": today, "reason": "Penunjukan untuk uji"}
        told = await self.acts.post("petugas", "registry", "/office-holders", about)
        await self.town.changes_take_effect()
        city = CITY if role is not Role.PROVINCE else f"{CITY[:2]}.00"
        self.others.append(Sample(told["person_id"], city, name, "", (role.value,)))

    @asynccontextmanager
    async def seat(self, **options: Any) -> AsyncIterator[BrowserContext]:
        """A browser of its own: nothing of another's cookies."""
        assert self.browser is not None
        context = await self.browser.new_context(base_url=self.portal_url, locale="id-ID", **options)
        context.set_default_timeout(20_000)
        yield context
        await context.close()

    @asynccontextmanager
    async def seated(self, who: str, path: str = "/", *, finally_at: str = "", **options: Any) -> AsyncIterator[Page]:
        """A browser in which somebody has signed in, at a page; ``finally_at`` begins the path where that one leads."""
        async with self.seat(**options) as context:
            page = await context.new_page()
            await self.sign_in(page, who, path, finally_at=finally_at)
            yield page

    async def sign_in(self, page: Page, who: str, path: str = "/", *, finally_at: str = "") -> None:
        """The whole way: to the page, to the issuer, pick, and back."""
        await page.goto(path)
        await page.get_by_role("button", name=who, exact=True).click()
        if path == "/" and not finally_at:  # who is no civil servant begins elsewhere
            await page.wait_for_url(f"{self.portal_url}/**")
        else:
            await page.wait_for_url(f"{self.portal_url}{finally_at}**" if finally_at else f"{self.portal_url}{path}")

    async def sign_in_again(self, page: Page, who: str, path: str = "/") -> None:
        """To the page; through the issuer where the browser is no longer signed in."""
        await page.goto(path)
        if not page.url.startswith(self.portal_url):
            await page.get_by_role("button", name=who, exact=True).click()
            await page.wait_for_url(f"{self.portal_url}{path}")

    @asynccontextmanager
    async def visitor(self, who: str) -> AsyncIterator[httpx2.AsyncClient]:
        """Somebody signed in without a browser: requests alone, cookies kept."""
        # As a browser does on its own machine: cookies that are Secure go to a loopback address.
        jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        async with httpx2.AsyncClient(
            base_url=self.portal_url, follow_redirects=True, cookies=jar, timeout=60
        ) as client:
            listed = await client.get("/")
            sample = next(one for one in await self.people(who) if one.name == who)
            asked = dict(listed.url.params) | {"sub": str(sample.sub), "city": sample.city, "name": sample.name}
            await client.post(f"{self.issuer_url}/authorize", data=asked)
            yield client


@asynccontextmanager
async def housed(
    env: WorkflowEnvironment,
    databases: Mapping[str, Database],
    settings: Mapping[str, Settings],
    clock: SetClock,
    issuer: Issuer,
    browser: Browser | None,
) -> AsyncIterator[House]:
    """The town is founded; its portal and its issuer answer on ports of their own."""
    ports = choose(["house-portal", "house-issuer"], {})
    portal_url, issuer_url = (f"http://{HOST}:{port}" for port in ports.values())
    town = Town(env, clock, dict(databases))
    apis = {name: api_of(name, settings[name], databases[name]) for name in SERVICES}
    clients = {name: Client(api, issuer) for name, api in apis.items()}
    own = PortalSettings(
        **settings["portal"].model_dump(exclude_unset=True)
        | {
            "portal_url": portal_url,
            "portal_services": "{" + ", ".join(f'"{name}": "http://{name}"' for name in SERVICES) + "}",
            "portal_client_secret": SECRET,
            "portal_discovery": f"{issuer_url}/.well-known/openid-configuration",
            "portal_keys": Fernet.generate_key().decode(),
        }
    )
    transports = {name: httpx2.ASGITransport(app=api) for name, api in apis.items()}
    app = portal.build(own, databases["portal"], transports)
    doors = [Door(app, ports["house-portal"])]
    house = House(town, Acts(town, clients), app, portal_url, issuer_url, browser, doors[0])
    client = PortalClient("portal", SECRET, (f"{portal_url}/masuk/kembali",))
    pages = build(Signer(ISSUER, AUDIENCE, issuer.sign), client, house.people, issuer.jwks)
    doors.append(Door(pages, ports["house-issuer"]))
    for one in doors:
        await one.open()
    yield house
    for one in doors:
        await one.shut()
    for client_ in clients.values():
        await client_.aclose()


class Door:
    """An application on a port: opened, shut in the middle of whatever it does, and opened again."""

    def __init__(self, app: FastAPI, port: int) -> None:
        self._app, self._port = app, port
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Answer from now on."""
        if self._server is not None:
            return
        config = uvicorn.Config(self._app, host=HOST, port=self._port, log_config=None, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server._serve())
        while not self._server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.02)

    async def shut(self) -> None:
        """Nobody answers; requests under way get no answer."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = self._server.force_exit = True
        await self._serving
        self._server = self._serving = None


@asynccontextmanager
async def carrying(town: Town) -> AsyncIterator[None]:
    """What people do in a browser is carried to all services a moment later, as the bus would do it."""

    async def carry() -> None:
        while True:
            await town.deliver()
            await asyncio.sleep(CARRY_SECONDS)

    task = asyncio.create_task(carry())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def pass_until(house: House, day: str) -> None:
    """Let many months pass, in stretches: the test server skips each within one call, whatever else the machine does."""
    wanted, town = date.fromisoformat(day), house.town
    while (here := town.clock.now().astimezone(WIB).date()) < wanted:
        await town.until(min(here + _STRETCH, wanted).isoformat())


def founder() -> Actor:
    """Who brings the first files."""
    return Actor(new_id(), CITY, frozenset({Role.PERFORMANCE_OFFICE}))
