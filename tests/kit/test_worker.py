"""What a worker answers over HTTP."""

import importlib
import json
from typing import Any

import httpx
import pytest
from faststream.asgi import AsgiFastStream

from contracts.base import SERVICES
from contracts.known import emitted_by
from kinerja.documents.api import NOWHERE
from kinerja.documents.written import PLACE
from kit import kafka
from kit.clock import Clock
from kit.db import Database
from kit.settings import Settings
from kit.worker import application


async def shown(app: AsgiFastStream, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://worker") as client:
        return await client.get(path)


def worker_of(service: str) -> AsgiFastStream:
    """The service's worker with its own consumers bound, connected to nothing."""
    broker = kafka.broker(Settings(environment="test"), service)
    importlib.import_module(f"services.{service}.consumers").install(
        broker, Database(NOWHERE, clock=Clock.from_setting(""))
    )
    return application(service, broker, None, lambda: emitted_by(service))


async def test_a_worker_shows_itself_but_takes_no_message_for_the_bus() -> None:
    app = application("plans", kafka.broker(Settings(environment="test"), "plans"), None)
    assert (await shown(app, "/health/live")).status_code == 200
    assert (await shown(app, "/asyncapi")).status_code == 200
    tried = {"channelName": "plans:Handle", "message": {}, "options": {"sendToRealBroker": True}}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://worker") as client:
        for path in ("/asyncapi/try", "/asyncapi"):
            assert (await client.post(path, json=tried)).status_code in {404, 405}


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "registry"])
async def test_a_worker_shows_the_document_of_its_service(service: str) -> None:
    answer = await shown(worker_of(service), "/asyncapi")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads((PLACE / f"{service}.asyncapi.json").read_text())


async def test_the_registry_hears_nobody_and_shows_what_it_emits() -> None:
    broker = kafka.broker(Settings(environment="test"), "registry")
    answer = await shown(application("registry", broker, None, lambda: emitted_by("registry")), "/asyncapi")
    document: Any = json.loads((PLACE / "registry.asyncapi.json").read_text())
    assert answer.json() == document
