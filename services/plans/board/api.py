"""Routes of the board: how far the plans and reports of a cycle are, in numbers and person by person."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation, Role
from contracts.obligations import ObligationKind
from contracts.plans.confirmations import Answer
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.plans.board.queries import counts
from services.plans.board.queries.people import Line, people
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.rules.states import PlanState
from services.plans.reports.rules.states import ReportState
from services.plans.reviews.api.responses import PlanReviewResponse

router = web.router(tags=["board"])

_LEADERS = (Relation.RATER, Relation.AUTHORITY, Relation.OFFICE)
_WHOM = "the people whom one leads; all for the office"


class PeriodReports(BaseModel):
    """The reports of one period."""

    period: int
    reported: int
    drafted: int
    automatic: int
    not_reported: int


class ReviewCounts(FromRow):
    """What came of the performance office's samples of plans, by the last finding of each plan."""

    drawn: int
    unread: int
    in_order: int
    to_mend: int
    mended: int
    """To be mended, and another version was set since."""


class BoardResponse(BaseModel):
    """Counts over the people one leads; over everybody for the office and the city's leadership."""

    people: int
    states: dict[str, int]
    late: int
    late_by_law: int
    """Set after the end of January, or of the first month, or not set although it is over (clock 1)."""
    by_superior: int
    reports: list[PeriodReports]
    reviews: ReviewCounts


class Waiting(FromRow):
    """Something that is still owed about a person, and by whom."""

    kind: ObligationKind
    debtor_id: UUID
    debtor_name: str | None
    due_at: datetime


class LogSummary(FromRow):
    """The daily log of one person, as far as it has come."""

    entries: int
    last_day: date
    last_entered_at: datetime
    lag_days: float
    """Mean number of days from the work to its entry."""
    late: int
    copied: int
    """A hint: entries whose words the same person had written within the week before."""
    unapproved: int
    """Entries that no approval of the rater covers, where the policy asks for one."""
    unapproved_since: date | None
    """The Monday of the oldest week with such entries."""


class PeriodState(BaseModel):
    """How far the report of one period is."""

    period: int
    state: ReportState


class PersonOnBoardResponse(BaseModel):
    """One person: what was planned, confirmed, logged and reported, and what waits for whom."""

    servant_id: UUID
    name: str | None
    unit_id: UUID
    rater_id: UUID | None
    plan_id: UUID
    state: PlanState
    plan_version: int
    late: bool
    late_by_law: bool
    answer: Answer | None
    """What was said of the version that is set; null while nothing was."""
    reports: list[PeriodState]
    log: LogSummary | None
    waiting: list[Waiting]
    review: PlanReviewResponse | None
    """What the performance office found last of the plan, if it was in a sample and was read."""

    @classmethod
    def of(cls, line: Line) -> "PersonOnBoardResponse":
        """Made from what was read."""
        plan = line.plan
        return cls(
            servant_id=plan.servant_id,
            name=line.name,
            unit_id=plan.unit_id,
            rater_id=plan.rater_id,
            plan_id=plan.id,
            state=PlanState(plan.state),
            plan_version=plan.plan_version,
            late=plan.late,
            late_by_law=plan.late_by_law,
            answer=None if line.answer is None else Answer(line.answer),
            reports=[PeriodState(period=period, state=ReportState(state)) for period, state in line.reports.items()],
            log=None if line.log is None else LogSummary.model_validate(line.log),
            waiting=[Waiting.model_validate(one) for one in line.waiting],
            review=None if line.review is None else PlanReviewResponse.model_validate(line.review),
        )


@router.get(
    "/cycles/{cycle_id}/board",
    summary="How many have planned and reported, for raters, authorities, leadership and the office",
    **permits(*_LEADERS, Relation.LEADER, note=f"{_WHOM}; all counts for the leadership"),
)
async def board(cycle_id: UUID, session: web.Session) -> BoardResponse:
    found = await counts.board(session, cycle_id)
    return BoardResponse(
        people=found.people,
        states=found.states,
        late=found.late,
        late_by_law=found.late_by_law,
        by_superior=found.by_superior,
        reports=[
            PeriodReports(
                period=period,
                reported=states.get(ReportState.SUBMITTED, 0),
                drafted=states.get(ReportState.DRAFT, 0),
                automatic=states.get(ReportState.AUTOMATIC, 0),
                not_reported=states.get(ReportState.OPEN, 0),
            )
            for period, states in found.reports.items()
        ],
        reviews=ReviewCounts.model_validate(found.reviews),
    )


@router.get(
    "/cycles/{cycle_id}/board/people",
    summary="Who has planned, confirmed, logged and reported, and who waits for whom",
    **permits(*_LEADERS, note=_WHOM),
)
async def named(
    cycle_id: UUID, session: web.Session, paging: Paging, unit_id: UUID | None = None
) -> Page[PersonOnBoardResponse]:
    found = await people(session, cycle_id, unit_id=unit_id, window=paging)
    shown, office = [line.plan.servant_id for line in found.items], (Role.PERFORMANCE_OFFICE,)
    await LOOKUPS.note_list(
        session, Record.BOARD, shown, all_for=office, cycle_id=cycle_id, narrowed=unit_id is not None
    )
    return page_of(found, PersonOnBoardResponse.of)
