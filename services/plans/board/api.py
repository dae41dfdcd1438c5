"""Route of the board: where the plans and reports of a cycle stand."""

from uuid import UUID

from pydantic import BaseModel

from kit import web
from services.plans.board import queries

router = web.router(tags=["board"])


class PeriodShown(BaseModel):
    """The reports of one period."""

    period: int
    reported: int
    automatic: int
    not_reported: int


class BoardShown(BaseModel):
    """Counts over the people one leads; over everybody for the office."""

    people: int
    states: dict[str, int]
    late: int
    by_superior: int
    reports: list[PeriodShown]


@router.get("/cycles/{cycle_id}/board", summary="Who has planned and reported, for raters, authorities and the office")
async def board(cycle_id: UUID, session: web.Session) -> BoardShown:
    found = await queries.board(session, cycle_id)
    return BoardShown(
        people=found.people,
        states=found.states,
        late=found.late,
        by_superior=found.by_superior,
        reports=[
            PeriodShown(
                period=period,
                reported=counts.get("SUBMITTED", 0),
                automatic=counts.get("AUTOMATIC", 0),
                not_reported=counts.get("OPEN", 0),
            )
            for period, counts in found.reports.items()
        ],
    )
