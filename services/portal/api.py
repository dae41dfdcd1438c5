"""The HTTP door of the portal: pages."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import cast

import httpx2
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit.auth import Verifier
from kit.db import Database
from kit.door.headers import headed
from kit.door.rates import Rates
from kit.errors import KinerjaError
from kit.health import add_health
from kit.measured import Measured
from kit.settings import Settings
from services.portal.admissions import pages as admissions
from services.portal.amendments import pages as amendments
from services.portal.answers import pages as answers
from services.portal.audit import cases as audit_cases
from services.portal.audit import chains as audit_chains
from services.portal.audit import journal as audit_journal
from services.portal.audit import measures as audit_measures
from services.portal.audit import pages as audit
from services.portal.audit import recomputing as audit_recomputing
from services.portal.branch import pages as branch
from services.portal.bringing import pages as bringing
from services.portal.city import comparing as city_comparing
from services.portal.city import pages as city
from services.portal.city import recognitions as city_recognitions
from services.portal.clarifications import pages as clarifications
from services.portal.coaching import pages as coaching
from services.portal.community import pages as community
from services.portal.conflicts import pages as conflicts
from services.portal.corrections import changes as corrections_changes
from services.portal.corrections import numbers as corrections_numbers
from services.portal.corrections import requests as corrections
from services.portal.deliveries import pages as deliveries
from services.portal.development import pages as development
from services.portal.diary import files as diary_files
from services.portal.diary import offline as diary_offline
from services.portal.diary import pages as diary
from services.portal.docket import pages as docket
from services.portal.drafts import pages as drafts
from services.portal.evidence import pages as evidence
from services.portal.evidence.store import Store
from services.portal.exports import pages as exports
from services.portal.fairness import pages as fairness
from services.portal.feedback import entries as feedback_entries
from services.portal.feedback import pages as feedback
from services.portal.handovers import pages as handovers
from services.portal.history import pages as history
from services.portal.imports import pages as imports
from services.portal.inbox import pages as inbox
from services.portal.interventions import pages as interventions
from services.portal.interventions import raters as interventions_raters
from services.portal.learning import pages as learning
from services.portal.lookups import pages as lookups
from services.portal.moderation import pages as moderation
from services.portal.more import pages as more
from services.portal.national import one as national_one
from services.portal.national import pages as national
from services.portal.objections import deciding as objections_deciding
from services.portal.objections import pages as objections
from services.portal.office import pages as office
from services.portal.operations import pages as operations
from services.portal.operations import pausing as operations_pausing
from services.portal.organisations import pages as organisations
from services.portal.outages import pages as outages
from services.portal.papers import pages as papers
from services.portal.peers import pages as peers
from services.portal.personnel import acts as personnel_acts
from services.portal.personnel import moves as personnel_moves
from services.portal.personnel import planned as personnel_planned
from services.portal.personnel import positions as personnel_positions
from services.portal.plan import editing as plan_editing
from services.portal.plan import pages as plan
from services.portal.policies import pages as policies
from services.portal.policies import what_if as policies_what_if
from services.portal.profile import pages as profile
from services.portal.proposals import pages as proposals
from services.portal.province import comparing as province_comparing
from services.portal.province import pages as province
from services.portal.province import policies as province_policies
from services.portal.public import feed as public_feed
from services.portal.public import pages as public
from services.portal.rating import pages as rating
from services.portal.rating import periods as rating_periods
from services.portal.rating import revising as rating_revising
from services.portal.rating import signing as rating_signing
from services.portal.reports import pages as reports
from services.portal.results import pages as results
from services.portal.reviews import pages as reviews
from services.portal.runbooks import pages as runbooks
from services.portal.sessions import pages as sessions
from services.portal.sessions.crypt import Crypt
from services.portal.sessions.oidc import Issuer
from services.portal.sessions.store import Sessions
from services.portal.settings import PortalSettings
from services.portal.standards import pages as standards
from services.portal.steering import more_time as steering_time
from services.portal.steering import pages as steering
from services.portal.structure import pages as structure
from services.portal.takeovers import pages as takeovers
from services.portal.tasks import pages as tasks
from services.portal.team import pages as team
from services.portal.team import plans as team_plans
from services.portal.training import materials as training_materials
from services.portal.training import pages as training
from services.portal.training import quiz as training_quiz
from services.portal.training import session as training_session
from services.portal.upstream.services import Services
from services.portal.upward import pages as upward
from services.portal.visits import pages as visits
from services.portal.visits import plans as visits_plans
from services.portal.web import assets, errors
from services.portal.web.headers import page_headers

ROOMS = (
    sessions.own,
    tasks.router,
    drafts.router,
    evidence.router,
    city.router,
    city_comparing.router,
    city_recognitions.router,
    province_comparing.router,
    province_policies.router,
    province.router,
    audit.router,
    audit_journal.router,
    audit_cases.router,
    audit_chains.router,
    audit_recomputing.router,
    audit_measures.router,
    operations.router,
    operations_pausing.router,
    runbooks.router,
    papers.router,
    diary.router,
    diary_files.router,
    plan.router,
    plan_editing.router,
    reports.router,
    standards.router,
    results.router,
    clarifications.router,
    objections.router,
    objections_deciding.router,
    feedback.router,
    feedback_entries.router,
    peers.thanks,
    peers.router,
    bringing.router,
    development.router,
    inbox.router,
    lookups.router,
    profile.router,
    learning.router,
    more.router,
    office.router,
    moderation.router,
    fairness.router,
    docket.router,
    proposals.router,
    organisations.router,
    deliveries.router,
    exports.router,
    national.router,
    national_one.router,
    upward.router,
    reviews.router,
    policies.router,
    policies_what_if.router,
    steering.router,
    steering_time.router,
    imports.router,
    community.router,
    outages.router,
    history.router,
    interventions.router,
    interventions_raters.router,
    training.router,
    training_session.router,
    training_materials.router,
    training_quiz.router,
    structure.router,
    corrections.router,
    corrections_numbers.router,
    personnel_acts.router,
    personnel_positions.router,
    personnel_planned.router,
    personnel_moves.router,
    corrections_changes.router,
    team.router,
    team_plans.router,
    amendments.router,
    handovers.router,
    coaching.router,
    takeovers.router,
    branch.router,
    admissions.router,
    rating.router,
    rating_signing.router,
    rating_periods.router,
    rating_revising.router,
    answers.router,
    visits.router,
    visits_plans.router,
    conflicts.router,
)
"""The pages of people who have signed in."""


class _Application(FastAPI):
    def build_middleware_stack(self) -> ASGIApp:
        """Starlette's, with the headers and the trace around everything: a program's mistake is found by its trace."""
        measured = Measured(super().build_middleware_stack(), service="portal")
        return headed(_with_page_headers(measured, self))


def build(
    settings: Settings, database: Database, transports: Mapping[str, httpx2.AsyncBaseTransport] | None = None
) -> FastAPI:
    """The application; ``transports`` lead to services that are in this process (tests)."""
    if not isinstance(settings, PortalSettings):
        raise TypeError("the portal has settings of its own: services.portal.settings.PortalSettings")
    settings.require_whole()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await app.state.services.close()
        await database.close()

    app = _Application(title="Kinerja portal", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    state = app.state
    state.service, state.settings, state.database = "portal", settings, database
    state.rates, state.crypt, state.sessions = Rates(settings), Crypt(settings), Sessions(settings, database)
    state.verifier, state.store = Verifier(settings), Store(settings)
    state.issuer = Issuer(settings, state.verifier)
    state.services = Services(settings.portal_services, transports)
    for one in (
        sessions.router,
        assets.router,
        public.router,
        public_feed.router,
        papers.public,
        diary_offline.router,
        *ROOMS,
    ):
        app.include_router(one)
    _add_errors(app)
    add_health(app, database)
    return app


def _add_errors(app: FastAPI) -> None:
    """Of whoever has not signed in; a page of a person shows its own."""

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        return errors.open_missing(request, error.status_code)

    @app.exception_handler(KinerjaError)
    async def failed(request: Request, error: KinerjaError) -> Response:
        return errors.open_failed(request, error)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        return errors.open_broken(request, error)


def _with_page_headers(app: ASGIApp, owner: FastAPI) -> ASGIApp:
    """Those of pages, before those that every answer of Kinerja has."""
    settings = cast("PortalSettings", owner.state.settings)
    # Signing out leads to the issuer, whose pages may have another address than its tokens name (a local stack).
    places = (settings.oidc_issuer, settings.portal_discovery)
    issuer = " ".join(sorted({"/".join(one.split("/")[:3]) for one in places if one}))
    headers = [(name.lower().encode(), value.encode()) for name, value in page_headers(issuer).items()]

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        async def completing(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *(one for one in headers if one[0] not in said)]
            await send(message)

        await app(scope, receive, completing)

    return answering
