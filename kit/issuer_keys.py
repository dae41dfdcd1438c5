"""The issuer's public keys: fetched beside the loop, one fetch at a time, kept while the issuer is silent."""

import asyncio
import json
import time
from collections import OrderedDict
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
import structlog

from kit.errors import NotReady

log = structlog.get_logger()
Keys = dict[str, jwt.PyJWK]

FRESH_SECONDS = 300.0
"""So long keys are believed without another look."""
KEPT_SECONDS = 3_600.0
"""So long known keys go on counting while the issuer gives no others: nobody's token lives much longer anyway."""
PAUSE_SECONDS = 10.0
"""Between the end of a fetch and the next: whoever invents names of keys cannot make us hammer the issuer."""
UNKNOWN_SECONDS = 60.0
"""So long a name is refused at once that the issuer did not know."""
UNKNOWN = 1_000
"""So many names that the issuer did not know are remembered."""
_LARGEST = 1_000_000
"""Bytes of a key set; a usual one has some thousand."""


class IssuerKeys:
    """Public keys by the name that a token's header gives (``kid``)."""

    def __init__(self, source: str, *, timeout: float) -> None:
        """``source`` is a URL, or a file that is read once; ``timeout`` are the seconds of one whole fetch."""
        self._url = source if source.startswith(("http://", "https://")) else ""
        self._timeout = timeout
        self._keys: Keys = {} if self._url or not source else _parsed(Path(source).read_bytes())
        self._fetched_at = self._ended_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self._unknown: OrderedDict[str, float] = OrderedDict()

    async def key(self, name: str) -> jwt.PyJWK:
        """The key of this name; raises InvalidKeyError for one the issuer does not have, NotReady while it is silent."""
        if not self._url:
            return self._known(name)
        age = time.monotonic() - self._fetched_at
        if name in self._keys and age < KEPT_SECONDS:
            if age >= FRESH_SECONDS:
                self._fetch()  # nobody waits for it
            return self._keys[name]
        if self._unknown.get(name, 0.0) > time.monotonic():
            raise jwt.InvalidKeyError(_NO_SUCH_KEY)
        if (fetching := self._fetch()) is not None:
            await asyncio.shield(fetching)  # who gives up waiting does not end it for the others
        if self._fetched_at < self._ended_at:
            raise NotReady(
                "the issuer's keys cannot be fetched: ask again soon", "kunci penerbit token belum dapat diambil"
            )
        if fetching is not None and name not in self._keys:
            self._remember_unknown(name)
        return self._known(name)

    def _remember_unknown(self, name: str) -> None:
        self._unknown[name] = time.monotonic() + UNKNOWN_SECONDS
        if len(self._unknown) > UNKNOWN:
            self._unknown.popitem(last=False)

    def _known(self, name: str) -> jwt.PyJWK:
        if name not in self._keys:
            raise jwt.InvalidKeyError(_NO_SUCH_KEY)
        return self._keys[name]

    def _fetch(self) -> asyncio.Task[None] | None:
        """The fetch that runs, or a new one, unless the last has only just ended."""
        if self._fetching is None and time.monotonic() - self._ended_at >= PAUSE_SECONDS:
            self._fetching = asyncio.create_task(self._fetched(), name="keys of the issuer")
        return self._fetching

    async def _fetched(self) -> None:
        try:
            # In a thread: urllib blocks, and the loop answers everybody else meanwhile. The thread ends by itself, because
            # it counts the same seconds over the whole answer; a server that drips bytes does not hold it.
            async with asyncio.timeout(self._timeout):
                self._keys = await asyncio.to_thread(_downloaded, self._url, self._timeout)
            self._fetched_at = self._ended_at = time.monotonic()
            for name in self._keys:
                self._unknown.pop(name, None)
        except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError, jwt.PyJWTError) as error:
            self._ended_at = time.monotonic()
            log.warning("the issuer's keys cannot be fetched", url=self._url, error=repr(error))
        finally:
            self._fetching = None


_NO_SUCH_KEY = "the issuer has no key of this name"


class _Straight(HTTPRedirectHandler):
    """Keys come from where the setting says, and from nowhere that an answer points to."""

    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = build_opener(_Straight)


def _downloaded(url: str, timeout: float) -> Keys:
    until = time.monotonic() + timeout
    asking = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - the setting's own URL, http or https
    with _OPENER.open(asking, timeout=timeout) as answer:
        return _parsed(_read(answer, until))


def _read(answer: HTTPResponse, until: float) -> bytes:
    content = bytearray()
    while piece := answer.read1(65_536):
        content += piece
        if len(content) > _LARGEST:
            raise ValueError(f"more than {_LARGEST} bytes")
        if time.monotonic() > until:
            raise TimeoutError("the answer takes too long")
    return bytes(content)


def _parsed(content: bytes) -> Keys:
    """Those that are for signatures and that we can read; raises ValueError or PyJWTError if there are none."""
    found = json.loads(content)
    if not isinstance(found, dict):
        raise ValueError("no set of keys")  # noqa: TRY004 - what is fetched is wrong, not what was passed
    return {key.key_id: key for key in jwt.PyJWKSet.from_dict(found).keys if key.key_id}
