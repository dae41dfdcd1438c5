"""Objections with their statements, for those whom they concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.amendments import ScoreChange
from contracts.base import Rating, Role
from contracts.feedback.objections import DecidedItem, ObjectionOutcome
from contracts.obligations import ObligationKind
from directory.models import Member
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from obligations.queries import owes
from services.feedback.objections.models import Objection, Statement
from services.feedback.objections.rules.decisions import ScoredDecision
from services.feedback.relations import owed_by
from services.feedback.results.models import ResultCopy


@dataclass(frozen=True, slots=True)
class CaseFile:
    """An objection with the result it contests and what both sides said."""

    objection: Objection
    result: ResultCopy
    statements: list[Statement]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objections; None and nothing are all."""

    cycle_id: UUID | None = None
    unit_id: UUID | None = None
    """Where the servant was a member of the cycle: an objection belongs where the work was rated."""
    servant_id: UUID | None = None
    states: Sequence[str] = ()
    by_due: bool = False
    """What is to be decided soonest comes first; else the newest."""


async def objections(session: AsyncSession, wanted: Wanted, *, window: Window) -> Found[Objection]:
    """Those one is a party to or decides; all of them for the performance office and for auditors."""
    who = actor(session)
    listed = select(Objection)
    if not (who.has(Role.PERFORMANCE_OFFICE) or who.has(Role.AUDITOR)):
        # Each side of the `or` has an index of its own, which PostgreSQL combines; the hand-over needs the obligations.
        listed = listed.where(
            (col(Objection.servant_id) == who.id)
            | (col(Objection.rater_id) == who.id)
            | (col(Objection.authority_id) == who.id)
            | (col(Objection.decided_by) == who.id)
            | owed_by(who.id, ObligationKind.DECIDE_OBJECTION, col(Objection.id))
        )
    if wanted.cycle_id is not None:
        listed = listed.where(col(Objection.cycle_id) == wanted.cycle_id)
    if wanted.servant_id is not None:
        listed = listed.where(col(Objection.servant_id) == wanted.servant_id)
    if wanted.states:
        listed = listed.where(col(Objection.state).in_(wanted.states))
    if wanted.unit_id is not None:
        same = (col(Member.cycle_id) == col(Objection.cycle_id)) & (col(Member.servant_id) == col(Objection.servant_id))
        listed = listed.where(exists().where(same, col(Member.unit_id) == wanted.unit_id))
    if wanted.by_due:
        return await read(session, listed, col(Objection.decide_by), col(Objection.id), window=window)
    return await read(session, listed, col(Objection.id), window=window, descending=True)


async def case_file(session: AsyncSession, objection_id: UUID) -> CaseFile:
    """Everything about one objection, for the parties, who decides it, the performance office and auditors."""
    objection = (await session.scalars(select(Objection).where(col(Objection.id) == objection_id))).first()
    if objection is None:
        raise NotFound(f"no objection {objection_id}", f"keberatan {objection_id} tidak ada")
    await _may_read(session, objection)
    said = select(Statement).where(col(Statement.objection_id) == objection_id).order_by(col(Statement.at))
    statements = list((await session.scalars(said)).all())
    return CaseFile(objection, await contested_result(session, objection), statements)


async def contested_result(session: AsyncSession, objection: Objection) -> ResultCopy:
    """The version of the result that the objection is about."""
    one = select(ResultCopy).where(col(ResultCopy.result_id) == objection.result_id)
    return (await session.scalars(one)).one()


def recorded_decision(objection: Objection) -> ScoredDecision | None:
    """The decision on the objection, if there is one."""
    if objection.outcome is None:
        return None
    return ScoredDecision(
        outcome=ObjectionOutcome(objection.outcome),
        reason=objection.reason or "",
        result_rating=None if objection.result_rating is None else Rating(objection.result_rating),
        behaviour_rating=None if objection.behaviour_rating is None else Rating(objection.behaviour_rating),
        items=tuple(DecidedItem.model_validate(one) for one in objection.decided_items or ()),
        scores=tuple(ScoreChange.model_validate(one) for one in objection.scores or ()),
    )


async def _may_read(session: AsyncSession, objection: Objection) -> None:
    who = actor(session)
    if who.has(Role.AUDITOR):
        return
    found = relations(
        who, servant_id=objection.servant_id, rater_id=objection.rater_id, authority_id=objection.authority_id
    )
    if objection.decided_by == who.id or await owes(session, ObligationKind.DECIDE_OBJECTION, objection.id, who.id):
        found |= {Relation.DEBTOR}
    readers = (Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE)
    require(found, *readers, what=("read an objection", "membaca keberatan"))
