"""Route of the board: how far the plans and reports of a cycle are."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from kit import web
from kit.access import permits
from services.plans.board import queries
from services.plans.reports.rules.states import ReportState

router = web.router(tags=["board"])


class PeriodReports(BaseModel):
    """The reports of one period."""

    period: int
    reported: int
    automatic: int
    not_reported: int


class BoardResponse(BaseModel):
    """Counts over the people one leads; over everybody for the office and the city's leadership."""

    people: int
    states: dict[str, int]
    late: int
    by_superior: int
    reports: list[PeriodReports]


@router.get(
    "/cycles/{cycle_id}/board",
    summary="Who has planned and reported, for raters, authorities and the office",
    **permits(
        Relation.RATER,
        Relation.AUTHORITY,
        Relation.OFFICE,
        Relation.LEADER,
        note="the people whom one leads; all for office and leadership",
    ),
)
async def board(cycle_id: UUID, session: web.Session) -> BoardResponse:
    found = await queries.board(session, cycle_id)
    return BoardResponse(
        people=found.people,
        states=found.states,
        late=found.late,
        by_superior=found.by_superior,
        reports=[
            PeriodReports(
                period=period,
                reported=counts.get(ReportState.SUBMITTED, 0),
                automatic=counts.get(ReportState.AUTOMATIC, 0),
                not_reported=counts.get(ReportState.OPEN, 0),
            )
            for period, counts in found.reports.items()
        ],
    )
