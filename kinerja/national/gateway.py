"""The application: two tokens, people, results that are saved and listed, and the faults that it is told to have."""

import asyncio
import base64
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from fastapi import FastAPI, Request, Response

from kinerja.national.entries import Entries, person_of
from kinerja.national.faults import Fault, Faults

BASE = "/apisiasn/1.0"
FORMS = {"skp22": ("/skp22/save", "pnsDinilaiOrang"), "kinerjaperiodik": ("/kinerjaperiodik/save", "pnsDinilaiId")}
TOKEN, SSO = "/oauth2/token", "/auth/realms/public-siasn/protocol/openid-connect/token"
KEY, SECRET, CLIENT, USER, PASSWORD = "kinerja", "rahasia-gateway", "kinerja-sso", "operator", "rahasia-sso"
LASTS_SECONDS = 300.0
Done = Callable[[], tuple[int, dict[str, Any]]]


class Tokens:
    """Those of one of the two issuers that are still good."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def issue(self) -> dict[str, Any]:
        """One more, as OAuth answers it."""
        token = secrets.token_urlsafe(16)
        self._until[token] = time.monotonic() + LASTS_SECONDS
        return {"access_token": token, "token_type": "Bearer", "expires_in": int(LASTS_SECONDS)}

    def good(self, header: str) -> bool:
        """Whether what follows ``Bearer`` is one of them."""
        kind, _, token = header.partition(" ")
        return kind.lower() == "bearer" and self._until.get(token, 0.0) > time.monotonic()

    def forget(self) -> None:
        """None is good any more."""
        self._until.clear()


def access(address: str) -> dict[str, str]:
    """What a city's access says (KINERJA_NATIONAL_GATEWAYS) of a gateway at this address."""
    addresses = {"url": address + BASE, "token_url": address + TOKEN, "sso_url": address + SSO}
    return addresses | {"key": KEY, "secret": SECRET, "client": CLIENT, "user": USER, "password": PASSWORD}


def build(entries: Entries, faults: Faults, *, strangers: frozenset[str] = frozenset()) -> FastAPI:
    """The application; ``strangers`` are NIPs that nobody has there."""
    app, gateway, sso = FastAPI(), Tokens(), Tokens()

    @app.post(TOKEN)
    async def token(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        right = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        return _json(200, gateway.issue()) if given == right else _json(401, {"error": "invalid_client"})

    @app.post(SSO)
    async def sign_in(request: Request) -> Response:
        form = await request.form()
        right = {"grant_type": "password", "client_id": CLIENT, "username": USER, "password": PASSWORD}
        return _json(200, sso.issue()) if dict(form) == right else _json(401, {"error": "invalid_grant"})

    async def answered(request: Request, done: Done) -> Response:
        if not (gateway.good(request.headers.get("authorization", "")) and sso.good(request.headers.get("auth", ""))):
            return _json(401, {"message": "Token tidak dikenal"})
        fault = faults.draw(request.url.path)
        if fault is Fault.STALE_TOKENS:
            gateway.forget()
            sso.forget()
            return _json(401, {"message": "Token kedaluwarsa"})
        return await _with(fault, faults, request, done)

    @app.get(f"{BASE}/pns/data-utama/{{nip}}")
    async def person(nip: str, request: Request) -> Response:
        def done() -> tuple[int, dict[str, Any]]:
            if nip in strangers:
                return 200, {"code": 0, "data": "Data tidak ditemukan", "message": "Data tidak ditemukan"}
            entries.known[person_of(nip)] = nip
            return 200, {"code": 1, "data": {"ID": person_of(nip), "nipBaru": nip}}

        return await answered(request, done)

    for form, (save, name) in FORMS.items():
        app.get(f"{BASE}/pns/rw-{form}/{{nip}}")(_history(form, entries, answered))
        app.post(f"{BASE}{save}")(_saving(form, name, entries, answered))
    return app


Answer = Callable[[Request, Done], Awaitable[Response]]


def _history(form: str, entries: Entries, answered: Answer) -> Callable[[str, Request], Awaitable[Response]]:
    async def history(nip: str, request: Request) -> Response:
        def done() -> tuple[int, dict[str, Any]]:
            found = entries.listed(form, person_of(nip))
            return 200, {"code": 1, "Data": found or "Data tidak ditemukan"}

        return await answered(request, done)

    return history


def _saving(form: str, name: str, entries: Entries, answered: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def saving(request: Request) -> Response:
        body = await request.json()
        key = request.headers.get("idempotency-key", "")
        return await answered(request, lambda: entries.take(form, body[name], body, key))

    return saving


async def _with(fault: Fault, faults: Faults, request: Request, done: Done) -> Response:
    """What is done, and what is said of it."""
    if fault is Fault.BUSY:
        return Response(status_code=429, headers={"Retry-After": str(faults.quiet_seconds)})
    if fault is Fault.SLOW:
        await _gone(request, faults.slow_seconds)
    broken = 500, {"message": "Terjadi kesalahan"}
    status, said = broken if fault is Fault.BROKEN else done()
    if fault is Fault.LOST:
        await _gone(request, faults.slow_seconds)
    if fault is Fault.BROKEN_AFTER:
        status, said = broken
    text = json.dumps(said)
    return _text(status, text[: len(text) // 2] if fault is Fault.GARBLED else text)


async def _gone(request: Request, seconds: float) -> None:
    """Wait until whoever asked has gone, so long at most."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass


def _json(status: int, said: dict[str, Any]) -> Response:
    return _text(status, json.dumps(said))


def _text(status: int, text: str) -> Response:
    return Response(text, status_code=status, media_type="application/json")
