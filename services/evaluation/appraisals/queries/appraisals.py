"""Appraisals as far as the reader may see them, and how the reader is related to one."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.relations import Relation, relations
from kit.actor import Actor
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from obligations.queries import owes
from obligations.rows import ObligationRow
from services.evaluation.appraisals.models import Appraisal, TakenOver
from services.evaluation.assessments.models import PeerNomination
from services.evaluation.visits.models import Visit

READERS = frozenset({Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE})
"""Who may read an appraisal with its scores."""
ASSESSORS = frozenset({Relation.PEER, Relation.PANEL})
"""Who may see what is to be scored, and nothing more."""
_OBLIGATIONS = (ObligationKind.ASSESS, ObligationKind.ISSUE_RESULT)


async def one(session: AsyncSession, appraisal_id: UUID) -> Appraisal:
    """The appraisal; raises NotFound."""
    found = (await session.scalars(select(Appraisal).where(col(Appraisal.id) == appraisal_id))).first()
    if found is None:
        raise NotFound(f"no appraisal {appraisal_id} in this city", f"penilaian {appraisal_id} tidak ada di kota ini")
    return found


async def taken_over(session: AsyncSession, appraisal_id: UUID) -> Sequence[TakenOver]:
    """The work results that the leader took over, the first one first (art. 20)."""
    looking = select(TakenOver).where(col(TakenOver.appraisal_id) == appraisal_id)
    return (await session.scalars(looking.order_by(col(TakenOver.id)))).all()


async def relations_of(session: AsyncSession, appraisal: Appraisal) -> frozenset[Relation]:
    """Every relation of the reader to this appraisal."""
    who = actor(session)
    stated = relations(
        who, servant_id=appraisal.servant_id, rater_id=appraisal.rater_id, authority_id=appraisal.authority_id
    )
    if who.assistant_id is not None:
        return stated
    found = set(stated) - {Relation.PANEL}  # the role alone is none: the panel must be that of a visit to this unit
    if appraisal.assessed_by == who.id or any([await owes(session, one, appraisal.id, who.id) for one in _OBLIGATIONS]):
        found.add(Relation.DEBTOR)
    if await _nominated(session, appraisal, who):
        found.add(Relation.PEER)
    if await _visits(session, appraisal, who):
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
    window: Window,
) -> Found[Appraisal]:
    """A page of those the reader may read: all for the office, else one's own and those of one's people."""
    looking = select(Appraisal)
    wanted = {Appraisal.cycle_id: cycle_id, Appraisal.servant_id: servant_id, Appraisal.rater_id: rater_id}
    for column, value in wanted.items():
        if value is not None:
            looking = looking.where(col(column) == value)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(_mine(who))
    return await read(session, looking, col(Appraisal.id), window=window)


def _mine(who: Actor) -> ColumnElement[bool]:
    owed = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.debtor_id) == who.id,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.kind).in_([kind.value for kind in _OBLIGATIONS]),
    )
    # One `or` of indexed columns; the office, which may read all, never comes here.
    people = (col(Appraisal.servant_id), col(Appraisal.rater_id), col(Appraisal.authority_id))
    return or_(*(column == who.id for column in (*people, col(Appraisal.assessed_by))), col(Appraisal.id).in_(owed))
