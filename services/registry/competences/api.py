"""Competences of positions over HTTP: the standard is read by everybody whom it is asked of."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Query

from contracts.base import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.registry.competences import queries

router = web.router(tags=["competences"])


class PositionCompetenceResponse(FromRow):
    """One level that a position asks for, from a day on."""

    position: str
    code: str
    name: str
    required: int
    """Level, 1 to 5."""
    valid_from: date
    valid_to: date | None
    imported_at: datetime


@router.get(
    "/competences",
    summary="Which technical competences positions ask for, and at which level",
    **permits(Relation.ANYONE, note="every ASN knows the standard"),
)
async def list_competences(
    session: Session,
    paging: Paging,
    position: Annotated[str | None, Query(max_length=500, description="Of one position, by its name.")] = None,
) -> Page[PositionCompetenceResponse]:
    """Imported with the files of a place, as competences.csv or .xlsx."""
    found = await queries.page(session, position=position, window=paging)
    return page_of(found, PositionCompetenceResponse.model_validate)
