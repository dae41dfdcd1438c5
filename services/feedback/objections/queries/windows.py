"""Whether and until when a version of a result can be objected to, a late admission included."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.feedback.objections.models import LateAdmission
from services.feedback.objections.rules.windows import ObjectionWindow
from services.feedback.results.models import ResultCopy


async def window_of(session: AsyncSession, result: ResultCopy, zone: ZoneInfo) -> ObjectionWindow:
    """What decides whether the result can be objected to."""
    admission = await admission_of(session, result.result_id)

    # In the city's zone, because refusals name the day: 23:59:59 in Jakarta is the day's end, 16:59:59 in UTC is not.
    def local(instant: datetime | None) -> datetime | None:
        return None if instant is None else instant.astimezone(zone)

    return ObjectionWindow(
        received_at=local(result.received_at),
        object_until=local(result.object_until),
        final_without_objection=result.final_without_objection,
        finalised=result.finalised,
        superseded=result.superseded,
        admitted_until=None if admission is None else local(admission.file_until),
    )


async def admission_of(session: AsyncSession, result_id: UUID) -> LateAdmission | None:
    """The late admission about a result; there is at most one."""
    looking = select(LateAdmission).where(col(LateAdmission.result_id) == result_id)
    return (await session.scalars(looking)).first()
