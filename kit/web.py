"""The HTTP door of every service: one transaction a request, refused by default, problem+json for every error."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.types import ASGIApp

from kit import oversight
from kit.actor import Actor
from kit.assistance import Assistance
from kit.auth import Verifier
from kit.db import Database
from kit.door.headers import headed
from kit.door.pages import add_pages
from kit.door.rates import Rates
from kit.employment import Employment
from kit.guarded import Guarded
from kit.health import add_health
from kit.lookups.noting import Lookups
from kit.measured import Measured
from kit.openapi import Documented
from kit.problems import add_problems
from kit.settings import Settings
from kit.unknown import Strict


async def _session(request: Request) -> AsyncSession:
    session: AsyncSession = request.state.session
    return session


async def _actor(request: Request) -> Actor:
    actor: Actor = request.state.actor
    return actor


# Coroutines, because FastAPI sends plain dependencies to a thread.
Session = Annotated[AsyncSession, Depends(_session)]
Acting = Annotated[Actor, Depends(_actor)]


APART = ("integrations",)
"""Services that keep no copy of people, and so know nobody whom a line of the journal concerns."""


def router(**options: Any) -> APIRouter:
    """A router whose every route is guarded; services have no other."""
    return APIRouter(route_class=Guarded, prefix="/v1", **options)


class _Application(Documented):
    """Headers are put on outside everything else, and the trace reaches as far: what a program's mistake makes Starlette
    answer has the headers as well, and what is logged of it the trace.
    """

    def build_middleware_stack(self) -> ASGIApp:
        """Starlette's, in ours."""
        return headed(Measured(super().build_middleware_stack(), service=self.state.service))


def application(
    service: str,
    settings: Settings,
    database: Database,
    *routers: APIRouter,
    employment: Employment,
    assistance: Assistance | None = None,
    lookups: Lookups | None = None,
    summary: str = "",
) -> FastAPI:
    """The FastAPI application of one service; ``employment`` looks up at each request what a token's person may be now,
    ``assistance`` for whom else he or she may enter; ``lookups`` notes who reads what happened about others.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    app = _Application(
        title=f"Kinerja {service}",
        version="1",
        summary=summary or None,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.router.route_class = Strict
    app.state.service = service
    app.state.settings = settings
    app.state.rates = Rates(settings)
    app.state.database = database
    app.state.verifier = Verifier(settings)
    app.state.employment = employment
    app.state.assistance = assistance
    app.state.lookups = lookups
    for one in (*routers, oversight.apart if service in APART else oversight.router):
        app.include_router(one)
    add_problems(app)
    add_health(app, database)
    add_pages(app)
    return app
