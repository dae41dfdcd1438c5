"""What somebody may send, how often, and what a request may hold while others wait."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from fastapi import FastAPI, UploadFile
from pydantic import BaseModel
from sqlalchemy import text

from contracts.base import SERVICES, Relation, Role, new_id
from kinerja.documents.api import NOWHERE
from kit import web
from kit.access import DECLARED, Declaration, permits
from kit.clock import Clock
from kit.db import Database, Patience
from kit.door.bodies import IN_MEMORY
from kit.guarded import heavy
from kit.settings import Settings
from kit.web import Session
from tests.conftest import SettingsOf
from tests.support.employment import AsTheTokenSays
from tests.support.issuer import ISSUER, Issuer
from tests.support.sending import Answer, ask

CITY = "16.71"
BODY_BYTES = 1_000_000
connected = pytest.mark.connected
ANI, BUDI = new_id(), new_id()

router = web.router()
entered = asyncio.Event()


class Note(BaseModel):
    """What the tests send."""

    text: str = ""


@router.post("/notes", status_code=201, **permits(Relation.ANYONE))
async def note(body: Note, session: Session) -> dict[str, int]:
    await session.execute(text("select 1"))
    return {"length": len(body.text)}


@router.post("/files", status_code=201, **permits(Relation.OFFICE, alike="a test"))
@heavy(largest=3_000_000, seconds=30)
async def files(file: UploadFile) -> dict[str, int]:
    return {"length": len(await file.read())}


@router.get("/slow", **permits(Relation.ANYONE))
async def slow(session: Session, seconds: float) -> dict[str, str]:
    entered.set()
    await session.execute(text("select pg_sleep(:seconds)"), {"seconds": seconds})
    return {}


@router.get("/waiting", **permits(Relation.ANYONE))
async def waiting(session: Session) -> dict[str, str]:
    entered.set()
    await asyncio.Event().wait()
    return {}


@router.get("/idle", **permits(Relation.ANYONE))
async def idle(session: Session) -> dict[str, str]:
    await asyncio.sleep(2)
    await session.execute(text("select 1"))
    return {}


@router.get("/broken", **permits(Relation.ANYONE))
async def broken() -> dict[str, str]:
    raise RuntimeError("a mistake of the program")


@router.get("/locked", **permits(Relation.ANYONE))
async def locked(session: Session) -> dict[str, str]:
    await session.execute(text("select pg_advisory_xact_lock(7)"))
    return {}


@pytest.fixture
async def few(kit_db: Database) -> AsyncIterator[Database]:
    """A database with two connections, for which nobody waits long."""
    made = Database(_url(kit_db), clock=kit_db.clock, pool=2, wait=0.2)
    yield made
    await made.close()


@pytest.fixture
async def impatient(kit_db: Database) -> AsyncIterator[Database]:
    """A database where a person's transaction has to get on."""
    patience = Patience(statement=1, lock=0.5, idle=1)
    made = Database(_url(kit_db), clock=kit_db.clock, pool=2, patience=patience)
    yield made
    await made.close()


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


Build = Callable[..., FastAPI]


@pytest.fixture
def build(settings_of: SettingsOf, few: Database) -> Build:
    """An application with the settings of a test, and those given."""

    def built(database: Database = few, **given: object) -> FastAPI:
        entered.clear()
        return web.application(
            "notify", settings_of(database).model_copy(update=given), database, router, employment=AsTheTokenSays()
        )

    return built


def as_(issuer: Issuer, who: Any = ANI, *roles: Role) -> dict[str, str]:
    return issuer.header(who, CITY, *roles) | {"Accept-Language": "en", "Content-Type": "application/json"}


