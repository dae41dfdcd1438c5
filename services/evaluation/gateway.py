"""One city's gateway to the national application: two tokens with each question, answers as they come.

What this knows of the gateway was read in public connectors (docs/export.md): no answer of the real one was seen.
"""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx2

from services.evaluation.gateways import GatewayAccess
from services.evaluation.national.rules.answers import Said, knows_nobody, listed, person_in
from services.evaluation.national.rules.forms import body_of, form_of
from services.evaluation.national.rules.retries import asked_for

SECONDS = 30.0
"""For one answer."""
REFUSED_SECONDS = 60.0
"""Of quiet, after fresh tokens were refused: whoever keeps trying with them is locked out."""
_TOO_MANY = 429
_UNKNOWN_TOKEN = frozenset({401, 403})
_REFUSED = _UNKNOWN_TOKEN | {400}
"""By whoever gives tokens: it is the credentials that are wrong."""
_MOST_BYTES = 1_000_000


class Unanswered(Exception):
    """No answer that says anything; what was asked may have been done."""


class Quiet(Exception):
    """Nothing was done: the gateway wants to be left alone for so many seconds."""

    def __init__(self, words: str, seconds: float) -> None:
        super().__init__(words)
        self.seconds = seconds


class Gateway:
    """Asks one gateway in the name of one city."""

    def __init__(self, access: GatewayAccess, *, seconds: float = SECONDS) -> None:
        self.access = access
        self._seconds = seconds
        self._tokens: tuple[str, str] | None = None
        self._renewing = asyncio.Lock()
        self._client = httpx2.AsyncClient(
            verify=ssl.create_default_context(cafile=access.ca or None),
            trust_env=False,
            follow_redirects=False,
            timeout=seconds,
        )

    async def listed(self, record: Mapping[str, Any]) -> list[Any]:
        """What the gateway has of the row's person in the row's form; raises Quiet and Unanswered."""
        path = form_of(record).history.format(nip=record["nip"])
        found = listed(said := await self._asked("GET", path))
        if found is None:
            raise Unanswered(f"no list: {said.words}")
        return found

    async def person(self, nip: str) -> str | None:
        """The gateway's id of a person, None for somebody it does not know; raises Quiet and Unanswered."""
        said = await self._asked("GET", f"/pns/data-utama/{nip}")
        found = person_in(said) if said.fine else None
        if found is None and not knows_nobody(said):
            raise Unanswered(f"no person: {said.words}")
        return found

    async def save(self, key: UUID, record: Mapping[str, Any], person: str, *, instead_of: str | None = None) -> Said:
        """Send a row under its own key; raises Quiet where nothing was done, and Unanswered."""
        body = body_of(record, person, instead_of=instead_of)
        return await self._asked("POST", form_of(record).save, json=body, headers={"Idempotency-Key": str(key)})

    async def close(self) -> None:
        """Close what is open."""
        await self._client.aclose()

    async def _asked(self, method: str, path: str, **more: Any) -> Said:
        said = await self._once(method, path, used := await self._pair(), **more)
        if said.status in _UNKNOWN_TOKEN:
            # They may have run out: tokens of a minute ago are no reason to give up.
            said = await self._once(method, path, await self._pair(instead_of=used), **more)
            if said.status in _UNKNOWN_TOKEN:
                raise Quiet(f"the gateway does not take our tokens: {said.words}", REFUSED_SECONDS)
        if said.status == _TOO_MANY:
            raise Quiet(said.words, asked_for(said.retry_after, datetime.now(UTC)))
        return said

    async def _once(self, method: str, path: str, tokens: tuple[str, str], **more: Any) -> Said:
        headers = {"Authorization": f"Bearer {tokens[0]}", "Auth": f"bearer {tokens[1]}", **more.pop("headers", {})}
        return await self._sent(method, f"{self.access.url}{path}", headers=headers, **more)

    async def _sent(self, method: str, url: str, **more: Any) -> Said:
        try:
            async with asyncio.timeout(self._seconds), self._client.stream(method, url, **more) as answer:
                read = b""
                async for piece in answer.aiter_bytes():
                    read += piece
                    if len(read) > _MOST_BYTES:
                        raise Unanswered("an answer of more than a million bytes")
        except TimeoutError:
            raise Unanswered(f"no answer within {self._seconds:g} seconds") from None
        except (OSError, httpx2.HTTPError) as error:
            raise Unanswered(type(error).__name__) from error
        return Said.of(answer.status_code, read.decode("utf-8", "replace"), answer.headers.get("retry-after"))

    async def _pair(self, instead_of: tuple[str, str] | None = None) -> tuple[str, str]:
        """Both tokens; fetched anew where those are the known ones."""
        async with self._renewing:
            if self._tokens is None or self._tokens == instead_of:
                self._tokens = None
                self._tokens = await self._fetched()
            return self._tokens

    async def _fetched(self) -> tuple[str, str]:
        access = self.access
        gateways = await self._token(
            access.token_url,
            data={"grant_type": "client_credentials"},
            auth=(access.key, access.secret.get_secret_value()),
        )
        asked = {"grant_type": "password", "client_id": access.client, "username": access.user}
        return gateways, await self._token(
            access.sso_url, data=asked | {"password": access.password.get_secret_value()}
        )

    async def _token(self, url: str, **more: Any) -> str:
        """Raises Quiet, also where nobody answers: without a token nothing was asked."""
        try:
            said = await self._sent("POST", url, **more)
        except Unanswered as error:
            raise Quiet(f"no token: {error}", 0.0) from error
        found = said.body.get("accesstoken") if isinstance(said.body, Mapping) and said.fine else None
        if not isinstance(found, str) or not found:
            asked = asked_for(said.retry_after, datetime.now(UTC))
            ours = said.status in _REFUSED
            raise Quiet(f"no token: HTTP {said.status}", max(asked, REFUSED_SECONDS if ours else 0.0))
        return found
