"""The dialogues about a plan, and whether one was held before it is set."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.plans.dialogues.models import Dialogue
from services.plans.dialogues.rules import Purpose

_DIALOGUES = select(Dialogue).where(col(Dialogue.plan_id) == bindparam("id")).order_by(col(Dialogue.id))
_ABOUT_SETTING = (
    select(literal(1))
    .where(
        col(Dialogue.plan_id) == bindparam("id"),
        col(Dialogue.round) == bindparam("round"),
        col(Dialogue.purpose) == Purpose.SET.value,
    )
    .limit(1)
)


async def dialogues(session: AsyncSession, plan_id: UUID) -> Sequence[Dialogue]:
    """Every dialogue about a plan, in the order in which they were recorded."""
    return (await session.scalars(_DIALOGUES, {"id": plan_id})).all()


async def was_held(session: AsyncSession, plan_id: UUID, plan_round: int) -> bool:
    """Whether a dialogue about setting the plan was recorded in this round of it."""
    return (await session.execute(_ABOUT_SETTING, {"id": plan_id, "round": plan_round})).first() is not None
