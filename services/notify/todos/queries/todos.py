"""A person's to-do list, and the feed of everybody's obligations."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person
from kit.db import actor
from kit.keyset import Found, Window, read, read_rows
from services.notify.todos.models import NAMED, Todo


async def todo(session: AsyncSession, person_id: UUID, *, window: Window) -> Found[tuple[Todo, str | None]]:
    """What a person owes now, the most urgent first, with the name of whom it is about."""
    own = (
        select(Todo, col(Person.name))
        .outerjoin(Person, (col(Person.tenant_id) == col(Todo.tenant_id)) & (col(Person.id) == col(Todo.about_id)))
        # What was closed or moved before its opening arrived is not shown: only the opening knows what it is about.
        .where(col(Todo.debtor_id) == person_id, col(Todo.state) == "OPEN", col(Todo.opened_at).is_not(None))
    )
    if actor(session).assistant_id is not None:
        own = own.where(NAMED)  # that one was asked anonymously is not for an assistant either
    return await read_rows(session, own, col(Todo.due_at), col(Todo.id), window=window)


async def obligations(session: AsyncSession, *, cycle_id: UUID | None, window: Window) -> Found[Todo]:
    """Every obligation in the order of its newest change; one that changes again moves to the end.

    Without those of anonymous assessors, which nobody but they themselves may read.
    """
    changed = select(Todo).where(col(Todo.opened_at).is_not(None), NAMED)
    if cycle_id is not None:
        changed = changed.where(col(Todo.cycle_id) == cycle_id)
    return await read(session, changed, col(Todo.seq), window=window)
