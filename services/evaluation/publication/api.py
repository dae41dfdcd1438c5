"""What anybody reads of a city's closed cycles, without a token."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import BaseModel

from contracts.base import Predicate, TenantId
from kit.paging import Page, Paging, page_of
from kit.public import public, public_router
from kit.web import Session
from services.evaluation.cycles.models import Cycle
from services.evaluation.publication import queries
from services.evaluation.publication.models import PublicReport

router = public_router(tags=["public"])
City = Annotated[TenantId, Path(max_length=5, description="The city's code, e.g. 14.72.")]
_WHY = "aggregates of cycles that are over; no figure is about fewer people than `least`"


class UnitFigures(BaseModel):
    """A unit in numbers."""

    code: str
    name: str
    people: int
    mean: Decimal | None
    """Of the local scores."""


class PublicReportResponse(BaseModel):
    """A cycle in numbers, as it was when it closed; what is null is about too few people to be shown."""

    cycle_id: UUID
    name: str
    scope: str
    period_start: date
    period_end: date
    policy_version: int
    least: int
    people: int | None
    predicates: dict[Predicate, int | None]
    figures: dict[str, int | None]
    units: list[UnitFigures]
    elsewhere: int | None
    """People of all units that are too small to be listed."""
    made_at: datetime

    @classmethod
    def of(cls, found: tuple[PublicReport, Cycle]) -> "PublicReportResponse":
        """From the report and its cycle."""
        report, cycle = found
        about = {
            name: getattr(cycle, name) for name in ("name", "scope", "period_start", "period_end", "policy_version")
        }
        return cls.model_validate(report.model_dump() | about)


@router.get("/public/{city}/reports", summary="A city's closed cycles in numbers", **public(note=_WHY))
async def list_reports(city: City, session: Session, paging: Paging) -> Page[PublicReportResponse]:
    del city  # the transaction is that city's
    return page_of(await queries.page(session, paging), PublicReportResponse.of)


@router.get("/public/{city}/reports/{cycle_id}", summary="A closed cycle in numbers", **public(note="the same"))
async def read_report(city: City, cycle_id: UUID, session: Session) -> PublicReportResponse:
    del city
    return PublicReportResponse.of(await queries.one(session, cycle_id))
