"""Everything in this service that is about the acting person, newest first."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Text, cast, func, literal, null, select, union_all
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from kit.keyset import Found, Window, read_rows
from services.feedback.clarifications.models import Clarification
from services.feedback.development.models import DevelopmentAction, Recognition
from services.feedback.feedback.models import FeedbackItem
from services.feedback.feedback.rules import Visibility
from services.feedback.file.models import AssistedEntry
from services.feedback.file.rules import Record
from services.feedback.ideas.models import Idea
from services.feedback.improvement.models import ImprovementCase
from services.feedback.objections.models import Objection
from services.feedback.support.models import Coaching, SupportRequest, TakeOver


class Entry(NamedTuple):
    """One record about oneself."""

    id: UUID
    record: str
    cycle_id: UUID | None
    at: datetime | None
    by_id: UUID | None
    """Who wrote, asked, rated or decided it; None where that is oneself."""
    state: str | None
    """How far it is; of what an assistant entered, the act."""


async def entries(session: AsyncSession, *, window: Window) -> Found[Entry]:
    """A page of one's own file."""
    me = actor(session).id
    everything = union_all(*_parts(me)).subquery()
    # Ids are made in the order of time, whatever the table: newest first is the order of the key.
    key = everything.c.id
    found = await read_rows(session, select(*everything.c), key, window=window, descending=True)
    return Found([Entry(*row) for row in found.items], found.next)


def _parts(me: UUID) -> list[Select[Any]]:
    no_state = cast(null(), Text)
    # What is said without a name is in no list, this one included: its moment and its author would be.
    said = _part(FeedbackItem, Record.FEEDBACK, by=col(FeedbackItem.author_id), state=no_state).where(
        col(FeedbackItem.about_id) == me, col(FeedbackItem.visibility) != Visibility.UNNAMED.value
    )
    return [
        said,
        _part(Idea, Record.IDEA, by=col(Idea.answered_by), state=no_state).where(col(Idea.author_id) == me),
        _part(Clarification, Record.CLARIFICATION, by=col(Clarification.answered_by)).where(
            col(Clarification.servant_id) == me
        ),
        _part(Objection, Record.OBJECTION, by=col(Objection.decided_by)).where(col(Objection.servant_id) == me),
        _part(DevelopmentAction, Record.DEVELOPMENT_ACTION, by=col(DevelopmentAction.planned_by)).where(
            col(DevelopmentAction.servant_id) == me
        ),
        _part(Recognition, Record.RECOGNITION, by=col(Recognition.decided_by)).where(col(Recognition.servant_id) == me),
        _part(ImprovementCase, Record.IMPROVEMENT_CASE, by=col(ImprovementCase.decided_by)).where(
            col(ImprovementCase.servant_id) == me
        ),
        _part(SupportRequest, Record.SUPPORT_REQUEST, by=col(SupportRequest.answered_by), state=no_state).where(
            col(SupportRequest.servant_id) == me
        ),
        _part(Coaching, Record.COACHING, by=col(Coaching.coach_id)).where(col(Coaching.servant_id) == me),
        _part(TakeOver, Record.TAKE_OVER, by=col(TakeOver.leader_id), state=no_state).where(
            col(TakeOver.servant_id) == me
        ),
        _assisted(me),
    ]


def _assisted(me: UUID) -> Select[Any]:
    return select(
        col(AssistedEntry.id).label("id"),
        literal(Record.ASSISTED_ENTRY.value).label("record"),
        cast(null(), PG_UUID).label("cycle_id"),
        col(AssistedEntry.entered_at).label("at"),
        col(AssistedEntry.assistant_id).label("by_id"),
        col(AssistedEntry.act).label("state"),
    ).where(col(AssistedEntry.servant_id) == me)


def _part(table: Any, record: Record, *, by: Any, state: Any = None) -> Select[Any]:
    return select(
        col(table.id).label("id"),
        literal(record.value).label("record"),
        col(table.cycle_id).label("cycle_id"),
        func.uuid_extract_timestamp(col(table.id)).label("at"),
        by.label("by_id"),
        (col(table.state) if state is None else state).label("state"),
    )
