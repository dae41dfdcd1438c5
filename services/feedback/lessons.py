"""What a cycle teaches, materials and questions alike: the policy's own first, and after it what the office adds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from kit.access import require_role
from kit.db import actor, clock
from services.feedback.cycles.queries.context import CycleContext, open_cycle

FIRST_OF_OFFICE = 1_001
"""Numbers below it are for the policy's own, whenever those are laid out."""


class Lesson(Protocol):
    """A row of either kind."""

    id: UUID
    tenant_id: str
    cycle_id: UUID
    number: int
    """The order in which they are shown."""
    content: dict[str, Any]
    kept_by: UUID | None
    """None of those of the policy."""
    kept_at: datetime
    retired_at: datetime | None


Row = TypeVar("Row", bound=SQLModel)


async def lay_out(
    session: AsyncSession, context: CycleContext, kind: type[SQLModel], contents: Sequence[BaseModel]
) -> None:
    """Those of the policy; a second time, or at the same time, none anew."""
    rows = [
        {
            "tenant_id": context.cycle.tenant_id,
            "id": new_id(),
            "cycle_id": context.cycle.id,
            "number": number,
            "content": one.model_dump(mode="json"),
            "kept_at": clock(session).now(),
        }
        for number, one in enumerate(contents, start=1)
    ]
    if rows:
        await session.execute(insert(kind).values(rows).on_conflict_do_nothing())


async def added(
    session: AsyncSession, cycle_id: UUID, kind: type[Row], content: BaseModel, *, what: tuple[str, str]
) -> Row:
    """One of the office's, after all others; raises Forbidden to everybody else, Refused for a cycle that is over."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    context = await open_cycle(session, cycle_id)
    kept = kind(
        tenant_id=context.cycle.tenant_id,
        id=new_id(),
        cycle_id=cycle_id,
        number=await _next_number(session, cycle_id, kind),
        content=content.model_dump(mode="json"),
        kept_by=actor(session).id,
        kept_at=clock(session).now(),
    )
    session.add(kept)
    return kept


async def _next_number(session: AsyncSession, cycle_id: UUID, kind: type[SQLModel]) -> int:
    lock = f"{kind.__tablename__}/{cycle_id}"
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(lock))))
    rows = kind.__table__.c  # type: ignore[attr-defined]
    newest = select(func.max(rows.number)).where(rows.cycle_id == cycle_id, rows.number >= FIRST_OF_OFFICE)
    last: int | None = (await session.execute(newest)).scalar_one()
    return FIRST_OF_OFFICE if last is None else last + 1


def retired(session: AsyncSession, found: Lesson) -> bool:
    """Whether it is retired now by this act, the policy's own as well; asked twice, once."""
    if found.retired_at is not None:
        return False
    found.retired_at = clock(session).now()
    return True
