"""Keeps the copy of good practices."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.practices import PracticePublished, PracticeWithdrawn
from kit.db import clock
from services.plans.practices.models import KnownPractice


async def publish(session: AsyncSession, event: PracticePublished) -> None:
    """Plans may take it over from now on."""
    row = {
        "tenant_id": event.tenant_id,
        "id": event.practice_id,
        "title": event.title,
        "available": True,
        "told_at": clock(session).now(),
    }
    keeping = insert(KnownPractice).values(row)
    again = {name: keeping.excluded[name] for name in ("title", "available", "told_at")}
    await session.execute(keeping.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=again))


async def withdraw(session: AsyncSession, event: PracticeWithdrawn) -> None:
    """No plan takes it over any more."""
    await session.execute(
        update(KnownPractice).where(col(KnownPractice.id) == event.practice_id).values(available=False)
    )
