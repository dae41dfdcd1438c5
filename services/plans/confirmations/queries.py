"""What was said of a plan, version by version."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.plans.confirmations.models import Confirmation

_SAID = select(Confirmation).where(col(Confirmation.plan_id) == bindparam("id")).order_by(col(Confirmation.id))
_LATEST = (
    select(Confirmation)
    .where(col(Confirmation.plan_id) == bindparam("id"), col(Confirmation.plan_version) == bindparam("plan_version"))
    .order_by(col(Confirmation.id).desc())
    .limit(1)
)


async def confirmations(session: AsyncSession, plan_id: UUID) -> Sequence[Confirmation]:
    """Everything that was said of a plan, in the order in which it was said."""
    return (await session.scalars(_SAID, {"id": plan_id})).all()


async def latest(session: AsyncSession, plan_id: UUID, plan_version: int) -> Confirmation | None:
    """The last word on one version of a plan."""
    return (await session.scalars(_LATEST, {"id": plan_id, "plan_version": plan_version})).first()
