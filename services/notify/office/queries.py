"""What the performance office may see of its whole city."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Row, RowMapping, Select, Text, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person, Unit
from directory.queries import known_cycle
from services.notify.notices.models import Delivery, Notice
from services.notify.todos.models import Todo


async def obligations(session: AsyncSession, *, after: int, cycle_id: UUID | None, limit: int) -> Sequence[Todo]:
    """Every obligation that changed after a number, in the order of the numbers; at its newest state only."""
    changed = select(Todo).where(col(Todo.seq) > after, col(Todo.opened_at).is_not(None))
    if cycle_id is not None:
        changed = changed.where(col(Todo.cycle_id) == cycle_id)
    return (await session.scalars(changed.order_by(col(Todo.seq)).limit(limit))).all()


async def deliveries(
    session: AsyncSession, *, state: str | None, channel: str | None, before: UUID | None, limit: int
) -> Sequence[Row[Delivery, Notice]]:
    """The delivery log, newest first."""
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    log = select(Delivery, Notice).join(Notice, same)
    if state is not None:
        log = log.where(col(Delivery.state) == state)
    if channel is not None:
        log = log.where(col(Delivery.channel) == channel)
    if before is not None:
        log = log.where(col(Delivery.id) < before)
    return (await session.execute(log.order_by(col(Delivery.id).desc()).limit(limit))).all()


async def summary(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """What was told and what was owed in one cycle, in numbers; raises NotFound if the city has none such."""
    await known_cycle(session, cycle_id)
    told = select(func.count()).where(col(Notice.cycle_id) == cycle_id)
    numbers = dict((await session.execute(_owed(cycle_id))).mappings().one())
    mails = dict((await session.execute(_mails(cycle_id))).mappings().one())
    return {"notices": (await session.execute(told)).scalar_one(), **mails, **numbers}


async def owed(session: AsyncSession, cycle_id: UUID, *, now: datetime) -> Sequence[RowMapping]:
    """What is owed in a cycle now, by service and kind of obligation, and how much of it is overdue; raises NotFound."""
    await known_cycle(session, cycle_id)
    counting = (
        select(
            col(Todo.service),
            col(Todo.kind),
            func.count().label("open"),
            _count(col(Todo.due_at) < now).label("overdue"),
            func.min(col(Todo.due_at)).label("first_due_at"),
        )
        .where(col(Todo.cycle_id) == cycle_id, col(Todo.state) == "OPEN")
        .group_by(col(Todo.service), col(Todo.kind))
        .order_by(_count(col(Todo.due_at) < now).desc(), func.count().desc(), col(Todo.kind))
    )
    return (await session.execute(counting)).mappings().all()


async def most_overdue(session: AsyncSession, cycle_id: UUID, *, now: datetime, limit: int) -> Sequence[RowMapping]:
    """The people whose oldest obligation in a cycle is the longest overdue, with what they owe."""
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
        .where(col(Todo.cycle_id) == cycle_id, col(Todo.state) == "OPEN", col(Todo.due_at) < now)
        .group_by(col(Todo.debtor_id), col(Person.name))
        .order_by(func.min(col(Todo.due_at)), func.count().desc(), col(Person.name))
        .limit(limit)
    )
    return (await session.execute(overdue)).mappings().all()


def _mails(cycle_id: UUID) -> Select[int, int, int]:
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    return (
        select(
            _count(col(Delivery.state) == "SENT").label("mails_sent"),
            _count(col(Delivery.state) == "FAILED").label("mails_failed"),
            _count(col(Delivery.state) == "PENDING").label("mails_waiting"),
        )
        .join(Notice, same)
        .where(col(Notice.cycle_id) == cycle_id, col(Delivery.channel) == "EMAIL")
    )


def _owed(cycle_id: UUID) -> Select[int, int, int, int, int, int, int]:
    return select(
        func.coalesce(func.sum(col(Todo.reminders)), 0).label("reminders"),
        func.coalesce(func.sum(col(Todo.escalations)), 0).label("escalations"),
        _count(col(Todo.handed_over).is_(True)).label("hand_overs"),
        _count(col(Todo.state) == "OPEN").label("open"),
        _count(col(Todo.state) != "OPEN").label("closed"),
        _count(col(Todo.state) == "LAPSED").label("lapsed"),
        _count(col(Todo.late).is_(True)).label("late"),
    ).where(col(Todo.cycle_id) == cycle_id)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
