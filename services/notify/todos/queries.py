"""A person's to-do list."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, select, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person
from services.notify.todos.models import Todo


async def todo(
    session: AsyncSession, person_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Row[Todo, str | None]]:
    """What a person owes now, the most urgent first, with the name of whom it is about."""
    own = (
        select(Todo, col(Person.name))
        .outerjoin(Person, (col(Person.tenant_id) == col(Todo.tenant_id)) & (col(Person.id) == col(Todo.about_id)))
        .where(col(Todo.debtor_id) == person_id, col(Todo.state) == "OPEN", col(Todo.opened_at).is_not(None))
    )
    if after is not None:
        last = select(col(Todo.due_at), col(Todo.id)).where(col(Todo.id) == after)
        own = own.where(tuple_(col(Todo.due_at), col(Todo.id)) > last.scalar_subquery())
    return (await session.execute(own.order_by(col(Todo.due_at), col(Todo.id)).limit(limit))).all()
