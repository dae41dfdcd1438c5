"""Routes of the daily log."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.plans.daily_log import commands, queries
from services.plans.daily_log.rules import MOST_ENTRIES, Entry
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.queries import plans
from services.plans.plans.queries.access import READERS

router = web.router(tags=["activities"])


class ActivitiesRequest(BaseModel):
    """Entries of one or several days."""

    entries: list[Entry] = Field(min_length=1, max_length=MOST_ENTRIES)


class LoggedResponse(FromRow):
    """What became of a batch."""

    accepted: int
    known: int


class Copy(FromRow):
    """An entry whose words stood in another one: of the same person some days before, or of a colleague."""

    day: date
    text: str
    same_as: date
    servant_id: UUID
    """Whose the other entry is."""


class CopiesResponse(BaseModel):
    """What a leader may want to ask about; no more than a hint, and at most two hundred of them."""

    hints: list[Copy]


class ActivityResponse(FromRow):
    """One entry."""

    id: UUID
    day: date
    text: str
    minutes: int
    quantity: Decimal | None
    work_result_id: UUID | None
    entered_at: datetime
    late_reason: str | None


@router.post(
    "/plans/{plan_id}/activities",
    status_code=201,
    summary="Write activities of one's own days in a batch",
    **permits(Relation.SELF, assisted=True),
)
async def write(plan_id: UUID, body: ActivitiesRequest, session: web.Session) -> LoggedResponse:
    return LoggedResponse.model_validate(await commands.log(session, plan_id, entries=body.entries))


@router.get(
    "/plans/{plan_id}/activities",
    summary="The daily log of a plan, in the order in which it was entered",
    **permits(*READERS, assisted=True),
)
async def list_activities(
    plan_id: UUID, session: web.Session, paging: Paging, since: Day | None = None
) -> Page[ActivityResponse]:
    found = await queries.page(session, plan_id, since=since, window=paging)
    await LOOKUPS.note(session, Record.DAILY_LOG, [one.servant_id for one in found.items])
    return page_of(found, ActivityResponse.model_validate)


@router.get(
    "/plans/{plan_id}/activities/copies",
    summary="Text that was copied across days or people, as a hint to those who lead its writer",
    **permits(Relation.RATER, Relation.AUTHORITY, Relation.OFFICE, note="never the writer"),
)
async def copies(plan_id: UUID, session: web.Session) -> CopiesResponse:
    hints = await queries.copied(session, plan_id)
    if hints:
        await LOOKUPS.note(session, Record.COPIED_TEXT, [(await plans.find(session, plan_id)).servant_id])
    return CopiesResponse(hints=[Copy.model_validate(one) for one in hints])
