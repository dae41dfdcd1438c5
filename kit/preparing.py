"""What a route does before its transaction begins: work that takes long, and during which nobody may be held up."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

from fastapi import Request

from kit.actor import Actor

Prepare = Callable[[Request, Actor], AbstractAsyncContextManager[Any]]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
_PREPARES = "_prepares"


def prepared(by: Prepare) -> Callable[[Endpoint], Endpoint]:
    """Declare that ``by`` runs around a route's transaction; the route finds what it made in ``made(request)``."""

    def declared(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _PREPARES, by)
        return endpoint

    return declared


def is_prepared(endpoint: Callable[..., Any]) -> bool:
    """Whether a route has something done before its transaction."""
    return hasattr(endpoint, _PREPARES)


@asynccontextmanager
async def preparing(endpoint: Callable[..., Any], request: Request, actor: Actor) -> AsyncIterator[None]:
    """Prepare what the route declared, if anything; it is cleared away when the route has answered."""
    prepare: Prepare | None = getattr(endpoint, _PREPARES, None)
    if prepare is None:
        yield
        return
    async with prepare(request, actor) as found:
        request.state.prepared = found
        yield


async def made(request: Request) -> Any:
    """What was prepared for this request; for ``Depends``."""
    return request.state.prepared
