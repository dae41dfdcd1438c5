"""An empty plan for everybody who takes part in a cycle, in one statement however many there are."""

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import CycleCopy, Member
from services.plans.plans.models import Plan
from services.plans.plans.rules.states import PlanState

_RELATIONS = ("cycle_id", "servant_id", "appraisal_id", "rater_id", "authority_id", "unit_id")
_FLAGS = ("propose_late", "by_superior", "late", "late_by_law")


async def create_plans(session: AsyncSession, cycle: CycleCopy) -> None:
    """An empty draft for every member."""
    # Ids come from the database and nothing comes back: the whole city is one statement. Asked again (Temporal retries), or
    # with members who arrived late, it makes only what is missing.
    rows = select(
        col(Member.tenant_id),
        func.uuidv7(),
        *(getattr(Member, name) for name in _RELATIONS),
        literal(PlanState.DRAFT.value),
        literal(0),
        literal(1),
        literal(0),
        *(literal(False) for _ in _FLAGS),
    ).where(col(Member.cycle_id) == cycle.id)
    names = ["tenant_id", "id", *_RELATIONS, "state", "version", "round", "plan_version", *_FLAGS]
    await session.execute(insert(Plan).from_select(names, rows).on_conflict_do_nothing())
