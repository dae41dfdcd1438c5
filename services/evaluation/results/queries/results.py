"""Results and their explanations, for those who may read them; and the newest versions, for commands."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.relations import require
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.evaluation.appraisals.queries import appraisals
from services.evaluation.results.models import Result

ALL_FOR = (Role.PERFORMANCE_OFFICE, Role.AUDITOR)
"""For whom the list holds everybody."""

_WHO_LED = (Result.rater_id, Result.authority_id, Result.issued_by)


async def one(session: AsyncSession, result_id: UUID) -> Result:
    """The result, for the servant, rater, reviewing authority, whoever assessed, and the office; raises NotFound."""
    found = (await session.scalars(select(Result).where(col(Result.id) == result_id))).first()
    if found is None:
        raise NotFound(f"no result {result_id} in this city", f"hasil {result_id} tidak ada di kota ini")
    appraisal = await appraisals.one(session, found.appraisal_id)
    relations = await appraisals.relations_of(session, appraisal)
    if not actor(session).has(Role.AUDITOR):
        require(relations, *sorted(appraisals.READERS), what=("read a result", "membaca hasil"))
    return found


async def page(
    session: AsyncSession, *, cycle_id: UUID | None, servant_id: UUID | None, window: Window
) -> Found[Result]:
    """A page of every version that the reader may read."""
    looking = select(Result)
    if cycle_id is not None:
        looking = looking.where(col(Result.cycle_id) == cycle_id)
    if servant_id is not None:
        looking = looking.where(col(Result.servant_id) == servant_id)
    who = actor(session)
    if not any(who.has(role) for role in ALL_FOR):
        # By the relations that the version froze: who rated then reads it still, who rates now does not by that alone.
        assisted = (Result.servant_id,)
        people = assisted if who.assistant_id is not None else (*assisted, *_WHO_LED)
        looking = looking.where(or_(*(col(column) == who.id for column in people)))
    return await read(session, looking, col(Result.id), window=window)


async def newest(session: AsyncSession, appraisal_id: UUID) -> Result:
    """The newest version of an appraisal that has one."""
    looking = select(Result).where(col(Result.appraisal_id) == appraisal_id).order_by(col(Result.version).desc())
    return (await session.scalars(looking.limit(1), execution_options={"populate_existing": True})).one()


async def newest_ids(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The newest version's id of each of these appraisals that has one."""
    latest = (
        select(col(Result.appraisal_id), func.max(col(Result.version)).label("version"))
        .where(col(Result.appraisal_id).in_(appraisal_ids))
        .group_by(col(Result.appraisal_id))
        .subquery()
    )
    looking = select(col(Result.appraisal_id), col(Result.id)).join(
        latest, (latest.c.appraisal_id == col(Result.appraisal_id)) & (latest.c.version == col(Result.version))
    )
    return {row.appraisal_id: row.id for row in (await session.execute(looking)).all()}
