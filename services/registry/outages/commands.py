"""Records that the system was down for a time: what fell due meanwhile is extended by the working days lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.registry.calendars import OutageRecorded
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Invalid
from kit.outbox import emit
from services.registry.lock import lock_city
from services.registry.outages.models import Outage


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when."""

    began_at: datetime
    ended_at: datetime


async def record_outage(session: AsyncSession, span: Span, *, reason: str) -> Outage:
    """Record it and emit it to every service; the same span twice is the same outage.

    Raises Forbidden, or Invalid for an outage that does not end after it began or has not ended yet.
    """
    require_role(session, Role.PERFORMANCE_OFFICE, what=("record an outage", "mencatat gangguan"))
    # Under the city's lock, so that the same span sent twice at once is looked for before either is written.
    who, tenant_id = actor(session), await lock_city(session)
    same = select(Outage).where(col(Outage.began_at) == span.began_at, col(Outage.ended_at) == span.ended_at)
    if (found := (await session.scalars(same)).first()) is not None:
        return found
    now = clock(session).now()
    if not span.began_at < span.ended_at <= now:
        raise Invalid(
            "an outage ends after it began, and is recorded when it is over",
            "gangguan berakhir setelah dimulai, dan dicatat setelah selesai",
            where="ended_at",
        )
    row = Outage(
        tenant_id=tenant_id,
        id=new_id(),
        began_at=span.began_at,
        ended_at=span.ended_at,
        reason=reason,
        recorded_at=now,
        recorded_by=who.id,
    )
    session.add(row)
    emit(session, _event(row), reason=reason)
    return row


def _event(row: Outage) -> OutageRecorded:
    return OutageRecorded(
        tenant_id=row.tenant_id,
        outage_id=row.id,
        began_at=row.began_at,
        ended_at=row.ended_at,
        reason=row.reason,
        recorded_by=row.recorded_by,
    )
