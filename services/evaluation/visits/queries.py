"""Visits for those who may read them, whom the panel assesses there, and what waits for a visit."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Role
from contracts.obligations import ObligationKind
from directory.models import Person
from directory.relations import Relation, require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from obligations.queries import owes
from obligations.rows import ObligationRow
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Assessment
from services.evaluation.organisations.queries.leaders import leaders
from services.evaluation.panels.queries import independence
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.states import REPORTED, ResponseState, VisitState

_KINDS = (ObligationKind.VISIT_UNIT, ObligationKind.RESPOND_TO_VISIT, ObligationKind.ASSESS_PANEL)


async def one(session: AsyncSession, visit_id: UUID) -> Visit:
    """The visit, for its panel, who leads the unit or responds for it, and the office; raises NotFound.

    Once it is reported, also for those observed and for who rates them: findings are there to learn from (DMI-5).
    """
    found = (await session.scalars(select(Visit).where(col(Visit.id) == visit_id))).first()
    if found is None:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    who = actor(session)
    related = {
        Relation.PANEL: who.id in found.panel,
        Relation.OFFICE: who.has(Role.PERFORMANCE_OFFICE),
        Relation.SELF: who.id == found.respondent_id or await _leads(session, found, who.id),
        **await _observed(session, found, who.id),
        Relation.DEBTOR: any([await owes(session, kind, found.id, who.id) for kind in _KINDS]),
    }
    relations = frozenset(relation for relation, holds in related.items() if holds)
    require(relations, *related, what=("read a visit", "membaca kunjungan"))
    return found


async def _observed(session: AsyncSession, visit: Visit, person_id: UUID) -> dict[Relation, bool]:
    """How the reader stands to those observed; nothing before the report."""
    if visit.state not in REPORTED:
        return {Relation.RATER: False, Relation.AUTHORITY: False}
    servant, rater, authority = col(Appraisal.servant_id), col(Appraisal.rater_id), col(Appraisal.authority_id)
    looking = select(servant == person_id, rater == person_id, authority == person_id).where(
        col(Appraisal.cycle_id) == visit.cycle_id,
        col(Appraisal.unit_id) == visit.unit_id,
        or_(servant == person_id, rater == person_id, authority == person_id),
    )
    rows = (await session.execute(looking)).all()
    found = {Relation.RATER: any(row[1] for row in rows), Relation.AUTHORITY: any(row[2] for row in rows)}
    return found | ({Relation.SELF: True} if any(row[0] for row in rows) else {})


async def _leads(session: AsyncSession, visit: Visit, person_id: UUID) -> bool:
    found = await leaders(session, visit.cycle_id, [visit.unit_id])
    return found.get(visit.unit_id) == person_id


async def page(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[Visit]:
    """A page of visits: all for the office, else of the reader's panels, to the unit that he or she heads, and reported
    ones to units where the reader is appraised or rates.
    """
    # Filtered in the statement and not after it: a page is full, and no cursor reveals what the reader may not see.
    looking = select(Visit)
    if cycle_id is not None:
        looking = looking.where(col(Visit.cycle_id) == cycle_id)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        # Who heads the unit today, as the directory has it; respondent_id below is who headed it at the report.
        headed = select(col(Person.unit_id)).where(col(Person.id) == who.id, col(Person.is_head), col(Person.active))
        mine = (
            col(Visit.panel).contains([who.id]),
            col(Visit.respondent_id) == who.id,
            col(Visit.unit_id).in_(headed),
            _of_mine(who.id),
        )
        looking = looking.where(or_(*mine))
    return await read(session, looking, col(Visit.id), window=window)


def _of_mine(person_id: UUID) -> ColumnElement[bool]:
    """A report about those among whom the reader is, or whom he or she rates or reviews."""
    people = (col(Appraisal.servant_id), col(Appraisal.rater_id), col(Appraisal.authority_id))
    here = exists().where(
        col(Appraisal.tenant_id) == col(Visit.tenant_id),
        col(Appraisal.cycle_id) == col(Visit.cycle_id),
        col(Appraisal.unit_id) == col(Visit.unit_id),
        or_(*(one == person_id for one in people)),
    )
    return and_(col(Visit.state).in_([one.value for one in REPORTED]), here)


async def reported(session: AsyncSession, cycle_id: UUID, unit_id: UUID) -> Sequence[Visit]:
    """The visits to a unit in a cycle whose reports stand."""
    looking = select(Visit).where(
        col(Visit.cycle_id) == cycle_id,
        col(Visit.unit_id) == unit_id,
        col(Visit.state).in_([one.value for one in REPORTED]),
    )
    return (await session.scalars(looking.order_by(col(Visit.id)))).all()


async def members(session: AsyncSession, visit: Visit, *, by: UUID | None = None) -> Sequence[Appraisal]:
    """Whom the panel assesses: of the unit those of whom a member is independent, or of whom ``by`` is.

    A person of whom nobody on the panel is independent is assessed by the other sources alone.
    """
    looking = (
        select(Appraisal)
        .where(col(Appraisal.cycle_id) == visit.cycle_id, col(Appraisal.unit_id) == visit.unit_id)
        .order_by(col(Appraisal.id))
    )
    found = await independence(session, visit.cycle_id, visit.panel)
    judges = visit.panel if by is None else [by]
    people = (await session.scalars(looking)).all()
    return [
        one for one in people if any(found.of_person(judge, one.servant_id, visit.unit_id) is None for judge in judges)
    ]


async def open_obligation(session: AsyncSession, kind: ObligationKind, visit_id: UUID) -> ObligationRow | None:
    """The obligation about a visit that is open, if one is."""
    looking = select(ObligationRow).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.subject_id) == visit_id,
        col(ObligationRow.state) == "OPEN",
    )
    return (await session.scalars(looking)).first()


async def awaiting_panel(session: AsyncSession, cycle_id: UUID) -> Sequence[Visit]:
    """Visits that wait for the panel's assessments and for nothing else: those observed have responded, or may not."""
    # "is distinct from": a report from before there were responses has no state of one, and awaits none.
    holding = select(Visit).where(
        col(Visit.cycle_id) == cycle_id,
        col(Visit.state) == VisitState.HELD.value,
        col(Visit.response_state).is_distinct_from(ResponseState.AWAITED.value),
    )
    return (await session.scalars(holding)).all()


async def open_appraisals(session: AsyncSession, visits: Sequence[Visit]) -> list[UUID]:
    """The appraisals in the visited units that are not computed yet."""
    if not visits:
        return []
    waiting = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id).in_({visit.cycle_id for visit in visits}),
        col(Appraisal.unit_id).in_({visit.unit_id for visit in visits}),
        col(Appraisal.state) == AppraisalState.OPEN.value,
    )
    return list((await session.scalars(waiting)).all())


async def unassessed(session: AsyncSession, visit: Visit) -> int:
    """How many of those whom the panel assesses are without an assessment by it."""
    ids = [one.id for one in await members(session, visit)]
    assessed = select(col(Assessment.appraisal_id)).where(
        col(Assessment.role) == AssessorRole.PANEL.value, col(Assessment.appraisal_id).in_(ids)
    )
    return len(set(ids) - set((await session.scalars(assessed)).all()))
