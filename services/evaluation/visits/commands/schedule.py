"""Field visits by the independent panel: scheduled for every unit, and what becomes of those that are never held."""

from collections.abc import Sequence
from itertools import cycle as round_robin
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.evaluation.visits import PanelMissing
from contracts.obligations import ObligationKind
from directory import queries as directory
from kit.outbox import emit
from obligations.rows import NewObligation, ObligationRow
from services.evaluation.appraisals.commands import completion
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.obligations import on_terms, owe_all
from services.evaluation.organisations.queries.leaders import leaders
from services.evaluation.panels import queries as panels
from services.evaluation.visits import events, queries
from services.evaluation.visits.commands import access
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.states import VisitAct, VisitState, can, move


async def schedule(session: AsyncSession, context: CycleContext) -> None:
    """One visit for each unit with members; leads take turns, and nobody visits the own unit.

    Of a unit of which no member is independent the office is told, which names a panel.
    """
    # Of the cities that are known only Dumai has an independent panel; elsewhere the policy has the feature off.
    members = await directory.holders(session, Role.PANEL) if context.policy.features.panel_visits else []
    if not members:
        return
    visits = await _planned(session, context, members)
    if not visits:
        return
    # The unique constraint decides who schedules: a phase that is begun twice finds the visits and owes nothing twice.
    making = insert(Visit).values(visits).on_conflict_do_nothing().returning(Visit)
    made = (await session.scalars(making)).all()
    owing = [NewObligation(visit.id, visit.lead_id, None, None, context.office_id) for visit in made]
    if owing:
        await owe_all(session, context, ObligationKind.VISIT_UNIT, owing)
    # Who leads a unit is decided here (its head, else who rates most of it), so the event says it to all who listen.
    heads = await leaders(session, context.cycle.id, [visit.unit_id for visit in made])
    for visit in made:
        events.scheduled(session, visit, head_id=heads.get(visit.unit_id))


async def _planned(session: AsyncSession, context: CycleContext, members: Sequence[UUID]) -> list[dict[str, Any]]:
    appraised = select(col(Appraisal.unit_id)).where(col(Appraisal.cycle_id) == context.cycle.id).distinct()
    # In the order of ids, so that a repeated run gives every unit the same lead.
    units = sorted((await session.scalars(appraised)).all())
    independent = await panels.independence(session, context.cycle.id, members)
    due, turns, rows = on_terms(context, ObligationKind.VISIT_UNIT).due_at, round_robin(members), []
    for unit_id in units:
        # Whoever works in the unit, or declared a conflict, is no independent overseer of it (DMI-4).
        if not (panel := independent.free(members, unit_id)):
            emit(session, PanelMissing(tenant_id=context.tenant_id, cycle_id=context.cycle.id, unit_id=unit_id))
            continue
        lead = next(one for one in turns if one in panel)
        rows.append(
            {
                "tenant_id": context.tenant_id,
                "id": new_id(),
                "cycle_id": context.cycle.id,
                "unit_id": unit_id,
                "lead_id": lead,
                "panel": panel,
                "scheduled_for": due,
                "state": VisitState.SCHEDULED.value,
            }
        )
    return rows


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Visits that nobody made in time: the panel's share goes to the other sources."""
    visits = await access.locked_all(session, [row.subject_id for row in rows])
    # The report may have come in while the lock was waited for; then there is nothing to lapse.
    missed = [visit for visit in visits if can(visit.state, VisitAct.LAPSE)]
    for cycle_id in {visit.cycle_id for visit in missed}:
        heads = await leaders(session, cycle_id, [one.unit_id for one in missed if one.cycle_id == cycle_id])
        for visit in (one for one in missed if one.cycle_id == cycle_id):
            visit.state = move(visit.state, VisitAct.LAPSE)
            events.not_held(session, visit, head_id=heads.get(visit.unit_id))
    # Written before it is read: whether an appraisal is complete is asked of the database.
    await session.flush()
    await completion.compute_complete(session, await queries.open_appraisals(session, missed))
