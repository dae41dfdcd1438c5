"""What every answer tells a browser: to guess nothing, to keep nothing of people, to show it in no frame."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Headers = Sequence[tuple[bytes, bytes]]

CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""Answers are data: whatever a browser might take for a page in them loads and runs nothing."""
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",
}
_OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def _encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


_PLAIN, _TLS = _encoded(_ALWAYS), _encoded(_ALWAYS | _OVER_TLS)
_NAMES = frozenset(name for name, _ in _TLS)


def completed(scope: Scope, own: Headers) -> Headers:
    """The headers of an answer with those that every answer has; what it says itself stands."""
    usual = _TLS if scope.get("scheme") == "https" else _PLAIN
    said = {name for name, _ in own if name in _NAMES}
    return [*own, *(usual if not said else (one for one in usual if one[0] not in said))]


def headed(app: ASGIApp) -> ASGIApp:
    """An application whose every answer has them, whoever gives it: a route, a refusal, or nobody (500)."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        async def completing(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = completed(scope, message.get("headers", ()))
            await send(message)

        await app(scope, receive, completing)

    return answering
