"""`kinerja demo --watch`: a person takes over one simulated civil servant at the portal, and the play goes on around them."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import jwt
import pytest

from kinerja.demo.calendar import tempo
from kinerja.demo.crowd import Crowd
from kinerja.demo.http import Apis
from kinerja.demo.people import Habit, Person
from kinerja.demo.performance import Performance
from kinerja.demo.stage import rehearse
from kinerja.demo.staging import Staging
from kinerja.places import place_named
from kinerja.stack.stack import LocalStack
from tests.support.aside import Aside

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(900)]
SECONDS = 100.0
PATIENCE_SECONDS = 240.0
"""Of the wall, for each thing that is waited for; on a quiet machine it is there within some ten."""
STANDARD, PLAN = "ACKNOWLEDGE_STANDARD", "PROPOSE_PLAN"
ACKNOWLEDGED = "id.kinerja.feedback.standard-acknowledged.v1"


@dataclass
class Watched:
    """A performance of one place in which somebody sits at a browser."""

    performance: Performance
    player: Person
    browser: httpx2.AsyncClient
    written: Counter[UUID] = field(default_factory=Counter)
    """What the play wrote, by the person in whose name."""

    @property
    def crowd(self) -> Crowd:
        """Everybody of the place's city."""
        return self.performance.director.crowds[self.player.city]

    def owed(self, kind: str, who: UUID | None = None) -> dict[str, Any] | None:
        """What somebody, or else the player, owes or owed of one kind, as the feed last told it."""
        rows = [one for one in self.crowd.obligations.values() if one["kind"] == kind]
        return next((one for one in rows if one["debtor_id"] == str(who or self.player.id)), None)

    async def until(self, seen: Callable[[], bool]) -> None:
        """Wait while the play goes on; raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not seen():  # noqa: ASYNC110 - the play has no event for it
                await asyncio.sleep(0.2)

    async def page(self, path: str, link: str) -> str:
        """The page once it has what is looked for; copies arrive a moment after the event."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while link not in (text := (await self.browser.get(path)).text):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        return text


@pytest.fixture
def stack(aside: Aside, tmp_path: Path) -> LocalStack:
    """Not started yet."""
    return LocalStack(tmp_path, tempo=tempo(SECONDS), hold=0, durable=False, fetch_wait_ms=200)


def test_whoever_is_taken_over_acts_at_the_portal_and_the_play_does_nothing_in_his_or_her_place(
    aside: Aside, stack: LocalStack
) -> None:
    aside.run(stack.start())
    try:
        aside.run(_lived(stack), seconds=800)
    finally:
        aside.run(stack.stop())


async def _lived(stack: LocalStack) -> None:
    async with _watching(stack) as watched:
        standard = f"/standar/{watched.performance.director.scenes[0].cycle_id}"
        assert standard in await watched.page("/", standard)
        form = await watched.page(standard, 'name="form_id"')
        fields = {name: _field(form, name) for name in ("csrf", "form_id")}
        for _ in range(2):  # somebody presses twice
            answer = await watched.browser.post(f"{standard}/baca", data=fields)
            assert answer.status_code == 200, answer.text
        await watched.until(lambda: (watched.owed(STANDARD) or {}).get("state") == "DONE")
        assert f'href="{standard}"' not in (await watched.browser.get("/")).text
        # The play goes on: whoever is as early as the player would have been has read the standard and proposed a plan.
        await watched.until(lambda: _past(watched, PLAN))
        await watched.until(lambda: all(_done(watched, kind) for kind in (STANDARD, PLAN)))
        assert watched.written[watched.player.id] == 0
        assert len(watched.written) > 10
        plan = watched.owed(PLAN)
        assert plan is not None
        assert plan["state"] == "OPEN"
        assert await _told(watched) == {ACKNOWLEDGED: 1}


@asynccontextmanager
async def _watching(stack: LocalStack) -> AsyncIterator[Watched]:
    """The play of one place runs; before it began somebody has signed in as one who would do everything early."""
    performance = Performance(stack, Staging((place_named("dumai"),), seconds=SECONDS, all_places=False, watch=True))
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    portal = stack.urls["portal"]
    async with httpx2.AsyncClient(base_url=portal, follow_redirects=True, cookies=jar, timeout=60) as browser:
        async with stack.clock.standing():
            await rehearse(performance.apis, performance.director, performance.staging)
            [crowd] = performance.director.crowds.values()
            watched = Watched(performance, _early(crowd), browser)
            _listen(performance.apis, watched.written)
            await _sign_in(browser, watched.player)
        assert performance.players.play(watched.player)
        playing = asyncio.create_task(performance.play())
        try:
            yield watched
            assert not playing.done()
        finally:
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing
            await performance.apis.close()


def _early(crowd: Crowd) -> Person:
    """Whom the play would let act within the first third of the time for everything."""
    early = [one for one in crowd.people.values() if one.habit is Habit.EARLY and one.nip and not one.roles]
    return min(early, key=lambda one: one.nip)


def _listen(apis: Apis, written: Counter[UUID]) -> None:
    """Count what is written through these APIs, and in whose name; every call still goes to the service."""
    call = apis.call

    async def counted(method: str, service: str, path: str, *, token: str, body: Any = None, **query: Any) -> Any:
        if method != "GET":
            written[UUID(jwt.decode(token, options={"verify_signature": False})["sub"])] += 1
        return await call(method, service, path, token=token, body=body, **query)

    apis.call = counted  # type: ignore[method-assign]


async def _sign_in(browser: httpx2.AsyncClient, player: Person) -> None:
    """To the page, to the issuer, pick the person, and back."""
    listed = await browser.get("/")
    asked = dict(listed.url.params) | {"sub": str(player.id), "city": player.city, "name": player.name}
    arrived = await browser.post(str(listed.url.copy_with(query=None)), data=asked)
    assert arrived.status_code == 200, arrived.text
    assert str(arrived.url).startswith(str(browser.base_url)), arrived.url


def _field(page: str, name: str) -> str:
    return str(re.findall(rf'name="{name}" value="([^"]+)"', page)[0])


def _past(watched: Watched, kind: str) -> bool:
    """Half of the player's time is over: the play would have acted within the first third."""
    if (row := watched.owed(kind)) is None:
        return False
    opened, due = (datetime.fromisoformat(row[name]) for name in ("opened_at", "due_at"))
    half: timedelta = (due - opened) / 2
    return watched.performance.clock.now() > opened + half


def _done(watched: Watched, kind: str) -> bool:
    """Whether some who are no more punctual than the player have done theirs."""
    rows = [one for one in watched.crowd.obligations.values() if one["kind"] == kind and one["state"] == "DONE"]
    return len([one for one in rows if one["debtor_id"] != str(watched.player.id)]) > 3


async def _told(watched: Watched) -> Counter[str]:
    """What the journals of all services say that the player did, by type: the auditor of the city reads them whole."""
    apis, city, found = watched.performance.apis, watched.player.city, Counter[str]()
    office = watched.performance.director.office_token(city)
    held = await apis.pages("registry", "/office-holders", token=office)
    auditor = next(UUID(one["person_id"]) for one in held if one["role"] == "AUDITOR")
    token = apis.token(auditor, city, ("AUDITOR",))
    for service in ("registry", "plans", "evaluation", "feedback"):
        lines = await apis.pages(service, "/journal", token=token)
        found += Counter(one["type"] for one in lines if one["actor"] == str(watched.player.id))
    return found
