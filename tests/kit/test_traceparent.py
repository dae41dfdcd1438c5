"""Which request something follows from: what is believed, where it is written, and where it must not be."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import asyncpg
import httpx2
import pytest
import structlog
from fastapi import FastAPI
from faststream.kafka import TestKafkaBroker
from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, new_id
from contracts.notify.notices import NoticeDelivered
from kit import kafka as bus
from kit import traceparent, web
from kit.access import permits
from kit.db import Database, actor
from kit.kafka import Listener
from kit.log import configure
from kit.outbox import emit, keep_unnamed
from kit.settings import Settings
from kit.web import Session
from tests.conftest import SettingsOf
from tests.support.client import Client
from tests.support.emitted import relay_url
from tests.support.employment import AsTheTokenSays
from tests.support.issuer import Issuer

CITY = "16.71"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SAID = f"00-{TRACE}-00f067aa0ba902b7-01"
FORM = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
INVALID = (
    "",
    TRACE,
    f"00-{TRACE}-00f067aa0ba902b7",
    f"00-{TRACE}-00f067aa0ba902b7-1",
    f"00-{TRACE}-00f067aa0ba902b7-01-more",
    f"00-{TRACE}-00f067aa0ba902b7-01 ",
    f" 00-{TRACE}-00f067aa0ba902b7-01",
    f"00-{TRACE.upper()}-00f067aa0ba902b7-01",
    f"00-{TRACE[:-1]}g-00f067aa0ba902b7-01",
    f"00-{TRACE}-0000000000000000-01",
    f"00-{'0' * 32}-00f067aa0ba902b7-01",
    f"ff-{TRACE}-00f067aa0ba902b7-01",
    f"0-{TRACE}-00f067aa0ba902b7-01",
    f"00_{TRACE}_00f067aa0ba902b7_01",
    f"00-{TRACE}-00f067aa0ba902b7-01,{SAID}",
    f"00-{TRACE}-00f067aa0ba902b7-\u0660\u0661",
    f"00-{TRACE}-00f067aa0ba902b7-01\n",
    SAID * 40,
)
connected = pytest.mark.connected


@pytest.mark.parametrize("said", INVALID)
def test_what_is_no_traceparent_begins_another(said: str) -> None:
    begun = traceparent.joined(said)
    assert FORM.fullmatch(begun)
    assert traceparent.id_of(begun) != TRACE
    assert traceparent.read(said) is None


@pytest.mark.parametrize("said", [SAID, f"01-{TRACE}-00f067aa0ba902b7-01-what.will.be", f"cc-{TRACE}-{'1' * 16}-09"])
def test_a_trace_goes_on_under_a_span_of_its_own(said: str) -> None:
    one, other = traceparent.joined(said), traceparent.joined(said)
    assert FORM.fullmatch(one)
    assert traceparent.id_of(one) == traceparent.read(said) == TRACE
    assert one.endswith("-01")
    assert len({said[36:52], one[36:52], other[36:52]}) == 3


def test_who_asks_not_to_be_recorded_is_handed_on_so() -> None:
    assert traceparent.joined(SAID[:-2] + "00").endswith("-00")


def test_several_headers_are_none() -> None:
    assert traceparent.only([SAID.encode(), SAID.encode()]) is None
    assert traceparent.only([]) is None
    assert traceparent.only([SAID.encode()]) == SAID


router = web.router()


class Telling(BaseModel):
    """What is told, and how."""

    unnamed: bool = False
    all_unnamed: bool = False


@router.post("/tellings", **permits(Relation.ANYONE))
async def tell(body: Telling, session: Session) -> None:
    structlog.get_logger().warning("telling")
    if body.all_unnamed:
        keep_unnamed(session)
    emit(session, fact(), unnamed=body.unnamed)


def fact() -> NoticeDelivered:
    about = "id.kinerja.plans.plan-set.v1"
    ids = {name: new_id() for name in ("notice_id", "person_id", "about_event")}
    return NoticeDelivered(tenant_id=CITY, about_type=about, delivered_at="2026-01-05T02:00:00Z", **ids)  # type: ignore[arg-type]


@pytest.fixture
def app(settings_of: SettingsOf, kit_db: Database) -> FastAPI:
    return web.application("notify", settings_of(kit_db), kit_db, router, employment=AsTheTokenSays())


async def waiting(database: Database) -> list[str | None]:
    """The traceparents of the outbox, in its order."""
    connection = await asyncpg.connect(relay_url(database))
    try:
        return [row["traceparent"] for row in await connection.fetch("select * from outbox order by id")]
    finally:
        await connection.close()


async def told(app: FastAPI, issuer: Issuer, headers: list[tuple[str, str]], **body: Any) -> None:
    async with Client(app, issuer) as client:
        known = list(client.as_(new_id(), CITY).items())
        answer = await client.post("/v1/tellings", json=body, headers=[*known, *headers])
        assert answer.is_success, answer.text


@connected
async def test_what_a_request_emits_belongs_to_its_trace(app: FastAPI, issuer: Issuer, kit_db: Database) -> None:
    await told(app, issuer, [("traceparent", SAID)])
    await told(app, issuer, [])
    await told(app, issuer, [("traceparent", SAID), ("traceparent", SAID)])
    await told(app, issuer, [("traceparent", SAID.upper())])
    rows = await waiting(kit_db)
    assert [row is not None and FORM.fullmatch(row) is not None for row in rows] == [True] * 4
    ids = [traceparent.id_of(row) for row in rows if row]
    assert ids[0] == TRACE
    assert len(set(ids)) == 4


@connected
async def test_what_an_anonymous_person_caused_has_none(app: FastAPI, issuer: Issuer, kit_db: Database) -> None:
    await told(app, issuer, [("traceparent", SAID)], unnamed=True)
    await told(app, issuer, [("traceparent", SAID)], all_unnamed=True)
    assert await waiting(kit_db) == [None, None]


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the process writes while the test runs, in the format of production."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    configure("test", Settings(environment="test", log_format="json"))
    written = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@connected
async def test_a_line_of_the_log_says_its_trace(app: FastAPI, issuer: Issuer, logged: io.StringIO) -> None:
    await told(app, issuer, [("traceparent", SAID)])
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert [line["trace_id"] for line in lines if line["event"] == "telling"] == [TRACE]
    assert "trace_id" not in structlog.contextvars.get_contextvars()


@connected
async def test_what_a_consumer_emits_belongs_to_the_trace_of_what_it_heard(kit_db: Database) -> None:
    async def pass_on(session: AsyncSession, _: NoticeDelivered) -> None:
        assert actor(session).is_system
        emit(session, fact())

    broker = bus.broker(Settings(environment="test"), "notify")
    Listener(broker, kit_db, "notify").on(NoticeDelivered, pass_on)
    heard = fact()
    async with TestKafkaBroker(broker):
        for said in (SAID, "no traceparent", None):
            headers = {"ce_id": str(new_id()), "ce_type": heard.ce_type()}
            headers |= {} if said is None else {"traceparent": said}
            await broker.publish(heard.model_dump_json().encode(), topic=heard.topic, key=b"one", headers=headers)
    ids = [traceparent.read(row) for row in await waiting(kit_db)]
    assert ids[0] == TRACE
    assert len(set(ids)) == 3
    assert None not in ids


@router.get("/mistakes", **permits(Relation.ANYONE))
async def mistake() -> None:
    raise KeyError("somebody's number")


@connected
async def test_a_mistake_and_a_refusal_are_found_by_the_number_in_their_answer(
    app: FastAPI, issuer: Issuer, logged: io.StringIO
) -> None:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    said = {"traceparent": SAID}
    async with httpx2.AsyncClient(transport=transport, base_url="http://notify") as client:
        known = issuer.header(new_id(), CITY) | said
        mistake = await client.get("/v1/mistakes", headers=known)
        malformed = await client.post("/v1/tellings", json={"unnamed": "?"}, headers=known)
        for silent in (await client.get("/v1/mistakes", headers=said), await client.get("/v1/nowhere", headers=known)):
            assert silent.json()["trace"] == TRACE[:8]
    assert [one.json()["trace"] for one in (mistake, malformed)] == [TRACE[:8]] * 2
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    ours = [one for one in lines if one.get("trace_id") == TRACE]
    assert [(one["event"], one["level"]) for one in ours] == [("unexpected error", "error"), ("refused", "info")]
    assert (ours[1]["status"], ours[1]["kind"], ours[1]["route"]) == (422, "invalid", "/v1/tellings")
    assert ours[1]["actor"] is None, "it is no witness of who wrote what"
