"""One request to an endpoint outside: resolved once, refused if it leads inside, the address kept, nothing followed."""

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

import httpx2

from services.integrations.endpoints.rules.addresses import Target, as_address, is_public

SECONDS = 15.0
"""Standard Webhooks: fifteen to thirty for one attempt; after that it counts as failed."""
KEPT = 1_000
"""Characters of an answer that are kept in the log."""
_MOST_BYTES = 16_384
"""Of an answer are read; nobody fills our memory."""

Resolve = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, or why nothing did."""

    status: int | None
    text: str = ""
    error: str | None = None
    retry_after: str | None = None
    milliseconds: int = 0


class Forbidden(OSError):
    """The name leads to an address that nobody may be told at."""


async def resolve(host: str) -> Sequence[str]:
    """The addresses of a name, as the system finds them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Outgoing:
    """Posts bodies to endpoints.

    No connection is kept: one that was opened to an address under one name must not serve another name there. No settings of
    the surroundings count (proxies, .netrc), and no redirect is followed.
    """

    def __init__(
        self, *, resolve: Resolve = resolve, port: int | None = None, seconds: float = SECONDS, ca: str | None = None
    ) -> None:
        self._resolve, self._port, self._seconds = resolve, port, seconds
        self._client = httpx2.AsyncClient(
            verify=ssl.create_default_context(cafile=ca),
            trust_env=False,
            follow_redirects=False,
            timeout=seconds,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        )

    async def post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send it; whatever goes wrong is told in the answer."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._post(target, body, headers)
        except TimeoutError:
            answer = Answer(None, error=f"no answer within {self._seconds:g} seconds")
        except (OSError, httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            answer = Answer(None, error=f"{type(error).__name__}: {error}"[:KEPT])
        spent = round((time.monotonic() - began) * 1000)
        return Answer(answer.status, answer.text, answer.error, answer.retry_after, spent)

    async def _post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        request = self._client.build_request(
            "POST",
            await self.pinned(target),
            content=body,
            headers={**headers, "host": _named(target), "connection": "close", "accept-encoding": "identity"},
            extensions={} if target.local else {"sni_hostname": target.host},
        )
        answer = await self._client.send(request, stream=True)
        try:
            read = b""
            async for chunk in answer.aiter_raw():
                read += chunk
                if len(read) >= _MOST_BYTES:
                    break
        finally:
            await answer.aclose()
        text = read[:_MOST_BYTES].decode("utf-8", "replace").replace("\0", "")[:KEPT]
        return Answer(answer.status_code, text, None, answer.headers.get("retry-after"))

    async def pinned(self, target: Target) -> str:
        """The URL with the address in place of the name; raises Forbidden if any of its addresses leads inside."""
        if target.local:
            return f"http://{target.host}:{target.port}{target.path}"
        literal = as_address(target.host)
        found = [str(literal)] if literal is not None else await self._resolve(target.host)
        addresses = [ip_address(one) for one in found]
        if not addresses or not all(is_public(one) for one in addresses):
            raise Forbidden(f"{target.host} leads to an address that is not public")
        first = f"[{addresses[0]}]" if addresses[0].version == 6 else str(addresses[0])
        return f"https://{first}:{self._port or target.port}{target.path}"

    async def close(self) -> None:
        """Close what is open."""
        await self._client.aclose()


def _named(target: Target) -> str:
    if target.local:
        return f"{target.host}:{target.port}"
    return f"[{target.host}]" if ":" in target.host else target.host
