"""The feed: CloudEvents in order, page by page, for machines of the city."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request, Response

from contracts.base import Relation, Role
from contracts.public.envelope import BATCH, SINGLE
from contracts.public.language import Language
from contracts.public.scopes import readable
from kit import web
from kit.access import permits, require_role
from kit.errors import NotFound
from kit.paging import Paging
from kit.preparing import prepared
from kit.web import Acting, Session
from services.integrations.catalogue.api import lifecycle
from services.integrations.feed import rules
from services.integrations.feed.api.asked import Asked, Wait
from services.integrations.feed.api.waiting import until_there_is_more
from services.integrations.feed.queries import pages

router = web.router(tags=["feed"])
_READ = ("read published events", "membaca peristiwa yang diterbitkan")
_MACHINES = permits(Relation.INTEGRATOR, note="the types that the scopes of the token open")
_EVENT: dict[str, Any] = {"type": "object", "title": "CloudEvent", "description": "See docs/integrate.md."}


class EventsAnswer(Response):
    """A CloudEvents batch."""

    media_type = BATCH


class EventAnswer(Response):
    """One CloudEvent."""

    media_type = SINGLE


@router.get(
    "/events",
    summary="Published events in order; Link names the next page, also after the last",
    response_class=EventsAnswer,
    responses={200: {"content": {BATCH: {"schema": {"type": "array", "items": _EVENT}}}}},
    **_MACHINES,
)
@prepared(until_there_is_more)
async def read_events(
    request: Request,
    session: Session,
    wanted: Asked,
    paging: Paging,
    wait: Wait = 0,
) -> Response:
    del wait  # the waiting is over
    require_role(session, Role.INTEGRATOR, what=_READ)
    after = paging.after(int)
    found = await pages.page(session, wanted, after=int(str(after[0])) if after else 0, limit=paging.limit)
    return _answer(request, found, cursor=paging.pack((found.until,)), full=found.count == paging.limit)


@router.get(
    "/events/{event_id}",
    summary="One published event",
    response_class=EventAnswer,
    responses={200: {"content": {SINGLE: {"schema": _EVENT}}}},
    **_MACHINES,
)
async def read_event(event_id: Annotated[UUID, Path()], request: Request, session: Session, acting: Acting) -> Response:
    require_role(session, Role.INTEGRATOR, what=_READ)
    found = await pages.one(session, event_id)
    if found is None or found.type not in readable(acting.scopes, request.app.state.language):
        raise NotFound(
            f"no event {event_id} that you may read", f"peristiwa {event_id} tidak ada atau bukan untuk Anda"
        )
    return EventAnswer(found.body.encode(), headers={"Cache-Control": rules.KEPT, "Vary": "Authorization"})


def _answer(request: Request, found: pages.FeedPage, *, cursor: str, full: bool) -> Response:
    language: Language = request.app.state.language
    tag = rules.tag(found.hashes)
    headers = lifecycle([language.of_ce_type[name] for name in found.types])
    ours = rules.next_link(request.url.path, request.query_params.multi_items(), cursor)
    headers["Link"] = ", ".join(filter(None, (ours, headers.get("Link"))))
    headers |= {"ETag": tag, "Cache-Control": rules.KEPT if full else rules.ASK_AGAIN, "Vary": "Authorization"}
    if found.count and request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    return EventsAnswer(f"[{found.text}]".encode(), headers=headers)
