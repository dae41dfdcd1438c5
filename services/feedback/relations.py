"""How the acting person stands to a case, the obligation that he or she owes now included; and the same as SQL, for lists."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.offices import in_cycle
from directory.relations import Relation, relations
from kit.conflicts import Offices
from kit.db import actor
from obligations.queries import owes
from obligations.rows import ObligationRow


async def acting_relations(
    session: AsyncSession,
    *,
    servant_id: UUID,
    rater_id: UUID | None = None,
    authority_id: UUID | None = None,
    obligation: ObligationKind | None = None,
    subject_id: UUID | None = None,
    done_by: UUID | None = None,
) -> frozenset[Relation]:
    """Every relation of the actor; DEBTOR if he or she owes the obligation about the subject, or has done it."""
    who = actor(session)
    found = relations(who, servant_id=servant_id, rater_id=rater_id, authority_id=authority_id)
    # Who has done it owes nothing any more, but may ask the same again and must get the same answer.
    if done_by == who.id:
        return found | {Relation.DEBTOR}
    if obligation is None or subject_id is None or not await owes(session, obligation, subject_id, who.id):
        return found
    # An officer who has no part in it acts for the office: what fell to her by a hand-over, or for whom nobody rates.
    for_the_office = who.has(Role.PERFORMANCE_OFFICE) and found.isdisjoint(_LINE)
    if for_the_office and not (await offices_of(session, obligation, subject_id)).may_act(who, servant_id):
        return found
    return found | {Relation.DEBTOR}


_LINE = frozenset({Relation.RATER, Relation.AUTHORITY})


async def offices_of(session: AsyncSession, kind: ObligationKind, subject_id: UUID) -> Offices:
    """Who acts for the office about whom in the cycle in which the actor owes this."""
    looking = select(col(ObligationRow.cycle_id)).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.subject_id) == subject_id,
        col(ObligationRow.state) == "OPEN",
    )
    return await in_cycle(session, (await session.scalars(looking.limit(1))).one())


def owed_by(person_id: UUID, kind: ObligationKind, subject_id: Mapped[UUID]) -> ColumnElement[bool]:
    """Rows whose id is the subject of an open obligation of this person; ``subject_id`` is the row's column."""
    # The debtor of now, not the column with the rater: after a hand-over somebody else is to act, and must find it.
    subjects = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.debtor_id) == person_id,
    )
    return subject_id.in_(subjects)
