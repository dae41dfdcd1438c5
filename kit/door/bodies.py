"""What a request carries: read whole before anything else is taken up, in bounded time, and in memory only while small."""

import asyncio
import hashlib
from tempfile import TemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.types import Message, Receive

from kit.errors import Invalid, TooLarge, TooSlow
from kit.settings import Settings

IN_MEMORY = 65_536
"""Bytes of one body that are kept in memory: so many requests may be half-sent at once that more would be felt."""
_PIECE = 262_144
PARSED = 4_000_000
"""Bytes of a body that is looked at as JSON; what is larger is a form with files."""


class Body:
    """A body that has arrived, to be read as often as it is needed."""

    def __init__(self) -> None:
        self.size = 0
        self._small = bytearray()
        self._file: IO[bytes] | None = None

    async def add(self, piece: bytes) -> None:
        """What came next."""
        self.size += len(piece)
        if self._file is None and self.size <= IN_MEMORY:
            self._small += piece
            return
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - closed with the body
            piece, self._small = bytes(self._small) + piece, bytearray()
        await asyncio.to_thread(self._file.write, piece)

    async def small(self) -> bytes:
        """The whole of a body of ordinary size; of a larger one, which is a form with files, nothing."""
        if self._file is None:
            return bytes(self._small)
        return await asyncio.to_thread(_whole, self._file) if self.size <= PARSED else b""

    async def digest(self, prefix: bytes) -> str:
        """SHA-256 of the prefix and the body."""
        made, receive = hashlib.sha256(prefix), self.again()
        while True:
            message = await receive()
            made.update(message["body"])
            if not message["more_body"]:
                return made.hexdigest()

    def again(self) -> Receive:
        """The body from its beginning, as an ASGI application receives it."""
        at = 0

        async def receive() -> Message:
            nonlocal at
            if self._file is None:
                return {"type": "http.request", "body": bytes(self._small), "more_body": False}
            piece = await asyncio.to_thread(_read, self._file, at)
            at += len(piece)
            return {"type": "http.request", "body": piece, "more_body": at < self.size}

        return receive

    def close(self) -> None:
        """Give its file back."""
        if self._file is not None:
            self._file.close()


def _whole(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _read(file: IO[bytes], at: int) -> bytes:
    file.seek(at)
    return file.read(_PIECE)


async def arrived(request: Request, settings: Settings, *, most: int) -> Body:
    """The whole body of a request; raises TooLarge, TooSlow, or Invalid if the connection ends before the body does."""
    expected = _length(request)
    if expected is not None and expected > most:
        raise _too_large(most)
    seconds = settings.http_body_seconds + (most if expected is None else expected) / settings.http_body_rate
    body = Body()
    try:
        async with asyncio.timeout(seconds):
            await _fill(body, request, most)
    except TimeoutError as error:
        body.close()
        raise TooSlow(
            f"the body did not arrive within {seconds:.0f} seconds: send it again over a faster line, or less of it",
            f"isi permintaan tidak tiba dalam {seconds:.0f} detik: kirim ulang lewat jaringan yang lebih cepat, atau lebih"
            " sedikit",
        ) from error
    except BaseException:
        body.close()
        raise
    return body


async def _fill(body: Body, request: Request, most: int) -> None:
    more = True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise Invalid(
                "the connection ended before the request did", "koneksi terputus sebelum permintaan selesai dikirim"
            )
        more = message.get("more_body", False)
        if body.size + len(message.get("body", b"")) > most:
            raise _too_large(most)
        await body.add(message.get("body", b""))


def _length(request: Request) -> int | None:
    said = request.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else None


def _too_large(most: int) -> TooLarge:
    return TooLarge(
        f"the body may have {most} bytes at most: send less, or in several requests",
        f"isi permintaan paling banyak {most} bita: kirim lebih sedikit, atau dalam beberapa permintaan",
        largest=most,
    )
