"""Field visits by the independent panel: scheduled for every unit, and what becomes of those that are never held."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import cycle as round_robin
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Role, new_id
from contracts.evaluation.visits import VisitNotHeld, VisitScheduled
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Person
from directory.relations import Relation
from kit.db import actor
from kit.errors import NotFound
from kit.outbox import emit
from obligations.rows import NewObligation, ObligationRow
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.obligations import on_terms, owe_all
from services.evaluation.organisations.queries import leaders
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules import Response


async def schedule(session: AsyncSession, context: CycleContext) -> None:
    """One visit for each unit with members; leads take turns, and nobody visits the own unit if others can."""
    members = await queries.holders(session, Role.PANEL) if context.policy.features.panel_visits else []
    if not members:
        return
    visits = await _planned(session, context, members)
    making = insert(Visit).values(visits).on_conflict_do_nothing().returning(Visit)
    made = (await session.scalars(making)).all()
    owing = [NewObligation(visit.id, visit.lead_id, None, None, context.office_id) for visit in made]
    if owing:
        await owe_all(session, context, ObligationKind.VISIT_UNIT, owing)
    heads = await leaders(session, context.cycle.id, [visit.unit_id for visit in made])
    for visit in made:
        told = VisitScheduled(
            **about(visit), panel=tuple(visit.panel), due_at=visit.scheduled_for, head_id=heads.get(visit.unit_id)
        )
        emit(session, told)


def about(visit: Visit) -> dict[str, Any]:
    """What every event about a visit tells of it."""
    return {
        "tenant_id": visit.tenant_id,
        "visit_id": visit.id,
        "cycle_id": visit.cycle_id,
        "unit_id": visit.unit_id,
    }


async def _planned(session: AsyncSession, context: CycleContext, members: Sequence[UUID]) -> list[dict[str, Any]]:
    appraised = select(col(Appraisal.unit_id)).where(col(Appraisal.cycle_id) == context.cycle.id).distinct()
    units = sorted((await session.scalars(appraised)).all())
    homes = select(col(Person.unit_id), col(Person.id)).where(col(Person.id).in_(members))
    at_home: dict[UUID, set[UUID]] = defaultdict(set)
    for unit_id, person_id in (await session.execute(homes)).all():
        at_home[unit_id].add(person_id)
    due, turns, rows = on_terms(context, ObligationKind.VISIT_UNIT).due_at, round_robin(members), []
    for unit_id in units:
        panel = [one for one in members if one not in at_home[unit_id]] or list(members)
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
                "state": "SCHEDULED",
            }
        )
    return rows


async def locked(session: AsyncSession, visit_id: UUID) -> Visit:
    """The visit, locked; raises NotFound."""
    found = await locked_all(session, [visit_id])
    if not found:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    return found[0]


async def locked_all(session: AsyncSession, visit_ids: Sequence[UUID]) -> Sequence[Visit]:
    """These visits, locked in one order everywhere."""
    locking = (
        select(Visit)
        .where(col(Visit.id).in_(visit_ids))
        .order_by(col(Visit.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(locking)).all()


async def claimed(session: AsyncSession, visit_id: UUID, duty: ObligationKind, what: tuple[str, str]) -> Visit:
    """The visit, locked with its obligation, for members of its panel and whoever holds the obligation; else raises Forbidden."""
    held = await access.claimed(session, duty, [visit_id])
    visit = await locked(session, visit_id)
    if actor(session).id not in visit.panel and not held:
        raise access.forbidden(what, Relation.PANEL, Relation.DEBTOR)
    return visit


async def open_duty(session: AsyncSession, kind: ObligationKind, visit_id: UUID) -> ObligationRow | None:
    """The obligation about a visit that is open, if one is."""
    looking = select(ObligationRow).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.subject_id) == visit_id,
        col(ObligationRow.state) == "OPEN",
    )
    return (await session.scalars(looking)).first()


async def ask_panels(session: AsyncSession, context: CycleContext, visits: Sequence[Visit]) -> None:
    """The lead of each visit owes the panel's assessments."""
    owing = [NewObligation(visit.id, visit.lead_id, None, None, context.office_id) for visit in visits]
    if owing and context.policy.source(AssessorRole.PANEL) is not None:
        await owe_all(session, context, ObligationKind.ASSESS_PANEL, owing)


async def heard_visits(session: AsyncSession, cycle_id: UUID) -> Sequence[Visit]:
    """Visits that wait for the panel's assessments and for nothing else: those observed had their say."""
    holding = select(Visit).where(
        col(Visit.cycle_id) == cycle_id,
        col(Visit.state) == "HELD",
        col(Visit.response_state).is_distinct_from(Response.AWAITED.value),
    )
    return (await session.scalars(holding)).all()


async def units_appraisals(session: AsyncSession, visits: Sequence[Visit]) -> list[UUID]:
    """The appraisals that wait for these visits."""
    if not visits:
        return []
    waiting = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id).in_({visit.cycle_id for visit in visits}),
        col(Appraisal.unit_id).in_({visit.unit_id for visit in visits}),
        col(Appraisal.state) == AppraisalState.OPEN.value,
    )
    return list((await session.scalars(waiting)).all())


async def not_held(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Visits that nobody made in time: the panel's share goes to the other sources."""
    visits = await locked_all(session, [row.subject_id for row in rows])
    missed = [visit for visit in visits if visit.state == "SCHEDULED"]
    for cycle_id in {visit.cycle_id for visit in missed}:
        heads = await leaders(session, cycle_id, [one.unit_id for one in missed if one.cycle_id == cycle_id])
        for visit in (one for one in missed if one.cycle_id == cycle_id):
            visit.state = "NOT_HELD"
            told = VisitNotHeld(**about(visit), panel=tuple(visit.panel), head_id=heads.get(visit.unit_id))
            emit(session, told)
    await session.flush()
    await completion.settle(session, await units_appraisals(session, missed))


async def panel_is_silent(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Visits whose panel did not assess in time: what it gave counts, what it did not is left out."""
    visits = await locked_all(session, [row.subject_id for row in rows])
    await completion.settle(session, await units_appraisals(session, visits))
