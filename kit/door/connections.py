"""Connections that do not keep the server waiting: a protocol of uvicorn's with deadlines, and who watches over them.

uvicorn itself waits for ever: for the first byte, for the rest of the headers, for what follows an answer, and for
somebody who never reads one. Its only timer runs between requests, and each byte stops it.
"""

import asyncio
import json
import sys
from enum import Enum, auto
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kit.door.headers import completed
from kit.errors import Busy, HeadTooLarge, KinerjaError, Malformed, TooSlow
from kit.problems import document
from kit.settings import Settings

_LOOK_SECONDS = 0.5
KEEP_ALIVE_SECONDS = 5.0
"""So long a connection may rest between two requests."""
_REST_SECONDS = 5.0
_REST_BYTES = 4_000_000
"""What still arrives of a request that is answered already is thrown away, so that its sender comes to read the answer."""


class Awaited(Enum):
    """What a connection is expected to do next."""

    HEAD = auto()
    REST = auto()
    """The request is answered, but has not ended."""
    NEXT = auto()
    """The next request, or the end."""
    NOTHING = auto()
    """The request is being worked on; the application bounds how long its body may take."""


class Watch:
    """The connections of one server that wait for their other end, those that have waited longest first."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._until: dict[Connection, float] = {}

    def protocol(self) -> type[H11Protocol]:
        """What uvicorn makes of each connection."""
        return type("Watched", (Connection,), {"watch": self})

    def expect(self, connection: "Connection", seconds: float) -> None:
        """Close it unless something happens within so many seconds."""
        self._until.pop(connection, None)
        self._until[connection] = connection.loop.time() + seconds

    def satisfied(self, connection: "Connection") -> None:
        """Nothing is awaited of it."""
        self._until.pop(connection, None)

    def give_way(self, newcomer: "Connection") -> bool:
        """Close the connection that has been awaited longest; whether there was one."""
        victim = next((one for one in self._until if one is not newcomer), None)
        if victim is not None:
            self.satisfied(victim)
            victim.transport.abort()
        return victim is not None

    async def run(self) -> None:
        """Look for those who are late until cancelled.

        One look for all: a timer a request would cost each of them something.
        """
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _LOOK_SECONDS
            await asyncio.sleep(_LOOK_SECONDS)
            if (now := loop.time()) > due + _LOOK_SECONDS:
                continue  # the process itself was late: what has arrived meanwhile is read first
            for late in [one for one, until in self._until.items() if until <= now]:
                late.too_late()


class Connection(H11Protocol):
    """A connection that has to get on with it."""

    watch: ClassVar[Watch]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._awaited = Awaited.HEAD
        self._thrown = 0
        self._unread = sys.maxsize

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head; where all seats are taken, somebody who waits gives way."""
        super().connection_made(transport)
        self._expect(Awaited.HEAD)
        if len(self.connections) > self.watch.settings.http_connections and not self.watch.give_way(self):
            self._refuse(Busy("too many connections: come again", "terlalu banyak koneksi: coba lagi"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self.watch.satisfied(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Pass on what arrives, and see what that makes of the request."""
        if self._awaited is Awaited.REST:
            self._thrown += len(data)
            if self._thrown > _REST_BYTES:
                self.transport.abort()
                return
        elif self._awaited is Awaited.NEXT:
            self._expect(Awaited.HEAD)
        super().data_received(data)
        if self._awaited is not Awaited.NOTHING:
            self._look()

    def on_response_complete(self) -> None:
        """The next request, the rest of this one, or the end."""
        super().on_response_complete()
        self._awaited, self._thrown, self._unread = Awaited.NOTHING, 0, sys.maxsize
        self._look()

    def _look(self) -> None:
        """See what is awaited now."""
        their = self.conn.their_state
        if self.transport.is_closing():
            self.watch.expect(self, self.watch.settings.http_write_seconds)
        elif their is h11.IDLE:
            if self._awaited is not Awaited.HEAD:  # bytes alone win nobody more time
                self._expect(Awaited.HEAD if self.conn.trailing_data[0] else Awaited.NEXT)
        elif self._unanswered():
            self._awaited = Awaited.NOTHING
            self.watch.satisfied(self)
        elif self._awaited is not Awaited.REST:
            self._expect(Awaited.REST)

    def _unanswered(self) -> bool:
        return not getattr(self.cycle, "response_complete", True)  # none before the first request

    def _expect(self, what: Awaited) -> None:
        settings, unread = self.watch.settings, self.transport.get_write_buffer_size()
        patience = {
            Awaited.HEAD: settings.http_head_seconds,
            Awaited.REST: _REST_SECONDS,
            Awaited.NEXT: settings.http_write_seconds if unread else KEEP_ALIVE_SECONDS,
        }
        self._awaited = what
        self.watch.expect(self, patience[what])

    def pause_writing(self) -> None:
        """Nobody reads: for how long?"""
        super().pause_writing()
        self.watch.expect(self, self.watch.settings.http_write_seconds)

    def resume_writing(self) -> None:
        """Somebody reads."""
        super().resume_writing()
        if self._awaited is Awaited.NOTHING:
            self.watch.satisfied(self)

    def too_late(self) -> None:
        """Say so where that can be said, and close."""
        unread = self.transport.get_write_buffer_size()
        if unread and unread < self._unread:  # somebody reads an answer, slowly
            self._unread = unread
            self.watch.expect(self, self.watch.settings.http_write_seconds)
        elif unread or self.transport.is_closing():
            self.transport.abort()
        elif self._awaited is Awaited.HEAD and self.conn.trailing_data[0]:
            seconds = self.watch.settings.http_head_seconds
            self._refuse(
                TooSlow(
                    f"the headers did not arrive within {seconds:g} seconds: send them at once",
                    f"header tidak tiba dalam {seconds:g} detik: kirim sekaligus",
                )
            )
        else:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """What is no request, as a problem; uvicorn calls this where h11 gave up."""
        error = sys.exc_info()[1]
        if getattr(error, "error_status_hint", 400) == 431:
            most = self.watch.settings.http_head_bytes
            self._refuse(
                HeadTooLarge(
                    f"request line and headers have more than {most} bytes: send fewer, or shorter ones",
                    f"baris permintaan dan header lebih dari {most} bita: kirim lebih sedikit atau lebih pendek",
                )
            )
        else:
            self._refuse(Malformed(f"this is not HTTP/1.1: {error or msg}", f"ini bukan HTTP/1.1: {error or msg}"))

    def _refuse(self, error: KinerjaError) -> None:
        """Answer for the application, which never sees this request, and close."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE} and not self.transport.is_closing():
            body = json.dumps(_in_both_languages(error), ensure_ascii=False).encode()
            about = {
                "content-type": "application/problem+json",
                "content-length": str(len(body)),
                "connection": "close",
            }
            own = [(name.lower().encode(), value.encode()) for name, value in (about | dict(error.headers)).items()]
            headers = list(completed({"scheme": self.scheme}, own))
            head = h11.Response(status_code=error.status, headers=headers, reason=b"")
            for event in (head, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        if self._unanswered():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()
        self.watch.expect(self, self.watch.settings.http_write_seconds)


def _in_both_languages(error: KinerjaError) -> dict[str, Any]:
    """Which one the reader prefers is in headers that have not arrived."""
    en, indonesian = document(error, "en"), document(error, "id")
    return indonesian | {key: f"{indonesian[key]} / {en[key]}" for key in ("title", "detail")}
