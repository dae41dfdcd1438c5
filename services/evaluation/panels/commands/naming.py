"""The office orders a visit to a unit with a date, and names its panel; nobody who is not independent of the unit."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.visits import VisitDateSet
from contracts.obligations import ObligationKind
from directory import queries as directory
from kit.db import actor
from kit.errors import Invalid, NotFound, Refused
from kit.outbox import emit
from obligations.legal_dates import local_date
from obligations.opening import open_obligations
from obligations.rows import NewObligation
from services.evaluation.appraisals.commands.access import claimed
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.cycles.queries.context import CycleContext, open_context
from services.evaluation.obligations import on_terms
from services.evaluation.organisations.queries.leaders import leaders
from services.evaluation.panels import queries
from services.evaluation.panels.commands.replacement import replace
from services.evaluation.visits import events
from services.evaluation.visits.commands.access import locked
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.dates import check_date, limits
from services.evaluation.visits.rules.states import VisitState

_WHAT = ("name a panel", "menunjuk tim evaluasi")


async def order(
    session: AsyncSession, cycle_id: UUID, unit_id: UUID, *, panel: Sequence[UUID], visit_on: date, reason: str
) -> Visit:
    """A visit on that day by this panel, the first of whom leads it; one that is planned already is made this one.

    Raises Refused where the city has no visits, or the unit was visited in this cycle; Invalid for a day off or outside
    the period, and for a member who is not independent of the unit.
    """
    context = await open_context(session, cycle_id)
    head_id = await _leader(session, context, unit_id)
    if not context.policy.features.panel_visits:
        raise Refused("the policy has no visits of a panel", "kebijakan tidak mengenal kunjungan tim evaluasi")
    await _check(session, context, unit_id, panel)
    unit = await directory.unit(session, unit_id)
    calendar = context.calendar.for_week(None if unit.work_days is None else tuple(unit.work_days))
    check_date(visit_on, today=local_date(context.now, calendar), until=context.cycle.period_end, calendar=calendar)
    due_at = limits(visit_on, context.policy.visits, calendar).missed_at
    made = await _made(session, context, unit_id, panel, due_at)
    if made is not None:
        events.scheduled(session, made, head_id=head_id)
        owing = [NewObligation(made.id, made.lead_id, None, None, context.office_id)]
        terms = on_terms(context, ObligationKind.VISIT_UNIT, due_at)
        await open_obligations(session, OBLIGATIONS, terms, owing, tenant_id=made.tenant_id)
    visit = made or await _planned(session, context, unit_id, panel, reason)
    _set_date(session, visit, visit_on, head_id=head_id, reason=reason)
    return visit


async def name(session: AsyncSession, visit_id: UUID, *, panel: Sequence[UUID], reason: str) -> Visit:
    """Another panel for a visit that waits to be held or assessed; the first of it leads. Raises as :func:`order`."""
    for kind in (ObligationKind.VISIT_UNIT, ObligationKind.ASSESS_PANEL):
        await claimed(session, kind, [visit_id])
    visit = await locked(session, visit_id)
    context = await open_context(session, visit.cycle_id)
    await _leader(session, context, visit.unit_id)
    if visit.state not in (VisitState.SCHEDULED, VisitState.HELD):
        raise Refused("this visit is assessed, or its time is over", "kunjungan sudah dinilai atau waktunya lewat")
    await _check(session, context, visit.unit_id, panel)
    if list(panel) != visit.panel or visit.lead_id != panel[0]:
        await replace(session, context, visit, panel, lead=panel[0], reason=reason)
    return visit


async def _leader(session: AsyncSession, context: CycleContext, unit_id: UUID) -> UUID | None:
    """Who leads the unit; raises Forbidden unless the actor may act for the office about that person."""
    head_id = (await leaders(session, context.cycle.id, [unit_id])).get(unit_id)
    offices = await in_cycle(session, context.cycle.id)
    offices.require(actor(session), *([] if head_id is None else [head_id]), what=_WHAT)
    return head_id


async def _check(session: AsyncSession, context: CycleContext, unit_id: UUID, panel: Sequence[UUID]) -> None:
    here = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id) == context.cycle.id, col(Appraisal.unit_id) == unit_id
    )
    if (await session.scalars(here.limit(1))).first() is None:
        raise NotFound(f"unit {unit_id} takes no part in this cycle", f"unit {unit_id} tidak ikut siklus")
    found = await queries.independence(session, context.cycle.id, panel)
    for number, member in enumerate(panel):
        if not (await directory.person(session, member)).active:
            raise Invalid("this person has left", "pegawai ini sudah keluar", where=f"panel.{number}")
        if (bar := found.of_unit(member, unit_id)) is not None:
            raise Invalid(
                f"not independent: this member {bar.words.en}; name another one",
                f"tidak independen: anggota ini {bar.words.id}; tunjuk pegawai lain",
                where=f"panel.{number}",
                conflict=bar.value,
            )


async def _made(
    session: AsyncSession, context: CycleContext, unit_id: UUID, panel: Sequence[UUID], due_at: object
) -> Visit | None:
    row = {
        "tenant_id": context.tenant_id,
        "id": new_id(),
        "cycle_id": context.cycle.id,
        "unit_id": unit_id,
        "lead_id": panel[0],
        "panel": list(panel),
        "scheduled_for": due_at,
        "state": VisitState.SCHEDULED.value,
    }
    making = insert(Visit).values(row).on_conflict_do_nothing().returning(Visit)
    return (await session.scalars(making)).first()


async def _planned(
    session: AsyncSession, context: CycleContext, unit_id: UUID, panel: Sequence[UUID], reason: str
) -> Visit:
    looking = select(col(Visit.id)).where(col(Visit.cycle_id) == context.cycle.id, col(Visit.unit_id) == unit_id)
    visit_id = (await session.scalars(looking)).one()
    visit = await name(session, visit_id, panel=panel, reason=reason)
    if visit.state != VisitState.SCHEDULED:
        raise Refused("this unit was visited in this cycle", "unit ini sudah dikunjungi pada siklus ini")
    return visit


def _set_date(session: AsyncSession, visit: Visit, visit_on: date, *, head_id: UUID | None, reason: str) -> None:
    if visit.visit_on == visit_on:
        return
    former, visit.visit_on = visit.visit_on, visit_on
    event = VisitDateSet(
        **events.about(visit),
        panel=tuple(visit.panel),
        head_id=head_id,
        visit_on=visit_on,
        former=former,
        reason=reason if former else None,
        set_by=actor(session).id,
    )
    emit(session, event, reason=reason)
