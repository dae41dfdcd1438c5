"""Results and their explanations, for those who may read them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.relations import require
from kit.db import actor
from kit.errors import NotFound
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.results.models import Result


async def one(session: AsyncSession, result_id: UUID) -> Result:
    """The result, for the servant, rater, reviewing authority, whoever assessed, and the office; raises NotFound."""
    found = (await session.scalars(select(Result).where(col(Result.id) == result_id))).first()
    if found is None:
        raise NotFound(f"no result {result_id} in this city", f"hasil {result_id} tidak ada di kota ini")
    appraisal = await appraisals.one(session, found.appraisal_id)
    standing = await appraisals.relations_of(session, appraisal)
    require(standing, *sorted(appraisals.READERS), what=("read a result", "membaca hasil"))
    return found


async def page(
    session: AsyncSession, *, cycle_id: UUID | None, servant_id: UUID | None, after: UUID | None, limit: int
) -> Sequence[Result]:
    """A page of every version that the reader may read."""
    looking = select(Result).order_by(col(Result.id)).limit(limit)
    if cycle_id is not None:
        looking = looking.where(col(Result.cycle_id) == cycle_id)
    if servant_id is not None:
        looking = looking.where(col(Result.servant_id) == servant_id)
    if after is not None:
        looking = looking.where(col(Result.id) > after)
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        people = (Result.servant_id, Result.rater_id, Result.authority_id, Result.issued_by)
        looking = looking.where(or_(*(col(column) == who.id for column in people)))
    return (await session.scalars(looking)).all()
