"""How long each request took, by route and status, and which trace it belongs to."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import metrics, traceparent

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
"""Whoever asks may invent others."""
_TRACEPARENT = traceparent.HEADER.encode()


class Measured:
    """Times every request by its route, under the trace that it came with or a new one.

    Plain ASGI, because Starlette's middleware class costs a task a request.
    """

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how long the answer took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
        said = [value for name, value in scope["headers"] if name == _TRACEPARENT]
        with traceparent.bound(traceparent.joined(traceparent.only(said))):
            await self._measure(scope, receive, send)

    async def _measure(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            method = scope["method"] if scope["method"] in _METHODS else metrics.OTHER
            labels = (self._service, method, route, str(status))
            metrics.http_seconds.labels(*labels).observe(time.perf_counter() - began)
