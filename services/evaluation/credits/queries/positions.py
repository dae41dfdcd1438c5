"""The positions that people held, in the order of their days."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.evaluation.credits.models import KnownPosition
from services.evaluation.credits.rules.parts import Held


async def held_by(session: AsyncSession, people: Sequence[UUID]) -> dict[UUID, list[Held]]:
    """Of each of these people about whom a change is known; one statement for any number."""
    looking = select(KnownPosition).where(col(KnownPosition.servant_id).in_(people)).order_by(col(KnownPosition.number))
    found: dict[UUID, list[Held]] = defaultdict(list)
    for row in (await session.scalars(looking)).all():
        found[row.servant_id].append(Held(row.since, row.employment_type, row.position_kind, row.status))
    return dict(found)
