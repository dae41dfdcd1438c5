"""The links of the chain, for whoever reads a part of the feed and proves the whole."""

from pydantic import BaseModel

from contracts.base import Relation, Role
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.integrations.feed.queries.chain import links

router = web.router(tags=["feed"])
_READ = ("read the chain of published events", "membaca rantai peristiwa yang diterbitkan")


class LinkResponse(BaseModel):
    """One event's place in the chain, and nothing of what it says."""

    sequence: str
    digest: str
    """SHA-256 of the event's canonical JSON without `previoushash` and `hash`."""
    hash: str
    """SHA-256 of the hash before it and the digest, both as hexadecimal text."""


@router.get(
    "/chain",
    summary="The chain of the city's events, without the events",
    **permits(Relation.INTEGRATOR, note="digests alone"),
)
async def read_chain(session: Session, paging: Paging) -> Page[LinkResponse]:
    require_role(session, Role.INTEGRATOR, what=_READ)
    found = await links(session, paging)
    return page_of(found, lambda row: LinkResponse(sequence=f"{row.position:012}", digest=row.digest, hash=row.hash))
