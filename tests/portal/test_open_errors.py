"""An error of somebody who has not signed in is a page as well, with the number by which it is found; nobody fills the log."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from kit.door.rates import Allowance
from kit.measured import Measured
from services.portal.api import _add_errors
from services.portal.web import errors

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
NUMBER = f'<strong id="number">{TRACE[:8]}</strong>'
BURST = 3


@pytest.fixture
async def stranger(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx2.AsyncClient]:
    """At pages of which one is a mistake of the program."""
    monkeypatch.setattr(errors, "_STRANGERS", Allowance(rate=0.001, burst=BURST))
    app = FastAPI()
    _add_errors(app)

    @app.get("/keliru")
    async def mistake() -> None:
        raise KeyError("somebody's number")

    headers = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}
    transport = httpx2.ASGITransport(app=Measured(app, service="portal"), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://portal", headers=headers) as client:
        yield client


@pytest.mark.parametrize(("path", "status"), [("/keliru", 500), ("/tidak-ada", 404)])
async def test_the_page_says_the_number_of_its_trace(stranger: httpx2.AsyncClient, path: str, status: int) -> None:
    page = await stranger.get(path)
    assert (page.status_code, NUMBER in page.text) == (status, True)
    assert "Nomor untuk pusat bantuan" in page.text
    assert "somebody" not in page.text


async def test_whoever_asks_for_a_thousand_pages_does_not_fill_the_log(stranger: httpx2.AsyncClient) -> None:
    with capture_logs() as logged:
        pages = [await stranger.get("/tidak-ada") for _ in range(BURST * 3)]
    assert all(NUMBER in page.text for page in pages)
    assert [one["event"] for one in logged] == ["error page"] * BURST


async def test_a_mistake_of_the_program_is_told_with_its_traceback(stranger: httpx2.AsyncClient) -> None:
    with capture_logs() as logged:
        await stranger.get("/keliru")
    assert [(one["event"], one["log_level"]) for one in logged] == [
        ("unexpected error", "error"),
        ("error page", "info"),
    ]
    assert isinstance(logged[0]["exc_info"], KeyError)
