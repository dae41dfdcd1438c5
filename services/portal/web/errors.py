"""Errors as pages: what happened, that nothing was changed, how to go on, and the number by which the request is found."""

from typing import Any

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from contracts.base import Relation
from kit import traceparent
from kit.door.rates import Allowance
from kit.errors import KinerjaError, ReadOnly, read_only
from services.portal.sessions.cookies import language
from services.portal.upstream.refusals import Refusal
from services.portal.web.again import again, sent
from services.portal.web.open import open_page
from services.portal.web.visit import Visit
from services.portal.web.words import say

log = structlog.get_logger()
_TEMPLATE = "web/error.html"
_STRANGERS = Allowance(rate=5, burst=100)
"""Lines of the log for who has not signed in: whoever asks for a thousand pages that there are not must not fill it."""
_LATER = 503


def page_of(visit: Visit, error: Exception) -> Response:
    """Whatever a page raised."""
    match error:
        case HTTPException():
            return missing(visit, error.status_code)
        case RequestValidationError():
            return missing(visit)
        case Refusal():
            return refused(visit, error)
        case KinerjaError():
            return failed(visit, error)
    return broken(visit, error)


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
    if refusal.kind == ReadOnly.kind and sent(visit):  # also where what had to be read first was refused
        return failed(visit, read_only(writes=True))
    faults = [f"{one.where}: {one.detail}" if one.where else one.detail for one in refusal.faults]
    return _page(visit, refusal.title or visit.say("web.refused_act"), refusal.detail, refusal.status, faults)


def failed(visit: Visit, error: KinerjaError) -> Response:
    """What our own code refuses, or a service that is silent."""
    title = error.title[1 if visit.language == "id" else 0]
    return _page(visit, title, error.detail(visit.language), error.status)


def broken(visit: Visit, error: Exception) -> Response:
    """A mistake of the program: the log has its traceback, the page nothing of it."""
    log.error("unexpected error", route=_route(visit.request), exc_info=error)
    return _page(visit, visit.say("web.broken_title"), visit.say("web.broken"), 500)


def open_missing(request: Request, status: int) -> Response:
    """No such page, told to somebody who has not signed in."""
    tongue = language(request)
    return _open(request, say(tongue, "web.not_found_title"), say(tongue, "web.not_found"), status)


def open_failed(request: Request, error: KinerjaError) -> Response:
    """What our own code refuses somebody who has not signed in."""
    tongue = language(request)
    return _open(request, error.title[1 if tongue == "id" else 0], error.detail(tongue), error.status)


def open_broken(request: Request, error: Exception) -> Response:
    """A mistake of the program on a page that needs no session."""
    tongue = language(request)
    log.error("unexpected error", route=_route(request), exc_info=error)
    return _open(request, say(tongue, "web.broken_title"), say(tongue, "web.broken"), 500)


def _page(visit: Visit, title: str, text: str, status: int, faults: list[str] | None = None) -> Response:
    _log(visit.request, title, status)
    shown: dict[str, Any] = {"number": traceparent.number(), "again": again(visit) if status == _LATER else None}
    return visit.page(_TEMPLATE, title, status=status, text=text, faults=faults or [], **shown)


def _open(request: Request, title: str, text: str, status: int) -> Response:
    if not _STRANGERS.take("all"):
        _log(request, title, status)
    return open_page(request, _TEMPLATE, title, status=status, text=text, number=traceparent.number())


def _log(request: Request, title: str, status: int) -> None:
    # Without the actor: next to what an anonymous person then says, it would tell who that was.
    log.info("error page", method=request.method, route=_route(request), status=status, title=title, actor=None)


def _route(request: Request) -> str:
    """The route and not the path: there may be a person's number in it."""
    return str(getattr(request.scope.get("route"), "path", ""))
