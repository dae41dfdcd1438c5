"""How every command begins: lock what is about to change, and check that the writer saw its newest state."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from kit.errors import Stale
from obligations.rows import IS_OPEN, ROWS
from services.plans.plans.models import Plan
from services.plans.plans.queries.plans import no_plan

# FOR NO KEY UPDATE (key_share=True): nobody changes a key, so that rows which point at the plan (a dialogue, an entry of the
# log) may still be written while it is locked. Read anew, because the session may hold the plan as it was before the lock.
_LOCKED = (
    select(Plan)
    .where(col(Plan.id) == bindparam("id"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)
_OBLIGATION = (
    select(ROWS.c.id)
    .where(ROWS.c.kind == bindparam("kind"), ROWS.c.subject_id == bindparam("subject_id"), IS_OPEN)
    .with_for_update(key_share=True)
)


async def locked(session: AsyncSession, plan_id: UUID) -> Plan:
    """The plan, locked until the transaction ends; raises NotFound."""
    plan = (await session.scalars(_LOCKED, {"id": plan_id})).first()
    if plan is None:
        raise no_plan(plan_id)
    return plan


async def lock_obligation(session: AsyncSession, kind: ObligationKind, subject_id: UUID) -> None:
    """Lock what is owed before the thing itself, where it may lapse meanwhile.

    A sweep locks obligations first and their subjects when they lapse: the same order here, or the two wait for each other.
    """
    await session.execute(_OBLIGATION, {"kind": kind.value, "subject_id": subject_id})


def require_fresh(plan: Plan, if_match: int | None) -> None:
    """Raises Stale if the writer read another version than the present one."""
    if if_match is not None and if_match != plan.version:
        raise Stale(
            f"the plan is at version {plan.version} by now: read it again",
            f"rencana sudah versi {plan.version}: baca kembali",
            version=plan.version,
        )
