"""Tables as a paper for a meeting, made and recognised as official forms are: what a leader takes along can be forged too."""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import Response

from contracts.portal.papers import PaperKind
from services.portal.listings.shown import Cell, Link, Listing
from services.portal.papers.commands import make
from services.portal.papers.queries.reads import Asked, letterhead
from services.portal.papers.rules.listings import ListingPaper, TableOnPaper
from services.portal.web.visit import Visit


async def paper_of(
    visit: Visit,
    name: str,
    title: str,
    listings: Sequence[Listing],
    *,
    intro: Sequence[str] = (),
    kind: PaperKind = PaperKind.LISTING,
    subject_id: UUID | None = None,
    servant_id: UUID | None = None,
    cycle_id: UUID | None = None,
) -> Response:
    """The tables as ``name-code.pdf``, in the reader's language; the same content gives the same bytes.

    ``kind`` is what the page of verification says of it. A newer one of the same subject is told to whoever verifies an
    older one; without a ``subject_id`` those that the reader made under this name are about the same.
    """
    head = await letterhead(Asked(visit.ask, visit.copies), visit.actor.tenant_id)
    hidden = visit.say("web.hidden")
    paper = ListingPaper(
        head=head,
        subject_id=subject_id or _own(visit, name),
        servant_id=servant_id,
        cycle_id=cycle_id,
        sort=kind,
        about=title,
        intro=tuple(intro),
        tables=tuple(_table(one, hidden) for one in listings),
    )
    address = visit.request.app.state.settings.portal_url
    made = await make(visit.copies, paper, address=address, language=visit.language)
    headers = {"Content-Disposition": f'inline; filename="{name}-{made.code}.pdf"', "Cache-Control": "no-store"}
    return Response(made.content, media_type="application/pdf", headers=headers)


def _own(visit: Visit, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"kinerja:{visit.actor.tenant_id}:{visit.actor.id}:{name}")


def _table(listing: Listing, hidden: str) -> TableOnPaper:
    rows = tuple(tuple(_cell(one, hidden) for one in row) for row in listing.rows)
    return TableOnPaper(caption=listing.caption, heads=tuple(listing.heads), rows=rows)


def _cell(cell: Cell, hidden: str) -> str:
    if cell is None:
        return hidden
    return cell.text if isinstance(cell, Link) else str(cell)
