"""Appraisals as far as the reader may see them; a peer's numbers are nobody's to see."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, OrgPerformance, Role
from contracts.obligations import ObligationKind
from contracts.policy import Policy
from directory.models import Person
from directory.relations import Relation, relations
from kit.actor import Actor
from kit.db import actor
from kit.errors import NotFound
from obligations.queries import owes
from obligations.rows import IS_OPEN, ObligationRow
from scoring.numbers import rounded
from services.evaluation.appraisals.models import Appraisal, TakenOver
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Assessment, PeerNomination
from services.evaluation.organisations.models import UnitPerformance
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.visits.models import Visit

READERS = frozenset({Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE})
"""Who may read an appraisal with its scores."""
ASSESSORS = frozenset({Relation.PEER, Relation.PANEL})
"""Who may see what is to be scored, and nothing more."""
_DUTIES = (ObligationKind.ASSESS, ObligationKind.ISSUE_RESULT)


async def one(session: AsyncSession, appraisal_id: UUID) -> Appraisal:
    """The appraisal; raises NotFound."""
    found = (await session.scalars(select(Appraisal).where(col(Appraisal.id) == appraisal_id))).first()
    if found is None:
        raise NotFound(f"no appraisal {appraisal_id} in this city", f"penilaian {appraisal_id} tidak ada di kota ini")
    return found


async def periods(session: AsyncSession, appraisal_id: UUID) -> Sequence[PeriodicEvaluation]:
    """Its periodic evaluations, in their order."""
    looking = select(PeriodicEvaluation).where(col(PeriodicEvaluation.appraisal_id) == appraisal_id)
    return (await session.scalars(looking.order_by(col(PeriodicEvaluation.number)))).all()


async def limits(session: AsyncSession, periods: Sequence[PeriodicEvaluation]) -> dict[UUID, datetime]:
    """When what is still owed of these is due: the obligation moves with an extension, an outage, a successor."""
    due = (
        select(col(ObligationRow.subject_id), func.max(ObligationRow.due_at))
        .where(
            col(ObligationRow.kind) == ObligationKind.EVALUATE_PERIOD.value,
            col(ObligationRow.subject_id).in_([one.id for one in periods]),
            IS_OPEN,
        )
        .group_by(col(ObligationRow.subject_id))
    )
    return {row[0]: row[1] for row in await session.execute(due)}


async def taken_over(session: AsyncSession, appraisal_id: UUID) -> Sequence[TakenOver]:
    """The work results that the leader took over, the first one first (art. 20)."""
    looking = select(TakenOver).where(col(TakenOver.appraisal_id) == appraisal_id)
    return (await session.scalars(looking.order_by(col(TakenOver.id)))).all()


async def organisation(session: AsyncSession, appraisal: Appraisal) -> OrgPerformance | None:
    """What the unit led by the rater has achieved, as far as it is set (art. 24)."""
    looking = (
        select(col(UnitPerformance.performance))
        .join(Person, col(Person.unit_id) == col(UnitPerformance.unit_id))
        .where(col(Person.id) == appraisal.rater_id, col(UnitPerformance.cycle_id) == appraisal.cycle_id)
    )
    found = (await session.scalars(looking)).first()
    return None if found is None else OrgPerformance(found)


async def standing(session: AsyncSession, appraisal: Appraisal) -> frozenset[Relation]:
    """Every relation of the reader to this appraisal."""
    who = actor(session)
    found = set(
        relations(
            who, servant_id=appraisal.servant_id, rater_id=appraisal.rater_id, authority_id=appraisal.authority_id
        )
    ) - {Relation.PANEL}
    if appraisal.assessed_by == who.id or any([await owes(session, one, appraisal.id, who.id) for one in _DUTIES]):
        found.add(Relation.DEBTOR)
    if await _nominated(session, appraisal, who):
        found.add(Relation.PEER)
    if who.has(Role.PANEL) and await _visits(session, appraisal, who):
        found.add(Relation.PANEL)
    return frozenset(found)


async def _nominated(session: AsyncSession, appraisal: Appraisal, who: Actor) -> bool:
    looking = select(col(PeerNomination.peer_id)).where(
        col(PeerNomination.appraisal_id) == appraisal.id, col(PeerNomination.peer_id) == who.id
    )
    return (await session.scalars(looking)).first() is not None


async def _visits(session: AsyncSession, appraisal: Appraisal, who: Actor) -> bool:
    looking = select(col(Visit.id)).where(
        col(Visit.cycle_id) == appraisal.cycle_id,
        col(Visit.unit_id) == appraisal.unit_id,
        col(Visit.panel).contains([who.id]),
    )
    return (await session.scalars(looking)).first() is not None


async def page(
    session: AsyncSession,
    *,
    cycle_id: UUID | None,
    servant_id: UUID | None,
    rater_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Appraisal]:
    """A page of those the reader may read: all for the office, else one's own and those of one's people."""
    looking = select(Appraisal).order_by(col(Appraisal.id)).limit(limit)
    wanted = {Appraisal.cycle_id: cycle_id, Appraisal.servant_id: servant_id, Appraisal.rater_id: rater_id}
    for column, value in wanted.items():
        if value is not None:
            looking = looking.where(col(column) == value)
    if after is not None:
        looking = looking.where(col(Appraisal.id) > after)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(_mine(who))
    return (await session.scalars(looking)).all()


def _mine(who: Actor) -> ColumnElement[bool]:
    held = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.debtor_id) == who.id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.kind).in_([duty.value for duty in _DUTIES]),
    )
    people = (col(Appraisal.servant_id), col(Appraisal.rater_id), col(Appraisal.authority_id))
    return or_(*(column == who.id for column in (*people, col(Appraisal.assessed_by))), col(Appraisal.id).in_(held))


async def shown(session: AsyncSession, appraisal: Appraisal, policy: Policy) -> list[dict[str, object]]:
    """Assessments that may be shown: each one's name and numbers, or of anonymous ones the mean alone.

    The mean of peers is shown only once the appraisal is settled and enough of them have answered: earlier, two looks
    would tell what one of them gave in between.
    """
    looking = select(Assessment).where(col(Assessment.appraisal_id) == appraisal.id).order_by(col(Assessment.role))
    given = (await session.scalars(looking)).all()
    told: list[dict[str, object]] = []
    for source in policy.sources:
        of_source = [one for one in given if one.role == source.role]
        if not source.anonymous:
            told += [_named(one) for one in of_source]
        elif appraisal.state != AppraisalState.OPEN and len(of_source) >= source.minimum:
            told.append(_mean(source.role, of_source))
    return told


def _named(given: Assessment) -> dict[str, object]:
    names = ("role", "assessor_id", "scores", "reasons", "result_rating", "behaviour_rating", "comment", "submitted_at")
    return {name: getattr(given, name) for name in names}


def _mean(role: AssessorRole, given: Sequence[Assessment]) -> dict[str, object]:
    codes = sorted({code for one in given for code in one.scores})
    means = {code: _of(code, given) for code in codes}
    return {"role": role.value, "count": len(given), "scores": means}


def _of(code: str, given: Sequence[Assessment]) -> str:
    numbers = [Fraction(one.scores[code]) for one in given if code in one.scores]
    return str(rounded(sum(numbers, Fraction(0)) / len(numbers)))
