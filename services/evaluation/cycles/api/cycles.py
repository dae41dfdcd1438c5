"""Routes of cycles: open one, list them, read one with its phases, a cycle in numbers."""

from datetime import date, datetime
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field

from contracts.base import Relation, Role, ScopeCode
from contracts.policy import Criterion
from contracts.written import Day
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.cycles.commands import lifecycle
from services.evaluation.cycles.queries import context, cycles, numbers
from services.evaluation.cycles.rules.states import CycleState

router = web.router(tags=["cycles"])


class CycleRequest(BaseModel):
    """Which cycle to open."""

    scope: ScopeCode
    period_start: Day
    months: int = Field(ge=1, le=12)
    name: str | None = Field(default=None, max_length=200)
    overlapping: bool = False
    """Open it although people are appraised for some of its days by another cycle; refused with their number else."""


class CycleSummaryResponse(FromRow):
    """A cycle in a list."""

    id: UUID
    scope: str
    name: str
    period_start: date
    period_end: date
    months: int
    policy_version: int
    calendar_version: int
    state: str
    opened_at: datetime
    closed_at: datetime | None


class PhaseDates(FromRow):
    """One phase with its frozen dates."""

    phase: str
    ordinal: int
    opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    early: bool | None


class CycleResponse(CycleSummaryResponse):
    """A cycle with its phases, what is rated in it, and how far its appraisals have come."""

    phase: str | None
    phases: list[PhaseDates]
    criteria: tuple[Criterion, ...]
    members: int
    appraisals: dict[str, int]


class CycleNumbersResponse(BaseModel):
    """A cycle in numbers."""

    members: int
    sources_dropped: int
    second_versions: int
    visits_held: int
    numbers: dict[str, int]
    appraisals: dict[str, int]
    predicates: dict[str, int]


@router.post(
    "/cycles",
    status_code=status.HTTP_201_CREATED,
    summary="Open a cycle; the same period twice is the same cycle",
    **permits(Relation.OFFICE, alike="everybody of the scope is enrolled by the same rule"),
)
async def open_cycle(body: CycleRequest, session: Session) -> CycleSummaryResponse:
    opened = await lifecycle.open_cycle(
        session,
        body.scope,
        period_start=body.period_start,
        months=body.months,
        name=body.name,
        overlapping=body.overlapping,
    )
    return CycleSummaryResponse.model_validate(opened)


@router.get("/cycles", summary="The cycles of the city", **permits(Relation.ANYONE))
async def list_cycles(session: Session, paging: Paging) -> Page[CycleSummaryResponse]:
    return page_of(await cycles.page(session, window=paging), CycleSummaryResponse.model_validate)


@router.get("/cycles/{cycle_id}", summary="A cycle with phases, criteria and counts", **permits(Relation.ANYONE))
async def read_cycle(cycle_id: UUID, session: Session) -> CycleResponse:
    cycle = await context.cycle(session, cycle_id)
    phases = await cycles.phases(session, cycle_id)
    states = await numbers.by_state(session, cycle_id)
    return CycleResponse(
        **CycleSummaryResponse.model_validate(cycle).model_dump(),
        phase=cycles.current(phases) if cycle.state == CycleState.OPEN else None,
        phases=[PhaseDates.model_validate(row) for row in phases],
        criteria=context.policy(cycle).criteria,
        members=sum(states.values()),
        appraisals=states,
    )


@router.get(
    "/cycles/{cycle_id}/summary",
    summary="A cycle in numbers, for the performance office and the city's leadership",
    **permits(Relation.OFFICE, Relation.LEADER),
)
async def summarise(cycle_id: UUID, session: Session) -> CycleNumbersResponse:
    what = ("read the summary of a cycle", "membaca ringkasan siklus")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.CITY_LEADER, what=what)
    await context.cycle(session, cycle_id)
    counted = await numbers.numbers(session, cycle_id)
    top = {name: counted[name] for name in ("members", "sources_dropped", "second_versions", "visits_held")}
    return CycleNumbersResponse(
        **top,
        numbers=counted,
        appraisals=await numbers.by_state(session, cycle_id),
        predicates=await numbers.by_predicate(session, cycle_id),
    )
