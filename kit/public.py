"""A public route: anybody reads it without a token, in one transaction of the city it names, which can change nothing."""

from collections.abc import Callable
from typing import Any, TypedDict

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy import text

from kit.actor import visitor
from kit.guarded import Handler, strain_told
from kit.openapi import PUBLIC
from kit.readable import require_readable
from kit.unknown import Known

KEPT_SECONDS = 300
"""How long a browser, or whatever stands between, may show the same answer again."""
CITY = "{city}"
_READ_ONLY = text("set transaction read only")


class Extra(TypedDict):
    """What a declaration hands to the route."""

    openapi_extra: dict[str, str]


def public(*, note: str) -> Extra:
    """Declare why anybody may read it: ``@router.get("/public/{city}/reports", **public(note="..."))``."""
    if not note:
        raise ValueError("say what makes it public")
    return {"openapi_extra": {PUBLIC: note}}


class Public(APIRoute):
    """A route without a token. It reads, names the city in its path, and says why it may, or it is not built."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if PUBLIC not in (options.get("openapi_extra") or {}):
            raise TypeError(f"{path} does not say why it is public: add **public(note=...) of kit.public to the route")
        if set(options.get("methods") or ()) != {"GET"} or CITY not in path:
            raise TypeError(f"{path}: a public route is a GET with {CITY} in its path")
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        inner, known = super().get_route_handler(), Known.of(self)

        async def handle(request: Request) -> Response:
            request.app.state.rates.visited(request.client.host if request.client else None)
            require_readable(request)
            known.require_query(request)
            with strain_told(request):
                answer = await _in_transaction(request, inner)
            answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
            return answer

        return handle


async def _in_transaction(request: Request, inner: Handler) -> Response:
    # The city as it stands in the path: what is no city has no rows.
    reader = visitor(request.path_params["city"])
    async with request.app.state.database.transaction(reader.tenant_id, reader) as session:
        await session.execute(_READ_ONLY)
        request.state.session = session
        return await inner(request)


def public_router(**options: Any) -> APIRouter:
    """A router whose every route is public."""
    return APIRouter(route_class=Public, prefix="/v1", **options)
