"""The page of one runbook."""

from fastapi import Response

from contracts.base import Relation
from services.portal.runbooks.declared import PARTS, Alert, lines, pieces, title
from services.portal.web.errors import missing
from services.portal.web.route import pages
from services.portal.web.shown import shown_to
from services.portal.web.visit import Visiting

router = pages()


@router.get("/operasional/panduan/{alert}", **shown_to(Relation.OPERATIONS))
async def runbook(alert: str, visit: Visiting) -> Response:
    """Meaning, effect on people, how to look, what to do, how to undo it, whom to call on; an unknown name is no page."""
    if alert not in {one.value for one in Alert}:
        return missing(visit)
    known = Alert(alert)
    said = {one: [pieces(line) for line in lines(visit.language, known, one)] for one in PARTS}
    return visit.page(
        "runbooks/runbook.html",
        visit.say("runbooks.title", alert=title(visit.language, known)),
        section="operations",
        said=said,
        to_say=lines("id", known, "people")[0],
    )
