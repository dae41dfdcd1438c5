"""How long each request took, by route and status."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import metrics

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
"""Whoever asks may invent others."""


class Measured:
    """Times every request by its route; plain ASGI, because Starlette's middleware class costs a task a request."""

    def __init__(self, app: ASGIApp, *, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how long the answer took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        structlog.contextvars.clear_contextvars()
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
