"""Routes by which the office sees what opening a cycle would do: in numbers, and person by person."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel

from contracts.base import Relation, ScopeCode, Words
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.commands import preview as previews
from services.evaluation.cycles.rules.preview import Missing, Remark

router = web.router(tags=["cycles"])


class OverlapResponse(FromRow):
    """Another cycle with days and people in common."""

    cycle_id: UUID
    name: str
    people: int


class CyclePreviewResponse(BaseModel):
    """What opening the cycle would do."""

    scope: str
    period_start: date
    period_end: date
    months: int
    policy_version: int
    opens: bool
    """It would open as it is asked for."""
    obstacles: list[Words]
    """What would keep it from opening, and how to mend that."""
    members: int
    remarks: dict[Remark, int]
    """Of those who are in: who has nobody to rate them, so that the office does, and whose rater is not known here."""
    missing: dict[Missing, int]
    overlaps: list[OverlapResponse]
    cycle_id: UUID | None
    """Of the same cycle, if it is open already."""


class PreviewedPersonResponse(FromRow):
    """One person of the scope: in the cycle, or missing, and why."""

    servant_id: UUID
    name: str
    nip: str
    unit_id: UUID
    unit_name: str
    unit_scope: str
    period_months: int
    status: str
    rater_id: UUID | None
    rater_name: str | None
    missing: Missing | None
    why: Words | None
    remark: Remark | None

    @classmethod
    def of(cls, one: previews.Previewed) -> "PreviewedPersonResponse":
        """With the reason in words."""
        why = None if one.missing is None else Missing(one.missing).words
        return cls.model_validate({**one._asdict(), "why": why})


async def _wanted(
    session: Session,
    scope: ScopeCode,
    period_start: Day,
    months: Annotated[int, Query(ge=1, le=12)],
) -> previews.Wanted:
    return await previews.wanted(session, scope, period_start=period_start, months=months)


Wanted = Annotated[previews.Wanted, Depends(_wanted)]


@router.get(
    "/cycle-preview",
    summary="What opening a cycle would do, without opening it",
    **permits(Relation.OFFICE, alike="counts who would take part by the rule of enrolment, and changes nothing"),
)
async def read_preview(session: Session, wanted: Wanted) -> CyclePreviewResponse:
    found = await previews.preview(session, wanted)
    cycle = wanted.cycle
    return CyclePreviewResponse(
        scope=cycle.scope,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        months=cycle.months,
        policy_version=wanted.policy.version,
        opens=not found.obstacles and found.there is None,
        obstacles=list(found.obstacles),
        members=found.members,
        remarks=found.remarks,
        missing=found.missing,
        overlaps=[OverlapResponse.model_validate(one) for one in found.overlaps],
        cycle_id=found.there,
    )


@router.get(
    "/cycle-preview/people",
    summary="Who would take part in a cycle, and who is missing and why",
    **permits(Relation.OFFICE, alike="lists who would take part by the rule of enrolment, and changes nothing"),
)
async def list_people(
    session: Session,
    wanted: Wanted,
    paging: Paging,
    taking_part: Annotated[bool | None, Query(description="Only those who are in, or who are not.")] = None,
    missing: Missing | None = None,
) -> Page[PreviewedPersonResponse]:
    found = await previews.people(session, wanted, taking_part=taking_part, missing=missing, window=paging)
    return page_of(found, PreviewedPersonResponse.of)
