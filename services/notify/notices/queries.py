"""The delivery log, and what was sent and owed in a cycle, in numbers."""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person
from directory.queries import known_cycle
from kit.keyset import Found, Window, read_rows
from kit.sheets.cells import Cell
from services.notify.notices.models import Delivery, Notice
from services.notify.notices.rules.ladders import UNLISTED
from services.notify.todos.queries.cycles import count_if, counted


def _log(state: str | None, channel: str | None, person_id: UUID | None = None) -> Select[Delivery, Notice]:
    """Without what went to anonymous assessors: it would tell who they are."""
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    log = select(Delivery, Notice).join(Notice, same).where(col(Notice.template).not_in(UNLISTED))
    if state is not None:
        log = log.where(col(Delivery.state) == state)
    if channel is not None:
        log = log.where(col(Delivery.channel) == channel)
    if person_id is not None:
        log = log.where(col(Notice.person_id) == person_id)
    return log


async def deliveries(
    session: AsyncSession, *, state: str | None, channel: str | None, person_id: UUID | None = None, window: Window
) -> Found[tuple[Delivery, Notice]]:
    """The delivery log, newest first; of one person if one is named."""
    log = _log(state, channel, person_id)
    return await read_rows(session, log, col(Delivery.id), window=window, descending=True)


async def delivery_lines(
    session: AsyncSession, *, state: str | None, channel: str | None, most: int
) -> list[list[Cell]]:
    """The newest of the log as lines of a table, with names; what was written in a notice is not in it."""
    columns = (
        col(Notice.created_at),
        col(Person.name),
        col(Notice.subject),
        col(Delivery.channel),
        col(Delivery.address),
        col(Delivery.state),
        col(Delivery.attempts),
        col(Delivery.sent_at),
        col(Delivery.error),
    )
    looking = (
        _log(state, channel)
        .with_only_columns(*columns, maintain_column_froms=True)
        .outerjoin(Person, (col(Person.tenant_id) == col(Notice.tenant_id)) & (col(Person.id) == col(Notice.person_id)))
        .order_by(col(Delivery.id).desc())
        .limit(most)
    )
    return [list(row) for row in (await session.execute(looking)).all()]


async def summary(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """What was sent and what was owed in one cycle, in numbers; raises NotFound if the city has none such."""
    await known_cycle(session, cycle_id)
    notices = select(func.count()).where(col(Notice.cycle_id) == cycle_id)
    numbers = dict((await session.execute(counted(cycle_id))).mappings().one())
    mails = dict((await session.execute(_mails(cycle_id))).mappings().one())
    return {"notices": (await session.execute(notices)).scalar_one(), **mails, **numbers}


def _mails(cycle_id: UUID) -> Select[int, int, int]:
    same = (col(Notice.tenant_id) == col(Delivery.tenant_id)) & (col(Notice.id) == col(Delivery.notice_id))
    return (
        select(
            count_if(col(Delivery.state) == "SENT").label("mails_sent"),
            count_if(col(Delivery.state) == "FAILED").label("mails_failed"),
            count_if(col(Delivery.state) == "PENDING").label("mails_waiting"),
        )
        .join(Notice, same)
        .where(col(Notice.cycle_id) == cycle_id, col(Delivery.channel) == "EMAIL")
    )
