"""What somebody does on a page and what a service does about it are one trace."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from kit import traceparent
from services.portal.upstream.refusals import Refusal
from services.portal.upstream.services import Asking, Services


class Service:
    """Remembers what it is told of the trace."""

    def __init__(self) -> None:
        self.told: list[list[bytes]] = []

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        self.told.append([value for name, value in scope["headers"] if name == b"traceparent"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b'{"items": [], "next": null}'})


@pytest.fixture
def plans() -> Service:
    return Service()


@pytest.fixture
async def asking(plans: Service) -> AsyncIterator[Asking]:
    services = Services({"plans": "http://plans"}, {"plans": httpx2.ASGITransport(app=plans)})
    yield Asking(services, "token", "id")
    await services.close()


async def test_the_portal_asks_under_the_trace_of_the_page(plans: Service, asking: Asking) -> None:
    begun = traceparent.begun()
    with traceparent.bound(begun):
        await asking.every("plans", "/plans")
        await asking.post("plans", "/plans", {})
        await asking.file("plans", "/plans/file")
    assert plans.told == [[begun.encode()]] * 3


async def test_outside_of_a_request_it_says_nothing(plans: Service, asking: Asking) -> None:
    await asking.get("plans", "/plans")
    assert plans.told == [[]]


@pytest.mark.parametrize("part", ["x?state=SET", "x#", "..", ".", "", "a%2Fb", "a\\b", "../../openapi.json"])
async def test_what_stands_in_an_address_leads_to_no_other_route(plans: Service, asking: Asking, part: str) -> None:
    with pytest.raises(Refusal) as refused:
        await asking.post("plans", f"/plans/{part}/setting")
    assert (refused.value.status, plans.told) == (404, [])
