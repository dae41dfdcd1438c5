"""What somebody wrote is in the database and in no log, whatever goes wrong with it."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Annotated

import pytest
import structlog
from fastapi import FastAPI
from pydantic import BaseModel, StringConstraints, ValidationError
from sqlalchemy import text

from contracts.base import Relation, new_id
from kit import web
from kit.access import permits
from kit.db import Database
from kit.log import configure
from kit.settings import Settings
from kit.web import Session
from tests.conftest import SettingsOf
from tests.support.client import Client
from tests.support.employment import AsTheTokenSays
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected
CITY = "16.71"
SECRET = "Ani sakit sejak Maret"
STATEMENTS = {
    "unique": (
        "insert into answers (tenant_id, actor_id, key, request, asked_at) "
        "select '16.71', :id, :text, 'x', now() from generate_series(1, 2)"
    ),
    "type": "select cast(:text as integer)",
    "argument": "select cast(:text as uuid)",
    "trigger": "do $$ begin raise exception 'x' using detail = 'Ani sakit sejak Maret'; end $$",
    "unknown column": "select nothing from answers where key = :text",
    "division": "select length(:text) / 0",
}
router = web.router()


class Wish(BaseModel):
    """What is wished for."""

    which: str
    said: Annotated[str, StringConstraints(max_length=8000)]


@router.post("/wishes", **permits(Relation.ANYONE))
async def wish(body: Wish, session: Session) -> None:
    if body.which == "model":
        Wish.model_validate({"which": {body.said: body.said}, "said": 1})
    statement = STATEMENTS[body.which]
    values = {"id": new_id(), "text": body.said}
    await session.execute(text(statement), {name: one for name, one in values.items() if f":{name}" in statement})


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the process writes while the test runs, in the format of production."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    configure("test", Settings(environment="test", log_format="json", log_level="DEBUG"))
    written = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.handlers[:] = before
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def app(settings_of: SettingsOf, kit_db: Database) -> FastAPI:
    return web.application("notify", settings_of(kit_db), kit_db, router, employment=AsTheTokenSays())


@pytest.mark.parametrize("which", [*STATEMENTS, "model"])
async def test_an_error_is_logged_without_what_somebody_wrote(
    which: str, app: FastAPI, issuer: Issuer, logged: io.StringIO
) -> None:
    async with Client(app, issuer) as client:
        headers = client.as_(new_id(), CITY)
        try:
            await client.post("/v1/wishes", json={"which": which, "said": SECRET}, headers=headers)
        except Exception as error:  # the transport hands on what the server logs once more
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
            logging.getLogger("kit").warning("again: %r", error)
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    told = [line["exception"] for line in lines if "exception" in line]
    assert len(told) == 2
    assert all("test_logs.py" in one for one in told), "where it broke"
    assert SECRET not in logged.getvalue()


def test_a_refused_value_is_named_by_its_place() -> None:
    from kit.tracebacks import said  # noqa: PLC0415

    with pytest.raises(ValidationError) as caught:
        Wish.model_validate({"which": {"x": SECRET}, "said": 1})
    assert "which (string_type)" in said(caught.value)
    assert SECRET not in said(caught.value)
