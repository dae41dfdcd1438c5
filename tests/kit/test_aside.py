"""Work in a process aside: bounded in memory and time, without our secrets, and gone when nobody asks any more."""

import asyncio
import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import psutil
import pytest

from kit.aside.bounds import Bounds, Broken, Exhausted
from kit.aside.places import Places
from kit.aside.process import Part, aside
from kit.errors import NotReady

NAME = f"{__name__}:Work"


class Work:
    """What is asked of the process in these tests."""

    def sizes(self, about: Any, parts: Iterator[bytes]) -> Iterator[Any]:
        yield about
        for part in parts:
            yield len(part)

    def hoard(self, about: int, _: Iterator[bytes]) -> Iterator[Any]:
        yield len(bytearray(about))

    def turn(self, _: Any, __: Iterator[bytes]) -> Iterator[Any]:
        yield from (one for one in count() if one < 0)

    def wait(self, _: Any, __: Iterator[bytes]) -> Iterator[Any]:
        asyncio.run(asyncio.sleep(600))
        yield

    def flood(self, about: int, _: Iterator[bytes]) -> Iterator[Any]:
        yield from ("x" * 1000 for _ in range(about))

    def fail(self, about: str, _: Iterator[bytes]) -> Iterator[Any]:
        known: dict[str, str] = {}
        yield known[about]

    def surroundings(self, _: Any, __: Iterator[bytes]) -> Iterator[Any]:
        yield dict(os.environ)


async def _asked(method: str, about: object = None, *parts: Part, bounds: Bounds | None = None) -> list[Any]:
    async with aside(NAME, bounds or Bounds()) as process:
        return [one async for one in process.ask(method, about, *parts)]


async def test_a_question_with_large_parts_is_answered() -> None:
    parts = (Part.of(b"a" * 3_000_000), Part.of(b""), Part.of(b"\n\n="))
    assert await _asked("sizes", {"b": [1]}, *parts) == [{"b": [1]}, 3_000_000, 0, 3]


async def test_who_is_asked_twice_answers_twice() -> None:
    async with aside(NAME, Bounds()) as process:
        for number in range(2):
            assert [one async for one in process.ask("sizes", number)] == [number]


async def test_too_much_memory_is_told_and_less_is_enough() -> None:
    with pytest.raises(Exhausted, match="memory"):
        await _asked("hoard", 400_000_000, bounds=Bounds(memory=300_000_000))
    assert await _asked("hoard", 100_000_000, bounds=Bounds(memory=300_000_000)) == [100_000_000]


async def test_a_process_without_the_memory_to_begin_is_told_as_such() -> None:
    # Where it falls on another statement each time: loading a library, opening a directory, an object of Python's.
    for memory in range(20_000_000, 31_000_000, 1_000_000):
        with pytest.raises(Exhausted, match="memory"):
            await _asked("sizes", bounds=Bounds(memory=memory))


async def test_too_much_processor_time_ends_the_process() -> None:
    with pytest.raises(Exhausted, match="time"):
        await _asked("turn", bounds=Bounds(seconds=1))


async def test_nobody_waits_for_ever_for_a_process_that_does_nothing() -> None:
    with pytest.raises(Exhausted, match="time"):
        await _asked("wait", bounds=Bounds(patience=1))


async def test_nobody_takes_in_an_endless_answer() -> None:
    with pytest.raises(Exhausted, match="memory"):
        await _asked("flood", 1_000_000, bounds=Bounds(answer=500_000))


async def test_an_error_is_told_without_what_it_says() -> None:
    with pytest.raises(Broken, match="KeyError in ") as raised:
        await _asked("fail", "Siti Aminah")
    assert "Siti" not in str(raised.value)


async def test_the_process_has_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_DATABASE_URL", "postgresql://secret")
    [seen] = await _asked("surroundings")
    assert not any("KINERJA" in name or "secret" in value for name, value in seen.items())


async def test_the_process_is_gone_when_nobody_asks_any_more() -> None:
    async with aside(NAME, Bounds()) as process:
        pid = process.pid
        asking = asyncio.ensure_future(anext(process.ask("turn", None)))
        await asyncio.sleep(0.1)
        asking.cancel()
    assert not psutil.pid_exists(pid)


async def test_two_of_one_city_leave_places_to_others_and_one_more_is_told_to_come_again() -> None:
    places = Places(3, each=2, patience=0.05)
    async with places.one("16.71"), places.one("16.71"):
        with pytest.raises(NotReady):
            async with places.one("16.71"):
                pytest.fail("a third of one city")
        async with places.one("14.72"):
            with pytest.raises(NotReady):
                async with places.one("12.75"):
                    pytest.fail("a fourth of all")
    async with places.one("16.71"), places.one("16.71"), places.one("14.72"):
        pass
