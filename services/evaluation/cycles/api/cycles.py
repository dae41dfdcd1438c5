"""Routes of cycles: opening, phases, units, numbers, the organisations' achievement, the review of the system."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import status
from pydantic import BaseModel, Field, StringConstraints

from contracts.base import OrgPerformance, ScopeCode
from contracts.policy import Criterion
from kit.web import Session, router
from services.evaluation.appraisals.commands.access import require_office
from services.evaluation.cycles.commands import lifecycle as opening
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries import cycles, numbers
from services.evaluation.cycles.queries.context import cycle as existing
from services.evaluation.cycles.queries.context import policy as policy_of
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.organisations import commands as organisations
from services.evaluation.reviews import commands as reviews
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, paged

routes = router(tags=["cycles"])
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class NewCycle(BaseModel):
    """Which cycle to open."""

    scope: ScopeCode
    period_start: date
    months: int = Field(ge=1, le=12)
    name: str | None = Field(default=None, max_length=200)


class CycleLine(Answer):
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


class PhaseLine(Answer):
    """One phase with its frozen dates."""

    phase: str
    ordinal: int
    opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    early: bool | None


class CycleDetail(CycleLine):
    """A cycle with its phases, what is rated in it, and where its appraisals stand."""

    phase: str | None
    phases: list[PhaseLine]
    criteria: tuple[Criterion, ...]
    members: int
    appraisals: dict[str, int]


class UnitLine(BaseModel):
    """A unit that takes part."""

    unit_id: UUID
    name: str | None
    members: int
    performance: OrgPerformance | None


class Summary(BaseModel):
    """A cycle in numbers."""

    members: int
    sources_dropped: int
    second_versions: int
    visits_held: int
    numbers: dict[str, int]
    appraisals: dict[str, int]
    predicates: dict[str, int]


class Performance(BaseModel):
    """The achievement of one unit."""

    unit_id: UUID
    performance: OrgPerformance


class Performances(BaseModel):
    """The achievement of units, with who recommended it."""

    items: list[Performance] = Field(min_length=1, max_length=5000)
    recommendation: str = Field(default="", max_length=4000)


class Missing(BaseModel):
    """How many units are still without."""

    missing: int


class NewReview(BaseModel):
    """What the office found about the appraisal system."""

    findings: Text
    actions: list[Text] = Field(default_factory=list, max_length=100)


class Review(Answer):
    """The review with the numbers of its time."""

    cycle_id: UUID
    metrics: dict[str, int]
    findings: str
    actions: list[str]
    reviewed_by: UUID
    reviewed_at: datetime


@routes.post(
    "/cycles", status_code=status.HTTP_201_CREATED, summary="Open a cycle; the same period twice is the same cycle"
)
async def open_cycle(body: NewCycle, session: Session) -> CycleLine:
    made = await opening.open_cycle(
        session, body.scope, period_start=body.period_start, months=body.months, name=body.name
    )
    return CycleLine.model_validate(made)


@routes.get("/cycles", summary="The cycles of the city")
async def list_cycles(session: Session, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT) -> Page[CycleLine]:
    rows = await cycles.cycles(session, after=cursor, limit=limit)
    return paged([CycleLine.model_validate(row) for row in rows], _last(rows), limit)


def _last(rows: Sequence[Cycle]) -> UUID | None:
    return rows[-1].id if rows else None


@routes.get("/cycles/{cycle_id}", summary="A cycle with phases, criteria and counts")
async def read_cycle(cycle_id: UUID, session: Session) -> CycleDetail:
    found = await existing(session, cycle_id)
    phases = await cycles.phases(session, cycle_id)
    states = await numbers.by_state(session, cycle_id)
    return CycleDetail(
        **CycleLine.model_validate(found).model_dump(),
        phase=cycles.current(phases) if found.state == CycleState.OPEN else None,
        phases=[PhaseLine.model_validate(row) for row in phases],
        criteria=policy_of(found).criteria,
        members=sum(states.values()),
        appraisals=states,
    )


@routes.get("/cycles/{cycle_id}/units", summary="The units of a cycle with their achievement")
async def list_units(cycle_id: UUID, session: Session) -> Page[UnitLine]:
    await existing(session, cycle_id)
    return Page(items=[UnitLine.model_validate(row) for row in await cycles.units(session, cycle_id)])


@routes.get("/cycles/{cycle_id}/summary", summary="A cycle in numbers, for the performance office")
async def summarise(cycle_id: UUID, session: Session) -> Summary:
    require_office(session, ("read the summary of a cycle", "membaca ringkasan siklus"))
    await existing(session, cycle_id)
    counted = await numbers.numbers(session, cycle_id)
    top = {name: counted[name] for name in ("members", "sources_dropped", "second_versions", "visits_held")}
    return Summary(
        **top,
        numbers=counted,
        appraisals=await numbers.by_state(session, cycle_id),
        predicates=await numbers.by_predicate(session, cycle_id),
    )


@routes.post("/cycles/{cycle_id}/org-performance", summary="Set the achievement of units (performance office)")
async def set_performance(cycle_id: UUID, body: Performances, session: Session) -> Missing:
    performances = {one.unit_id: one.performance for one in body.items}
    missing = await organisations.set_performance(session, cycle_id, performances, recommendation=body.recommendation)
    return Missing(missing=missing)


@routes.post(
    "/cycles/{cycle_id}/review",
    status_code=status.HTTP_201_CREATED,
    summary="Review the appraisal system itself (performance office)",
)
async def review(cycle_id: UUID, body: NewReview, session: Session) -> Review:
    made = await reviews.review(session, cycle_id, findings=body.findings, actions=body.actions)
    return Review.model_validate(made)


@routes.get("/cycles/{cycle_id}/review", summary="The review of the appraisal system")
async def read_review(cycle_id: UUID, session: Session) -> Review | None:
    await existing(session, cycle_id)
    found = await cycles.review(session, cycle_id)
    return None if found is None else Review.model_validate(found)
