"""Reads of improvement cases, cut to what the asking person may see."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.feedback.improvement.models import ImprovementCase, ImprovementReview
from services.feedback.relations import owed_by


@dataclass(frozen=True, slots=True)
class Course:
    """A case with its months."""

    case: ImprovementCase
    reviews: list[ImprovementReview]


async def cases(
    session: AsyncSession, *, servant_id: UUID | None, review_id: UUID | None, window: Window
) -> Found[ImprovementCase]:
    """One's own, and of those one rates or whose rater one leads; all for the office. One review's, if it is named."""
    who = actor(session)
    listed = select(ImprovementCase)
    if not who.has(Role.PERFORMANCE_OFFICE):
        # After a hand-over the review of a month is owed by somebody whom the case itself does not name.
        held = select(col(ImprovementReview.case_id)).where(
            owed_by(who.id, ObligationKind.REVIEW_IMPROVEMENT, col(ImprovementReview.id))
        )
        listed = listed.where(
            (col(ImprovementCase.servant_id) == who.id)
            | (col(ImprovementCase.rater_id) == who.id)
            | (col(ImprovementCase.authority_id) == who.id)
            | col(ImprovementCase.id).in_(held)
        )
    if servant_id is not None:
        listed = listed.where(col(ImprovementCase.servant_id) == servant_id)
    if review_id is not None:
        of_review = select(col(ImprovementReview.case_id)).where(col(ImprovementReview.id) == review_id)
        listed = listed.where(col(ImprovementCase.id).in_(of_review))
    return await read(session, listed, col(ImprovementCase.id), window=window, descending=True)


async def course(session: AsyncSession, case_id: UUID) -> Course:
    """One case with its reviews; raises NotFound, or Forbidden for who has no part in it."""
    one = (await session.scalars(select(ImprovementCase).where(col(ImprovementCase.id) == case_id))).first()
    if one is None:
        raise NotFound(f"no improvement case {case_id}", f"kasus perbaikan kinerja {case_id} tidak ada")
    who = actor(session)
    found = relations(who, servant_id=one.servant_id, rater_id=one.rater_id, authority_id=one.authority_id)
    mine = select(col(ImprovementReview.id)).where(
        col(ImprovementReview.case_id) == case_id,
        owed_by(who.id, ObligationKind.REVIEW_IMPROVEMENT, col(ImprovementReview.id)),
    )
    if (await session.scalars(mine)).first() is not None:
        found |= {Relation.DEBTOR}
    readers = (Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.DEBTOR, Relation.OFFICE)
    require(found, *readers, what=("read an improvement case", "membaca kasus perbaikan kinerja"))
    of_case = select(ImprovementReview).where(col(ImprovementReview.case_id) == case_id)
    reviews = (await session.scalars(of_case.order_by(col(ImprovementReview.number)))).all()
    return Course(one, list(reviews))
