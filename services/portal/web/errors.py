"""Errors as pages: what happened, that nothing was changed, and how to go on."""

import secrets

import structlog
from fastapi import Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from contracts.base import Relation
from kit.errors import KinerjaError
from services.portal.upstream.refusals import Refusal
from services.portal.web.visit import Visit

log = structlog.get_logger()
_TEMPLATE = "web/error.html"


def page_of(visit: Visit, error: Exception, *, route: str) -> Response:
    """Whatever a page raised; a mistake of the program is logged with the number that the reader is told."""
    match error:
        case HTTPException():
            return missing(visit, error.status_code)
        case RequestValidationError():
            return missing(visit)
        case Refusal():
            return refused(visit, error)
        case KinerjaError():
            return failed(visit, error)
    number = secrets.token_hex(4)
    log.error("unexpected error", number=number, route=route, exc_info=error)
    return broken(visit, number)


def missing(visit: Visit, status: int = 404) -> Response:
    """No such page, or nothing there that this reader may know of."""
    return _page(visit, visit.say("web.not_found_title"), visit.say("web.not_found"), status)


def not_for_you(visit: Visit, who: list[Relation]) -> Response:
    """Another role's page."""
    named = ", ".join(one.explanation.id if visit.language == "id" else one.explanation.en for one in who)
    return _page(visit, visit.say("web.refused_title"), visit.say("web.refused", who=named), 403)


def forged(visit: Visit, why: str) -> Response:
    """A form that none of our pages sent in this session."""
    words = visit.say("web.elsewhere") if why == "elsewhere" else visit.say("web.stale")
    return _page(visit, visit.say("web.stale_title"), words, 403)


def refused(visit: Visit, refusal: Refusal) -> Response:
    """A service's refusal that no form shows, in the service's own words."""
    if refusal.status == 404:
        return missing(visit)
    faults = [f"{one.where}: {one.detail}" if one.where else one.detail for one in refusal.faults]
    return _page(visit, refusal.title or visit.say("web.refused_act"), refusal.detail, refusal.status, faults)


def failed(visit: Visit, error: KinerjaError) -> Response:
    """What our own code refuses, or a service that is silent."""
    title = error.title[1 if visit.language == "id" else 0]
    return _page(visit, title, error.detail(visit.language), error.status)


def broken(visit: Visit, number: str) -> Response:
    """A mistake of the program: a number by which the log is found, and nothing else."""
    return _page(visit, visit.say("web.broken_title"), visit.say("web.broken", number=number), 500)


def _page(visit: Visit, title: str, text: str, status: int, faults: list[str] | None = None) -> Response:
    return visit.page(_TEMPLATE, title, status=status, text=text, faults=faults or [])
