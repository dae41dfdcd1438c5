"""A service that is started anew is waited for, whatever was to be asked; one that stays away is told of at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from kinerja.stack.ports import HOST, choose
from kit.errors import Busy
from services.portal.upstream import absence
from services.portal.upstream.absence import Absences
from services.portal.upstream.services import Asking, Services

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


class Service:
    """Answers everything, and remembers what it was asked; nobody listens until it is started."""

    def __init__(self, port: int) -> None:
        self.port, self.asked = port, list[bytes]()

    @asynccontextmanager
    async def started(self, after: float = 0) -> AsyncIterator[None]:
        async def start() -> asyncio.Server:
            await asyncio.sleep(after)
            return await asyncio.start_server(self._answer, HOST, self.port)

        starting = asyncio.create_task(start())
        yield
        (await starting).close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.asked.append((await reader.readline()).split()[0])
        writer.write(ANSWER)
        await writer.drain()
        writer.close()


@pytest.fixture
def plans() -> Service:
    return Service(choose(["absent-plans"], {})["absent-plans"])


@pytest.fixture
async def asking(plans: Service) -> AsyncIterator[Asking]:
    services = Services({"plans": f"http://{HOST}:{plans.port}"})
    yield Asking(services, "token", "id")
    await services.close()


async def test_a_service_that_is_started_anew_is_waited_for_and_asked_once(plans: Service, asking: Asking) -> None:
    async with plans.started(after=0.5):
        await asyncio.gather(asking.get("plans", "/plans"), asking.post("plans", "/plans", {"a": 1}))
    assert sorted(plans.asked) == [b"GET", b"POST"]


async def test_one_that_stays_away_is_waited_for_once_and_then_told_of_at_once(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(absence, "PATIENCE_SECONDS", 0.5)
    loop = asyncio.get_running_loop()
    took = []
    for _ in range(3):
        began = loop.time()
        with pytest.raises(Busy):
            await asking.get("plans", "/plans")
        took.append(loop.time() - began)
    assert took[0] >= 0.5
    assert max(took[1:]) < 0.5


def test_an_absence_ends_with_an_answer_or_is_forgotten() -> None:
    now = 0.0
    absences = Absences(lambda: now)
    assert absences.is_short("plans")
    now = absence.PATIENCE_SECONDS
    assert not absences.is_short("plans")
    assert absences.is_short("feedback"), "each service has its own"
    absences.over("plans")
    assert absences.is_short("plans")
    now += absence.PATIENCE_SECONDS
    assert not absences.is_short("plans")
    now += 3_600
    assert absences.is_short("plans"), "what was an hour ago may have been another absence"
