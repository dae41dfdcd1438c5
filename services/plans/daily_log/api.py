"""Routes of the daily log."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from kit import web
from services.plans.daily_log import commands, queries
from services.plans.daily_log.rules import MOST_ENTRIES, Entry, Hint
from services.plans.shapes import Cursor, Identified, Limit, Page, Shown, page

router = web.router(tags=["activities"])


class BatchIn(BaseModel):
    """Entries of one or several days."""

    entries: list[Entry] = Field(min_length=1, max_length=MOST_ENTRIES)


class LoggedShown(Shown):
    """What became of a batch."""

    accepted: int
    known: int
    hints: list[Hint]


class ActivityShown(Identified):
    """One entry."""

    day: date
    text: str
    minutes: int
    quantity: Decimal | None
    work_result_id: UUID | None
    entered_at: datetime
    late_reason: str | None


@router.post("/plans/{plan_id}/activities", status_code=201, summary="Write activities of one's own days in a batch")
async def write(plan_id: UUID, body: BatchIn, session: web.Session) -> LoggedShown:
    return LoggedShown.model_validate(await commands.log(session, plan_id, entries=body.entries))


@router.get("/plans/{plan_id}/activities", summary="The daily log of a plan, in the order in which it was entered")
async def read(
    plan_id: UUID, session: web.Session, since: date | None = None, cursor: Cursor = None, limit: Limit = 50
) -> Page[ActivityShown]:
    rows = await queries.activities(session, plan_id, since=since, after=cursor, limit=limit + 1)
    return page(ActivityShown, rows, limit)
