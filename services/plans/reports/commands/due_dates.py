"""A report is due when the obligation to hand it in is: whatever moves that obligation moves the date that people read."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.interventions import CycleResumed, PhaseExtended
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from directory.offices import in_cycle
from directory.queries import people_of
from directory.weeks import calendars
from kit.db import actor
from obligations.shifting.extensions import ExtensionRequest, ExtensionResponse, extend

# All open reports of the city, not those of one event: the obligations know which of them moved. What is distinct alone is
# written, and 'OPEN' stands there as a literal, because only so the planner can use the partial indexes of open obligations.
_FOLLOW = text(
    """
    update plan_reports r set due_at = o.due_at from obligations o
    where o.tenant_id = :tenant and o.kind = :kind and o.state = 'OPEN'
        and r.tenant_id = :tenant and r.id = o.subject_id and r.due_at is distinct from o.due_at
    """
)


async def give_time(session: AsyncSession, cycle_id: UUID, wanted: ExtensionRequest) -> ExtensionResponse:
    """More time for a unit or a person, also in the reports concerned; raises as ``obligations.shifting.extensions.extend`` does."""
    done = await extend(session, OBLIGATIONS, cycle_id, wanted, people=people_of, weeks=calendars, offices=in_cycle)
    await follow_obligations(session)
    return done


async def follow_obligations(
    session: AsyncSession, _: OutageRecorded | PhaseExtended | CycleResumed | None = None
) -> None:
    """Reports take over the due dates of their open obligations; runs after what moved these, in its transaction."""
    await session.execute(_FOLLOW, {"tenant": actor(session).tenant_id, "kind": ObligationKind.REPORT_ACTUALS.value})
