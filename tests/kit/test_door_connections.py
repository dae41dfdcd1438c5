"""Connections that keep a server waiting: each is told so and closed, and everybody else is answered meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from kinerja.stack.ports import HOST
from kit.settings import Settings
from tests.support.sending import get, opened, read, serving

ENDLESS = b"POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 209715200\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers without reading what was sent, as a refusal does; ``/large`` answers at length."""
    if scope["type"] == "lifespan":
        for kind in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{kind}.complete"})
        return
    text = "x" * 20_000_000 if scope["path"] == "/large" else "here"
    await PlainTextResponse(text, 403 if scope["path"] == "/refused" else 200)(scope, receive, send)


def limits(**given: object) -> Settings:
    """Short, so that a test need not wait; what is given wins."""
    short = {"http_head_seconds": 0.5, "http_write_seconds": 0.5}
    return Settings(environment="test").model_copy(update=short | given)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async with serving(app, limits()) as made:
        yield made


async def test_headers_that_do_not_end_are_told_so_and_closed(port: int) -> None:
    async with opened(port) as (reader, writer):
        writer.write(b"GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        answer = await read(reader)
        assert (answer.status, answer.problem["type"]) == (408, "https://kinerja.id/problems/too-slow")
        assert "kirim sekaligus" in answer.problem["detail"]
        assert "send them at once" in answer.problem["detail"]
        assert (answer.headers["x-content-type-options"], answer.headers["cache-control"]) == ("nosniff", "no-store")
        assert await reader.read() == b""


async def test_bytes_that_dribble_win_no_time(port: int) -> None:
    async with opened(port) as (reader, writer):
        writer.write(b"GET /health/live HTTP/1.1\r\nX-Slow: ")

        async def dribble() -> None:
            while True:
                writer.write(b"a")
                await asyncio.sleep(0.02)

        dribbling = asyncio.create_task(dribble())
        try:
            assert (await read(reader)).status == 408
        finally:
            dribbling.cancel()


async def test_whoever_says_nothing_at_all_is_closed(port: int) -> None:
    async with opened(port) as (reader, _):
        assert await reader.read() == b""


async def test_a_second_request_on_a_connection_must_get_on_as_well(port: int) -> None:
    async with opened(port) as (reader, writer):
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await read(reader)).status == 200
        writer.write(b"GET / HTTP/1.1\r\nHo")
        assert (await read(reader)).status == 408
        assert await reader.read() == b""


async def test_headers_without_end_are_not_kept() -> None:
    settings = limits(http_head_bytes=8_000, http_head_seconds=30)
    async with serving(app, settings) as port, opened(port) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (at, b"y" * 80) for at in range(200)))
        answer = await read(reader)
        assert (answer.status, answer.problem["type"]) == (431, "https://kinerja.id/problems/head-too-large")


async def test_what_is_no_request_is_told_so_as_a_problem(port: int) -> None:
    async with opened(port) as (reader, writer):
        writer.write(b"\x16\x03\x01\x02\x00\x01 hello\r\n\r\n")
        answer = await read(reader)
        assert (answer.status, answer.problem["type"]) == (400, "https://kinerja.id/problems/malformed")


async def test_where_all_seats_are_taken_whoever_has_waited_longest_gives_way() -> None:
    async with serving(app, limits(http_connections=5, http_head_seconds=60)) as port, AsyncExitStack() as held:
        waiting = [await held.enter_async_context(opened(port)) for _ in range(40)]
        for _, writer in waiting:
            writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
        assert (await get(port)).status == 200
        first, last = waiting[0][0], waiting[-1][0]
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await first.readexactly(1)
        assert not last.at_eof()


async def _pour(port: int) -> int:
    """Send 200 MB after the headers for as long as somebody takes them; the bytes that went out."""
    async with opened(port) as (reader, writer):
        writer.write(ENDLESS)
        assert (await read(reader)).status == 403
        sent, piece = 0, bytes(100_000)
        try:
            while sent < 209_715_200:
                writer.write(piece)
                await writer.drain()
                sent += len(piece)
        except ConnectionError:
            pass
        return sent


async def test_a_body_that_nobody_reads_is_not_taken_to_its_end(port: int) -> None:
    assert await _pour(port) < 50_000_000  # what lies in buffers of the kernel counts as sent


async def test_a_small_body_that_nobody_reads_costs_nobody_the_connection(port: int) -> None:
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}") as client:
        for _ in range(3):
            assert (await client.post("/refused", content=bytes(1_000_000))).status_code == 403


async def test_the_rest_of_an_answered_request_is_not_awaited_for_ever(port: int) -> None:
    async with opened(port) as (reader, writer):
        writer.write(ENDLESS + b"only this")
        assert (await read(reader)).status == 403
        assert await reader.read() == b""


async def test_whoever_never_reads_an_answer_is_cut_off(port: int) -> None:
    async with opened(port) as (reader, writer):
        writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        await asyncio.sleep(2.5)  # 0.5 s are given; the watch looks twice a second
        got = 0
        with suppress(ConnectionError):
            while piece := await reader.read(100_000):
                got += len(piece)
        assert got < 20_000_000
        assert (await get(port)).status == 200


async def test_whoever_reads_slowly_gets_all_of_it(port: int) -> None:
    async with opened(port) as (reader, writer):
        writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        read_so_far = 0
        while read_so_far < 20_000_000:
            piece = await reader.read(1_000_000)
            assert piece, f"cut off after {read_so_far} bytes"
            read_so_far += len(piece)
            await asyncio.sleep(0.02)
