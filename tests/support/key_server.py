"""An issuer's server of keys over real HTTP: it answers, answers badly, or takes the question and stays silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kinerja.stack.ports import HOST


class KeyServer:
    """What it will answer, and how often it was asked."""

    def __init__(self, keys: bytes) -> None:
        self.keys = keys
        self.status = "200 OK"
        self.silent = False
        self.asked = 0
        self.next_asked = asyncio.Event()
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.asked += 1
        self.next_asked.set()
        try:
            if self.silent:
                await reader.read()  # until the other side gives up
                return
            head = f"HTTP/1.1 {self.status}\r\nContent-Length: {len(self.keys)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + self.keys)
            await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def key_server(jwks: bytes) -> AsyncIterator[KeyServer]:
    """Serve these keys until the block ends."""
    made = KeyServer(jwks)
    server = await asyncio.start_server(made.answer, HOST, 0)
    made.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}/certs"
    async with server:
        yield made
