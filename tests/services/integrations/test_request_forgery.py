"""Addresses by which somebody outside would reach what lies inside: nobody is connected to, by a socket that listens."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Sequence

import httpx2
import pytest

from kit.errors import Invalid
from services.integrations.endpoints.rules.addresses import Target, target
from services.integrations.outgoing import Outgoing
from tests.services.integrations.receivers import Receiver, receiver

NAMES = {
    "rebinding.example": ["1.1.1.1", "127.0.0.1"],
    "inside.example": ["127.0.0.1"],
    "inside6.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "private.example": ["10.1.2.3"],
    "metadata.example": ["169.254.169.254"],
    "translated.example": ["64:ff9b::7f00:1"],
    "nobody.example": [],
}
FORGED = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0.0.0.0/",
    "https://localhost/",
    "https://localhost./",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[fe80::1%25lo]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/",
    "https://192.168.0.1/",
    "https://user@127.0.0.1/",
    "https://127.0.0.1@localhost/",
    "http://127.0.0.1/",
    "https://127.0.0.1:5432/",
    "gopher://127.0.0.1/",
    "https://１２７.0.0.1/",  # noqa: RUF001 - digits of another script
    *(f"https://{name}/" for name in NAMES),
]


@pytest.fixture
async def listening() -> AsyncIterator[Receiver]:
    """On every address of this machine, of both kinds."""
    made = Receiver()
    await made.start(socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True))
    yield made
    await made.stop()


async def resolve(host: str) -> Sequence[str]:
    if host in NAMES:
        return NAMES[host]
    found = await asyncio.get_running_loop().getaddrinfo(host, None)
    return [str(one[4][0]) for one in found]


async def _tried(outgoing: Outgoing, url: str) -> str | None:
    """Why nothing was sent; None if something was answered."""
    try:
        where = target(url)
    except Invalid as error:
        return error.en
    answer = await outgoing.post(where, b"{}", {})
    return None if answer.status is not None else answer.error


async def test_no_forged_address_is_connected_to(listening: Receiver) -> None:
    outgoing = Outgoing(resolve=resolve, port=listening.port, seconds=3)
    assert len(FORGED) >= 20
    for url in FORGED:
        assert await _tried(outgoing, url), url
    await asyncio.sleep(0.1)
    assert listening.connections == 0
    _, writer = await asyncio.open_connection("127.0.0.1", listening.port)  # it does listen
    writer.close()
    await asyncio.sleep(0.1)
    assert listening.connections == 1
    await outgoing.close()


async def test_a_redirect_is_followed_nowhere() -> None:
    outgoing = Outgoing(seconds=3)
    async with receiver() as inside:
        more = f"location: {inside.url}\r\n"
        for answer in ("301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"):
            async with receiver(answer=answer, more=more) as there:
                found = await outgoing.post(target(there.url, local=True), b"{}", {})
                assert (found.status, there.connections) == (int(answer[:3]), 1)
        assert inside.connections == 0
    await outgoing.close()


async def test_the_name_is_asked_once_and_its_address_kept() -> None:
    asked: list[str] = []

    async def changing(host: str) -> Sequence[str]:
        asked.append(host)
        return ["1.1.1.1"] if len(asked) == 1 else ["127.0.0.1"]

    sent: list[httpx2.Request] = []

    def take(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(204, stream=httpx2.ByteStream(b""))

    outgoing = Outgoing(resolve=changing)
    outgoing._client = httpx2.AsyncClient(transport=httpx2.MockTransport(take))
    found = await outgoing.post(target("https://example.go.id/hooks?a=1"), b"{}", {})
    assert (found.status, asked) == (204, ["example.go.id"])
    (request,) = sent
    assert str(request.url) == "https://1.1.1.1/hooks?a=1"
    assert (request.headers["host"], request.extensions["sni_hostname"]) == ("example.go.id", "example.go.id")
    await outgoing.close()


async def test_who_hangs_or_sends_without_end_is_cut_off() -> None:
    outgoing = Outgoing(seconds=0.3)
    async with receiver(hangs=True) as there:
        found = await outgoing.post(target(there.url, local=True), b"{}", {})
        assert (found.status, found.error) == (None, "no answer within 0.3 seconds")

    async def endless(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x" * 65_536)
            try:
                await writer.drain()
            except OSError:
                return

    server = await asyncio.start_server(endless, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    patient = Outgoing(seconds=5)
    found = await patient.post(Target("", "127.0.0.1", port, "/", local=True), json.dumps({}).encode(), {})
    assert (found.status, len(found.text)) == (200, 1_000)
    server.close()
    await patient.close()
    await outgoing.close()
