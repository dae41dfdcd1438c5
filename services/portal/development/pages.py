"""The page of one's own development; it is planned and closed by who leads."""

import asyncio
from typing import Any

from fastapi import Response

from contracts.base import Relation
from services.portal.names.queries import names
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()


@router.get("/pengembangan", **shown_to(Relation.SELF, note="one's own"))
async def development(visit: Visiting) -> Response:
    """Actions, coaching, recognitions and improvement of the reader."""
    asked = ("/development-actions", "/coachings", "/recognitions", "/improvement-cases")
    me = str(visit.actor.id)
    # Asked by the person: whoever may read of others as well would be noted as having looked at all of them.
    found = await asyncio.gather(*(visit.ask.every("feedback", path, servant_id=me) for path in asked))
    async with visit.copies() as session:
        people = await names(session, [one["coach_id"] for one in found[1]])
    shown: dict[str, Any] = dict(zip(("actions", "coachings", "recognitions", "improvements"), found, strict=True))
    title = visit.say("development.title")
    return visit.page("development/development.html", title, section="more", people=people, **shown)
