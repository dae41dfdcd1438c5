"""Records a city's legal calendar: national holidays, collective leave, and the city's own days."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import LegalCalendar
from contracts.registry import CalendarPublished
from kit.db import actor, clock
from kit.outbox import emit
from services.registry.models import Calendar

YEARS = range(2025, 2029)
"""What the package `holidays` knows today: collective leave to 2027, public holidays of 2028."""
UNTIL = date(2028, 12, 31)


async def publish_calendar(session: AsyncSession, document: Mapping[str, object] | None) -> bool:
    """Publish if the city has none or its days have changed; ``document`` is the city's policy, if it was brought."""
    newest = (await session.scalars(select(Calendar).order_by(col(Calendar.version).desc()).limit(1))).first()
    if newest is not None and document is None:
        return False
    days = _national() | _own(document or {})
    if newest is not None and LegalCalendar.model_validate(newest.calendar).holidays == days:
        return False
    calendar = LegalCalendar(version=1 if newest is None else newest.version + 1, holidays=days)
    tenant_id = actor(session).tenant_id
    body = calendar.model_dump(mode="json")
    body["holidays"].sort()
    row = Calendar(
        tenant_id=tenant_id,
        version=calendar.version,
        calendar=body,
        until=UNTIL,
        published_at=clock(session).now(),
    )
    session.add(row)
    emit(session, CalendarPublished(tenant_id=tenant_id, calendar=calendar, until=UNTIL))
    return True


def _national() -> frozenset[date]:
    import holidays  # noqa: PLC0415 - the package is large and only an import needs it

    known = holidays.country_holidays("ID", years=YEARS, categories=("public", "government"))
    return frozenset(known)


def _own(document: Mapping[str, object]) -> frozenset[date]:
    given = document.get("holidays")
    return frozenset(date.fromisoformat(str(day)) for day in given) if isinstance(given, Mapping) else frozenset()
