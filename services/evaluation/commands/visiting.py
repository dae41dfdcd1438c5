"""Field visits by the independent panel: scheduled for every unit, held, reported."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import cycle as round_robin
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Phase, Role, new_id
from contracts.evaluation import OBLIGATIONS, VisitHeld, VisitScheduled
from contracts.obligations import Duty
from directory import queries
from directory.models import Person
from directory.relations import Relation
from kit.db import actor
from kit.deadlines import local_date
from kit.errors import Invalid, NotFound, Refused
from kit.obligations import ObligationRow, Owed, close_duties, listed
from kit.outbox import emit
from services.evaluation.commands import access, settling
from services.evaluation.commands.duties import on_terms, owe_all
from services.evaluation.commands.frame import Frame, duties_are_open, open_frame
from services.evaluation.models import Appraisal, Visit


async def schedule(session: AsyncSession, frame: Frame) -> None:
    """One visit for each unit with members; leads take turns, and nobody visits the own unit if others can."""
    members = await queries.holders(session, Role.PANEL) if frame.policy.features.panel_visits else []
    if not members:
        return
    visits = await _planned(session, frame, members)
    making = insert(Visit).values(visits).on_conflict_do_nothing().returning(Visit)
    made = (await session.scalars(making)).all()
    owing = [Owed(visit.id, visit.lead_id, None, None, frame.office_id) for visit in made]
    if owing:
        await owe_all(session, frame, Duty.VISIT_UNIT, listed(owing))
    for visit in made:
        told = VisitScheduled(
            tenant_id=visit.tenant_id,
            visit_id=visit.id,
            cycle_id=visit.cycle_id,
            unit_id=visit.unit_id,
            panel=tuple(visit.panel),
            due_at=visit.scheduled_for,
        )
        emit(session, told)


async def _planned(session: AsyncSession, frame: Frame, members: Sequence[UUID]) -> list[dict[str, Any]]:
    appraised = select(col(Appraisal.unit_id)).where(col(Appraisal.cycle_id) == frame.cycle.id).distinct()
    units = sorted((await session.scalars(appraised)).all())
    homes = select(col(Person.unit_id), col(Person.id)).where(col(Person.id).in_(members))
    at_home: dict[UUID, set[UUID]] = defaultdict(set)
    for unit_id, person_id in (await session.execute(homes)).all():
        at_home[unit_id].add(person_id)
    due, turns, rows = on_terms(frame, Duty.VISIT_UNIT).due_at, round_robin(members), []
    for unit_id in units:
        panel = [one for one in members if one not in at_home[unit_id]] or list(members)
        lead = next(one for one in turns if one in panel)
        rows.append(
            {
                "tenant_id": frame.tenant_id,
                "id": new_id(),
                "cycle_id": frame.cycle.id,
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
    locking = (
        select(Visit)
        .where(col(Visit.id) == visit_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = (await session.scalars(locking)).first()
    if found is None:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    return found


async def claimed(session: AsyncSession, visit_id: UUID, duty: Duty, what: tuple[str, str]) -> Visit:
    """The visit, locked with its duty, for members of its panel and whoever holds the duty; else raises Forbidden."""
    held = await access.claimed(session, duty, [visit_id])
    visit = await locked(session, visit_id)
    if actor(session).id not in visit.panel and not held:
        raise access.forbidden(what, Relation.PANEL, Relation.HOLDER)
    return visit


async def report(
    session: AsyncSession,
    visit_id: UUID,
    *,
    held_on: date,
    checklist: dict[str, bool | str],
    findings: Sequence[dict[str, str]],
) -> Visit:
    """Write down that the visit took place and what was seen; once reported it stays as it is."""
    visit = await claimed(session, visit_id, Duty.VISIT_UNIT, ("report a visit", "melaporkan kunjungan"))
    if visit.state in ("HELD", "ASSESSED"):
        return visit
    if visit.state == "NOT_HELD":
        raise Refused("the time for this visit is over", "waktu kunjungan ini sudah lewat")
    frame = await open_frame(session, visit.cycle_id)
    if not frame.cycle.period_start <= held_on <= local_date(frame.now, frame.calendar):
        raise Invalid(
            "a visit was held inside the period and not in the future",
            "kunjungan harus dalam periode dan tidak di masa depan",
            where="held_on",
        )
    visit.state, visit.held_on = "HELD", held_on
    visit.checklist, visit.findings = dict(checklist), list(findings)
    held = VisitHeld(
        tenant_id=visit.tenant_id,
        visit_id=visit.id,
        cycle_id=visit.cycle_id,
        unit_id=visit.unit_id,
        held_on=held_on,
        findings=len(findings),
    )
    emit(session, held)
    await close_duties(session, OBLIGATIONS, Duty.VISIT_UNIT, [visit.id], tenant_id=visit.tenant_id)
    if await duties_are_open(session, visit.cycle_id, Phase.EVALUATION):
        await ask_panels(session, frame, [visit])
    return visit


async def ask_panels(session: AsyncSession, frame: Frame, visits: Sequence[Visit]) -> None:
    """The lead of each visit that was held owes the panel's assessments."""
    owing = [Owed(visit.id, visit.lead_id, None, None, frame.office_id) for visit in visits]
    if owing and frame.policy.source(AssessorRole.PANEL) is not None:
        await owe_all(session, frame, Duty.ASSESS_PANEL, listed(owing))


async def held_visits(session: AsyncSession, cycle_id: UUID) -> Sequence[Visit]:
    """Visits that took place and wait for the panel's assessments."""
    holding = select(Visit).where(col(Visit.cycle_id) == cycle_id, col(Visit.state) == "HELD")
    return (await session.scalars(holding)).all()


async def units_appraisals(session: AsyncSession, visits: Sequence[Visit]) -> list[UUID]:
    """The appraisals that wait for these visits."""
    if not visits:
        return []
    waiting = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id).in_({visit.cycle_id for visit in visits}),
        col(Appraisal.unit_id).in_({visit.unit_id for visit in visits}),
        col(Appraisal.state) == "OPEN",
    )
    return list((await session.scalars(waiting)).all())


async def not_held(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Visits that nobody made in time: the panel's share goes to the other sources."""
    for row in rows:
        visit = await locked(session, row.subject_id)
        if visit.state == "SCHEDULED":
            visit.state = "NOT_HELD"
            await session.flush()
            await settling.settle(session, await units_appraisals(session, [visit]))


async def panel_is_silent(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Visits whose panel did not assess in time: what it gave counts, what it did not is left out."""
    visits = [await locked(session, row.subject_id) for row in rows]
    await settling.settle(session, await units_appraisals(session, visits))
