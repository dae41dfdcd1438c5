"""Opens what a phase asks of this service, set by set; a phase that asks nothing of it is passed over."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, null, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Member
from directory.offices import acting_for, in_cycle
from kit.conflicts import Offices
from obligations.rows import ObligationRow
from services.feedback.cycles.queries.context import CycleContext, open_cycle
from services.feedback.feedback.models import FeedbackItem
from services.feedback.feedback.rules import Direction
from services.feedback.materials import commands as materials
from services.feedback.obligations import owe_all
from services.feedback.quiz import commands as quiz
from services.feedback.sessions.models import Acknowledgement, TrainingSession
from services.feedback.sessions.rules import SessionState


async def open_phase(session: AsyncSession, cycle_id: UUID, phase: Phase) -> None:
    """Open the obligations of a phase; asked twice, opens them once; none in a cycle that is over."""
    # The workflow may ask again after the cycle was closed or cancelled; that is no error, there is nothing to do.
    if (await queries.cycle(session, cycle_id)).closed:
        return
    context = await open_cycle(session, cycle_id)
    if phase is Phase.PREPARATION:
        await _plan_sessions(session, context)
        await materials.lay_out(session, context)
        await quiz.lay_out(session, context)
        if context.policy.features.standard_acknowledgement:
            await owe_all(
                session, ObligationKind.ACKNOWLEDGE_STANDARD, await _readers(session, cycle_id), cycle_id=cycle_id
            )
    if phase is Phase.EXECUTION and context.policy.features.feedback_duty:
        await owe_all(session, ObligationKind.GIVE_FEEDBACK, await _rated(session, cycle_id), cycle_id=cycle_id)


async def _plan_sessions(session: AsyncSession, context: CycleContext) -> None:
    topics, cycle = context.policy.session_topics, context.cycle
    if not topics:
        return
    rows = [
        {
            "tenant_id": cycle.tenant_id,
            "id": new_id(),
            "cycle_id": cycle.id,
            "ordinal": ordinal,
            "number": 1,
            "title_id": topic.id,
            "title_en": topic.en,
            "state": SessionState.PLANNED.value,
            "materials": [],
        }
        for ordinal, topic in enumerate(topics, start=1)
    ]
    # The unique index on ordinal and number makes a second opening, or one at the same time, plan nothing anew.
    await session.execute(insert(TrainingSession).values(rows).on_conflict_do_nothing())
    # Selected after the insert, not taken from `rows`: those that were there before keep their ids.
    office_id = literal(await queries.arrived_office(session), PG_UUID)
    planned = select(
        col(TrainingSession.id).label("subject_id"),
        office_id.label("debtor_id"),
        _nobody("about_id"),
        _nobody("superior_id"),
        office_id.label("office_id"),
    ).where(
        col(TrainingSession.cycle_id) == cycle.id,
        col(TrainingSession.state) == SessionState.PLANNED.value,
        col(TrainingSession.number) == 1,  # nobody owes further ones
    )
    await owe_all(session, ObligationKind.HOLD_SESSION, planned, cycle_id=cycle.id)


async def _readers(session: AsyncSession, cycle_id: UUID) -> Select[Any]:
    """Every member who has neither read the standard nor owed it before."""
    # Correlated `exists`, not a join: PostgreSQL makes one anti-join of it, and no row can come back twice.
    read = select(literal(1)).where(
        col(Acknowledgement.cycle_id) == cycle_id, col(Acknowledgement.servant_id) == col(Member.servant_id)
    )
    owed = _owed_before(ObligationKind.ACKNOWLEDGE_STANDARD, literal(cycle_id, PG_UUID), col(Member.servant_id))
    offices = await in_cycle(session, cycle_id)
    return select(
        literal(cycle_id, PG_UUID).label("subject_id"),
        col(Member.servant_id).label("debtor_id"),
        col(Member.servant_id).label("about_id"),
        col(Member.rater_id).label("superior_id"),
        _office(offices).label("office_id"),
    ).where(col(Member.cycle_id) == cycle_id, ~read.correlate(Member).exists(), ~owed)


async def _rated(session: AsyncSession, cycle_id: UUID) -> Select[Any]:
    """Every member with a rater who has neither given feedback nor owed it before."""
    # A select that opening turns into `insert ... select`: a city has thousands of members, none of whom is fetched.
    given = select(literal(1)).where(
        col(FeedbackItem.cycle_id) == cycle_id,
        col(FeedbackItem.about_id) == col(Member.servant_id),
        col(FeedbackItem.direction) == Direction.DOWN.value,
    )
    owed = _owed_before(ObligationKind.GIVE_FEEDBACK, col(Member.appraisal_id), col(Member.rater_id))
    offices = await in_cycle(session, cycle_id)
    return select(
        col(Member.appraisal_id).label("subject_id"),
        col(Member.rater_id).label("debtor_id"),
        col(Member.servant_id).label("about_id"),
        col(Member.authority_id).label("superior_id"),
        _office(offices).label("office_id"),
    ).where(
        col(Member.cycle_id) == cycle_id,
        col(Member.rater_id).is_not(None),
        ~given.correlate(Member).exists(),
        ~owed,
    )


def _owed_before(
    kind: ObligationKind, subject_id: ColumnElement[UUID] | Mapped[UUID], debtor_id: Mapped[UUID] | Mapped[UUID | None]
) -> ColumnElement[bool]:
    """Done, lapsed or still open: a second opening must not ask again."""
    # By the first debtor: after a hand-over the obligation is somebody else's, and yet it was asked for.
    before = select(literal(1)).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.subject_id) == subject_id,
        col(ObligationRow.first_debtor_id) == debtor_id,
    )
    return before.correlate(Member).exists()


def _office(offices: Offices) -> Any:
    """Who acts for the office about the member."""
    return acting_for(offices, col(Member.servant_id))


def _nobody(name: str) -> ColumnElement[None]:
    return null().cast(PG_UUID).label(name)
