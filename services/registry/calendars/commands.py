"""Records a city's legal calendar: national holidays, collective leave, and the city's own days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import DayOrigin, LegalCalendar, SpecialDay
from contracts.registry.calendars import CalendarPublished
from kit.db import actor, clock
from kit.outbox import emit
from services.registry.calendars.models import Calendar
from services.registry.calendars.rules.days import DaySource, KnownDay, days_off, in_policy, merged
from services.registry.calendars.rules.zones import zone_of

YEARS = range(2025, 2029)
"""What the package `holidays` knows today: collective leave to 2027, public holidays of 2028."""
UNTIL = date(2028, 12, 31)


async def publish_calendar(
    session: AsyncSession, document: Mapping[str, object] | None, own: Sequence[SpecialDay] | None = None
) -> bool:
    """Publish if the city has none or its days have changed.

    ``document`` is the city's policy and ``own`` the days of its calendar file, where they were submitted.
    """
    newest = (await session.scalars(select(Calendar).order_by(col(Calendar.version).desc()).limit(1))).first()
    if newest is not None and document is None and own is None:
        return False
    policy = None if document is None else in_policy(document)
    known = merged(_known(newest), nation=_nation(), policy=policy, file=own)
    days, zone = days_off(known), zone_of(actor(session).tenant_id)
    before = None if newest is None else LegalCalendar.model_validate(newest.calendar)
    if newest is not None and before is not None and (before.holidays, before.zone) == (days, zone):
        _explain(newest, known)
        return False
    calendar = LegalCalendar(version=1 if newest is None else newest.version + 1, zone=zone, holidays=days)
    _record(session, calendar, known)
    return True


def _record(session: AsyncSession, calendar: LegalCalendar, known: Sequence[KnownDay]) -> None:
    tenant_id = actor(session).tenant_id
    row = Calendar(
        tenant_id=tenant_id,
        version=calendar.version,
        calendar=calendar.model_dump(mode="json"),
        days=_written(known),
        until=UNTIL,
        published_at=clock(session).now(),
    )
    session.add(row)
    days = tuple(one.special for one in known)
    emit(session, CalendarPublished(tenant_id=tenant_id, calendar=calendar, until=UNTIL, days=days))


def _explain(row: Calendar, known: Sequence[KnownDay]) -> None:
    """The same days with other reasons are the same version, better explained."""
    if row.days != (written := _written(known)):
        row.days = written


def _written(known: Sequence[KnownDay]) -> list[dict[str, Any]]:
    return [one.special.model_dump(mode="json") | {"source": one.source.value} for one in known]


def _known(row: Calendar | None) -> list[KnownDay]:
    days = (row.days if row is not None else None) or []
    return [KnownDay(SpecialDay.model_validate(one), DaySource(one["source"])) for one in days]


def _nation() -> Iterator[SpecialDay]:
    import holidays  # noqa: PLC0415 - the package is large and only an import needs it

    for category, origin in (("government", DayOrigin.COLLECTIVE_LEAVE), ("public", DayOrigin.PUBLIC)):
        found = holidays.country_holidays("ID", years=YEARS, categories=(category,), language="id")
        for day, name in sorted(found.items()):
            yield SpecialDay(day=day, origin=origin, name=name)
