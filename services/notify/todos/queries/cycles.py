"""What is owed in a cycle: by kind, by debtor, and in numbers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, RowMapping, Select, Text, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person, Unit
from directory.queries import known_cycle
from services.notify.todos.models import NAMED, Todo


async def owed(session: AsyncSession, cycle_id: UUID, *, now: datetime) -> Sequence[RowMapping]:
    """What is owed in a cycle now, by service and kind of obligation, and how much of it is overdue; raises NotFound."""
    await known_cycle(session, cycle_id)
    counting = (
        select(
            col(Todo.service),
            col(Todo.kind),
            func.count().label("open"),
            count_if(col(Todo.due_at) < now).label("overdue"),
            func.min(col(Todo.due_at)).label("first_due_at"),
        )
        .where(col(Todo.cycle_id) == cycle_id, col(Todo.state) == "OPEN")
        .group_by(col(Todo.service), col(Todo.kind))
        .order_by(count_if(col(Todo.due_at) < now).desc(), func.count().desc(), col(Todo.kind))
    )
    return (await session.execute(counting)).mappings().all()


async def most_overdue(session: AsyncSession, cycle_id: UUID, *, now: datetime, limit: int) -> Sequence[RowMapping]:
    """The people whose oldest obligation in a cycle is the longest overdue, with what they owe.

    What anonymous assessors owe is counted by kind alone (:func:`owed`), never by person.
    """
    overdue = (
        select(
            col(Todo.debtor_id),
            col(Person.name),
            func.min(col(Unit.name)).label("unit"),
            func.count().label("overdue"),
            func.min(col(Todo.due_at)).label("since"),
            func.array_agg(col(Todo.kind).distinct(), type_=ARRAY(Text)).label("kinds"),
        )
        .outerjoin(Person, (col(Person.tenant_id) == col(Todo.tenant_id)) & (col(Person.id) == col(Todo.debtor_id)))
        .outerjoin(Unit, (col(Unit.tenant_id) == col(Person.tenant_id)) & (col(Unit.id) == col(Person.unit_id)))
        .where(col(Todo.cycle_id) == cycle_id, col(Todo.state) == "OPEN", col(Todo.due_at) < now, NAMED)
        .group_by(col(Todo.debtor_id), col(Person.name))
        .order_by(func.min(col(Todo.due_at)), func.count().desc(), col(Person.name))
        .limit(limit)
    )
    return (await session.execute(overdue)).mappings().all()


def counted(cycle_id: UUID) -> Select[int, int, int, int, int, int, int]:
    return select(
        func.coalesce(func.sum(col(Todo.reminders)), 0).label("reminders"),
        func.coalesce(func.sum(col(Todo.escalations)), 0).label("escalations"),
        count_if(col(Todo.handed_over).is_(True)).label("hand_overs"),
        count_if(col(Todo.state) == "OPEN").label("open"),
        count_if(col(Todo.state) != "OPEN").label("closed"),
        count_if(col(Todo.state) == "LAPSED").label("lapsed"),
        count_if(col(Todo.late).is_(True)).label("late"),
    ).where(col(Todo.cycle_id) == cycle_id)


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
