"""Moments of a gateway at which whoever asks is killed: chosen by the test, and not by a clock."""

import asyncio
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE_SECONDS = 60.0


@dataclass(eq=False)
class Moment:
    """The ``nth`` request from now on whose address holds ``path``: before anything is done, or done and not answered."""

    path: str
    nth: int
    done: bool
    _reached: asyncio.Event = field(default_factory=asyncio.Event)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    def counts(self, path: str) -> bool:
        """Whether it is this request."""
        self.nth -= self.path in path
        return self.path in path and self.nth == 0

    async def hold(self) -> None:
        """Keep the request where it is."""
        self._reached.set()
        await self._over.wait()

    async def reached(self) -> None:
        """Wait until it comes; the request stands still."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._reached.wait()

    def end(self) -> None:
        """The request goes on, whoever still listens."""
        self._over.set()


class Moments:
    """Stands before the gateway."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._awaited: list[Moment] = []
        self._asked = 0

    def await_(self, moment: Moment) -> Moment:
        """Wait for it from now on."""
        self._awaited.append(moment)
        return moment

    async def quiet(self) -> None:
        """Wait until nothing is being done any more."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self._asked:  # noqa: ASYNC110 - it notifies nobody
                await asyncio.sleep(0.01)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        whole = await receive()  # what has arrived is done, whoever is killed now
        held = [one for one in self._awaited if one.counts(scope["path"])]

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._hold(held, done=True)
            await send(message)

        self._asked += 1
        try:
            await self._hold(held, done=False)
            await self._app(scope, _after(whole, receive), answer)
        finally:
            self._asked -= 1

    async def _hold(self, held: list[Moment], *, done: bool) -> None:
        for one in held:
            if one.done is done:
                await one.hold()


def _after(first: Message, then: Receive) -> Receive:
    came = [first]

    async def receive() -> Message:
        return came.pop() if came else await then()

    return receive
