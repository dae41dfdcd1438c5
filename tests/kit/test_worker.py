"""What a worker answers over HTTP."""

import httpx
from faststream.kafka import KafkaBroker

from kit.worker import application


async def test_a_worker_shows_itself_but_takes_no_message_for_the_bus() -> None:
    app = application(KafkaBroker(), None)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://worker") as client:
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get("/asyncapi")).status_code == 200
        tried = {"channelName": "plans:Handle", "message": {}, "options": {"sendToRealBroker": True}}
        assert (await client.post("/asyncapi/try", json=tried)).status_code == 404