def kind(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.problem["type"].rpartition("/")[2]


def endless(size: int = 50_000) -> Iterator[bytes]:
    while True:
        yield bytes(size)


@connected
async def test_unfinished_requests_hold_no_connection_that_others_need(build: Build, issuer: Issuer) -> None:
    app, never = build(), asyncio.Event()
    headers = as_(issuer)
    unfinished = [
        asyncio.create_task(ask(app, "POST", "/v1/notes", headers, endless(1), pause=never.wait)) for _ in range(20)
    ]
    await asyncio.sleep(0)
    answer = await ask(app, "POST", "/v1/notes", as_(issuer, BUDI), [b'{"text": "served"}'])
    assert (answer.status, answer.body) == (201, b'{"length":6}')
    for one in unfinished:
        one.cancel()
    await asyncio.gather(*unfinished, return_exceptions=True)


@connected
async def test_a_body_that_is_too_large_is_not_taken(build: Build, issuer: Issuer) -> None:
    app = build()
    said = await ask(app, "POST", "/v1/notes", as_(issuer) | {"Content-Length": "200000000"}, endless())
    assert (*kind(said), said.taken) == (413, "too-large", 0)
    unsaid = await ask(app, "POST", "/v1/notes", as_(issuer), endless())
    assert kind(unsaid) == (413, "too-large")
    assert unsaid.taken * 50_000 <= BODY_BYTES + 50_000
    assert unsaid.problem["largest"] == BODY_BYTES


@connected
async def test_a_body_that_dribbles_is_given_up(build: Build, issuer: Issuer) -> None:
    app = build(http_body_seconds=0.1, http_body_rate=1e9)
    answer = await ask(app, "POST", "/v1/notes", as_(issuer), endless(1), pause=lambda: asyncio.sleep(0.01))
    assert kind(answer) == (408, "too-slow")


@connected
async def test_a_body_that_does_not_fit_into_memory_is_read_all_the_same(build: Build, issuer: Issuer) -> None:
    length = IN_MEMORY * 5
    pieces = [b'{"text": "', *(b"x" * 1_000 for _ in range(length // 1_000)), b'"}']
    key = {"Idempotency-Key": "a"}
    answers = [await ask(build(), "POST", "/v1/notes", as_(issuer) | key, pieces) for _ in range(2)]
    assert [(one.status, one.body) for one in answers] == [(201, b'{"length":%d}' % (length // 1_000 * 1_000))] * 2
    pieces[1] = b"y" * 1_000
    assert (await ask(build(), "POST", "/v1/notes", as_(issuer) | key, pieces)).status == 409


@connected
async def test_a_route_may_take_more_than_others(build: Build, issuer: Issuer) -> None:
    edge = b'--e\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    headers = as_(issuer, ANI, Role.PERFORMANCE_OFFICE) | {"Content-Type": "multipart/form-data; boundary=e"}
    answer = await ask(
        build(), "POST", "/v1/files", headers, [edge, *(bytes(100_000) for _ in range(20)), b"\r\n--e--"]
    )
    assert (answer.status, answer.body) == (201, b'{"length":2000000}')
    assert kind(await ask(build(), "POST", "/v1/files", headers, endless())) == (413, "too-large")


@connected
async def test_where_every_connection_is_taken_one_is_told_when_to_come_again(build: Build, issuer: Issuer) -> None:
    app, headers = build(), as_(issuer)
    holding = [asyncio.create_task(ask(app, "GET", "/v1/waiting", headers)) for _ in range(2)]
    await entered.wait()
    refused = await ask(app, "GET", "/v1/slow?seconds=0", as_(issuer, BUDI))
    assert (*kind(refused), refused.headers["retry-after"]) == (503, "busy", "2")
    live, ready = [await ask(app, "GET", f"/health/{one}", {}) for one in ("live", "ready")]
    assert (live.status, ready.status) == (200, 200)
    for one in holding:
        one.cancel()
    await asyncio.gather(*holding, return_exceptions=True)


@connected
async def test_a_statement_without_end_is_cancelled(build: Build, impatient: Database, issuer: Issuer) -> None:
    assert kind(await ask(build(impatient), "GET", "/v1/slow?seconds=60", as_(issuer))) == (503, "busy")


@connected
async def test_a_lock_that_is_never_given_back_is_not_awaited(
    build: Build, impatient: Database, issuer: Issuer
) -> None:
    async with impatient.transaction(CITY) as session:
        await session.execute(text("select pg_advisory_xact_lock(7)"))
        assert kind(await ask(build(impatient), "GET", "/v1/locked", as_(issuer))) == (503, "busy")
    assert (await ask(build(impatient), "GET", "/v1/locked", as_(issuer))).status == 200


@connected
async def test_a_transaction_that_does_nothing_is_ended(build: Build, impatient: Database, issuer: Issuer) -> None:
    assert kind(await ask(build(impatient), "GET", "/v1/idle", as_(issuer))) == (503, "busy")


@connected
async def test_what_the_system_does_by_itself_may_take_longer(impatient: Database) -> None:
    async with impatient.transaction(CITY) as session:
        await session.execute(text("select pg_sleep(1.5)"))


@connected
async def test_a_database_that_is_away_is_no_mistake_of_the_program(
    settings_of: SettingsOf, kit_db: Database, issuer: Issuer
) -> None:
    away = Database("postgresql+asyncpg://nobody@127.0.0.1:9/nothing", clock=kit_db.clock)
    app = web.application("notify", settings_of(kit_db), away, router, employment=AsTheTokenSays())
    assert kind(await ask(app, "GET", "/v1/locked", as_(issuer))) == (503, "busy")
    assert kind(await ask(app, "GET", "/health/ready", {})) == (503, "busy")
    assert (await ask(app, "GET", "/health/live", {})).status == 200
    await away.close()


@connected
async def test_one_person_has_so_many_requests_in_progress_and_others_are_served(build: Build, issuer: Issuer) -> None:
    app, never = build(http_at_once=3), asyncio.Event()
    headers = as_(issuer)
    held = [asyncio.create_task(ask(app, "POST", "/v1/notes", headers, endless(1), pause=never.wait)) for _ in range(3)]
    await asyncio.sleep(0)
    refused = await ask(app, "GET", "/v1/slow?seconds=0", headers)
    assert (*kind(refused), refused.headers["retry-after"]) == (429, "too-many", "1")
    assert (await ask(app, "GET", "/v1/slow?seconds=0", as_(issuer, BUDI))).status == 200
    for one in held:
        one.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    assert (await ask(app, "GET", "/v1/slow?seconds=0", headers)).status == 200


@connected
async def test_one_person_asks_so_often_and_others_are_served(build: Build, issuer: Issuer) -> None:
    app = build(http_rate=0.01, http_burst=4)
    answers = [await ask(app, "GET", "/v1/slow?seconds=0", as_(issuer)) for _ in range(6)]
    assert [one.status for one in answers] == [200, 200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) in range(90, 101)
    assert (await ask(app, "GET", "/v1/slow?seconds=0", as_(issuer, BUDI))).status == 200


@connected
async def test_bad_tokens_of_one_address_are_limited_and_good_ones_are_not(build: Build, issuer: Issuer) -> None:
    app = build(http_failed_rate=0.01, http_failed_burst=10)
    bad = {"Authorization": "Bearer nonsense", "Accept-Language": "id"}
    answers = [await ask(app, "GET", "/v1/slow?seconds=0", bad, client="10.0.0.1") for _ in range(1_500)]
    assert [one.status for one in answers] == [401] * 10 + [429] * 1_490
    assert "masuk kembali" in answers[-1].problem["detail"]
    assert (await ask(app, "GET", "/v1/slow?seconds=0", as_(issuer), client="10.0.0.1")).status == 200
    assert (await ask(app, "GET", "/v1/slow?seconds=0", bad, client="10.0.0.2")).status == 401


def _operations(app: FastAPI) -> Iterator[tuple[str, str, Declaration]]:
    """Every guarded route that writes: method, a path that matches, and who may."""
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            if "security" in operation and method != "get":
                concrete = path.replace("{", "").replace("}", "")
                yield method.upper(), concrete, operation[DECLARED]


@pytest.mark.parametrize("service", SERVICES)
async def test_who_may_not_is_refused_before_anything_is_read(service: str, issuer: Issuer) -> None:
    """Every route that writes, of every service; the database is never asked, for there is none."""
    settings = Settings(environment="test", oidc_issuer=ISSUER, oidc_jwks=str(issuer.jwks), http_failed_rate=0)
    nowhere = Database(NOWHERE, clock=Clock.from_setting(""))
    app = importlib.import_module(f"services.{service}.api").build(settings, nowhere)
    found = list(_operations(app))
    for method, path, declared in found:
        without = await ask(app, method, path, {}, endless())
        assert (*kind(without), without.taken) == (401, "unauthenticated", 0), path
        if declared["who"] == ["office"]:
            other = await ask(app, method, path, as_(issuer, ANI, Role.PANEL), endless())
            if declared["concerns"]:  # the appointing authority may, who has no role to show: an ordinary body is read
                assert kind(other) == (413, "too-large"), path
                continue
            assert (*kind(other), other.taken) == (403, "forbidden", 0), path
            assert other.problem["allowed"] == ["PERFORMANCE_OFFICE"]
    assert found or service == "notify"


USUAL = {"x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy", "cache-control"}


@connected
async def test_every_answer_says_what_a_browser_may_do_with_it(
    build: Build, impatient: Database, issuer: Issuer
) -> None:
    app, headers = build(impatient), as_(issuer)
    asked = {
        200: ("GET", "/v1/slow?seconds=0", headers),
        401: ("GET", "/v1/slow?seconds=0", {}),
        403: ("POST", "/v1/files", headers),
        404: ("GET", "/nowhere", headers),
        405: ("PUT", "/v1/notes", headers),
        422: ("GET", "/v1/slow", headers),
        503: ("GET", "/v1/slow?seconds=60", headers),
    }
    for status, (method, path, given) in asked.items():
        answer = await ask(app, method, path, given)
        assert answer.status == status
        assert answer.headers.keys() >= USUAL, path
        assert answer.headers["cache-control"] == "no-store", path
        assert "strict-transport-security" not in answer.headers
    with pytest.raises(RuntimeError):
        await ask(app, "GET", "/v1/broken", headers, into=(mistake := Answer()))
    assert (mistake.status, mistake.headers.keys() >= USUAL) == (500, True)
    over_tls = await ask(app, "GET", "/health/live", {}, scheme="https")
    assert over_tls.headers["strict-transport-security"].startswith("max-age=31536000")


@connected
async def test_the_page_of_the_api_asks_no_foreign_host(build: Build) -> None:
    app = build()
    page = await ask(app, "GET", "/docs", {})
    assert page.status == 200
    assert b"http" not in page.body
    policy = page.headers["content-security-policy"]
    assert "http" not in policy
    assert "script-src 'self' 'sha256-" in policy
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon.png"):
        assert f"docs/{name}".encode() in page.body
        file = await ask(app, "GET", f"/docs/{name}", {})
        assert (file.status, len(file.body) > 500) == (200, True)
    for name in ("redoc.standalone.js", "..%2fcore.py", "../core.py"):
        assert (await ask(app, "GET", f"/docs/{name}", {})).status == 404


@connected
async def test_many_who_ask_whether_all_is_well_are_one_question(few: Database) -> None:
    async with AsyncExitStack() as held:
        for _ in range(2):
            await held.enter_async_context(few.transaction(CITY))
        await asyncio.gather(*(few.ping() for _ in range(500)))
