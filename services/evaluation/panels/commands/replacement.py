"""Another panel for a visit that has not been assessed: the lead's obligations follow, and all concerned are told."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.visits import PanelChanged
from contracts.obligations import ObligationKind
from directory import queries as directory
from kit.db import actor
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.opening import open_obligations
from obligations.rows import NewObligation, ObligationRow
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.obligations import on_terms
from services.evaluation.panels import queries
from services.evaluation.visits.events import about
from services.evaluation.visits.models import Visit

_OF_LEAD = (ObligationKind.VISIT_UNIT, ObligationKind.ASSESS_PANEL)


async def substitutes(session: AsyncSession, visit: Visit) -> list[UUID]:
    """Holders of the panel's role who are independent of the unit and not on its panel."""
    holders = [one for one in await directory.holders(session, Role.PANEL) if one not in visit.panel]
    return (await queries.independence(session, visit.cycle_id, holders)).free(holders, visit.unit_id)


async def replace(
    session: AsyncSession, context: CycleContext, visit: Visit, panel: Sequence[UUID], *, lead: UUID, reason: str
) -> None:
    """Write the new panel; where the lead is another one, what is owed of the visit is owed by the new one, as due before.

    A visit without a panel (``panel`` is empty) is owed by the office, which names one; ``lead`` is then an officer.
    """
    former, visit.panel = tuple(visit.panel), list(panel)
    owed = await _owed(session, visit)
    if lead != visit.lead_id or any(one.debtor_id != lead for one in owed):
        visit.lead_id = lead
        await session.flush()
        for one in owed:
            await _pass_on(session, context, visit, one)
    event = PanelChanged(
        **about(visit),
        panel=tuple(panel),
        former=former,
        lead_id=lead if panel else None,
        reason=reason,
        changed_by=actor(session).id,
    )
    emit(session, event, reason=reason)


async def _owed(session: AsyncSession, visit: Visit) -> Sequence[ObligationRow]:
    looking = select(ObligationRow).where(
        col(ObligationRow.subject_id) == visit.id,
        col(ObligationRow.kind).in_([kind.value for kind in _OF_LEAD]),
        col(ObligationRow.state) == "OPEN",
    )
    return (await session.scalars(looking.execution_options(populate_existing=True))).all()


async def _pass_on(session: AsyncSession, context: CycleContext, visit: Visit, owed: ObligationRow) -> None:
    """Cancelled for the one and opened for the other: what is due stays due."""
    kind = ObligationKind(owed.kind)
    await close_obligations(session, OBLIGATIONS, kind, [visit.id], tenant_id=visit.tenant_id, state="CANCELLED")
    owing = [NewObligation(visit.id, visit.lead_id, None, None, context.office_id)]
    terms = on_terms(context, kind, owed.due_at)
    await open_obligations(session, OBLIGATIONS, terms, owing, tenant_id=visit.tenant_id)
