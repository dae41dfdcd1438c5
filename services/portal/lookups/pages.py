"""The page that says who looked at what, and when."""

from fastapi import Response

from contracts.base import Relation
from services.portal.lookups.reading import newest
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()
_MOST = 200
"""The newest of each service."""


@router.get("/siapa-melihat", **shown_to(Relation.ANYONE, note="of one's own records"))
async def lookups(visit: Visiting) -> Response:
    """The newest first; one's own looks are not counted."""
    found = await newest(visit, _MOST)
    return visit.page("lookups/lookups.html", visit.say("lookups.title"), section="more", found=found)
