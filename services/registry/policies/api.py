"""Policies and the calendar over HTTP: everybody in the city may read what he or she is measured by."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from contracts.base import Frozen
from contracts.calendar import DayOrigin, LegalCalendar
from contracts.policy import Policy
from kit.web import Session, router
from policy.provenance import Origin
from services.registry.calendars import queries as calendars
from services.registry.calendars.rules.days import Source
from services.registry.policies import queries
from services.registry.policies.models import PolicyDocument
from services.registry.units import queries as units

routes = router(tags=["policies"])


class PolicyLine(Frozen):
    """One version of a scope's policy."""

    scope: str
    version: int
    name: str
    inherits: str | None
    placeholder: bool
    content_hash: str
    published_at: datetime

    @classmethod
    def of(cls, row: PolicyDocument) -> "PolicyLine":
        """From its row."""
        return cls.model_validate(
            {**row.model_dump(), "name": row.effective["name"], "placeholder": row.effective["placeholder"]}
        )


class PolicyView(PolicyLine):
    """The policy after inheritance, the document as the city gave it, and where every value comes from."""

    policy: Policy
    document: dict[str, Any]
    provenance: dict[str, Origin] | None
    """By path (``criteria.0.weight``): the layer, the place in it, and whether it is law, its own or a placeholder."""

    @classmethod
    def of(cls, row: PolicyDocument) -> "PolicyView":
        """From its row."""
        line = PolicyLine.of(row).model_dump()
        rest = {"policy": row.effective, "document": row.document, "provenance": row.provenance}
        return cls.model_validate(line | rest)


class PolicyList(Frozen):
    """Every version of every scope."""

    items: list[PolicyLine]
    next: None = None


class DayView(Frozen):
    """One day that differs from the week, why, and who says so."""

    day: date
    origin: DayOrigin
    name: str
    source: Source


class CalendarView(Frozen):
    """The city's legal calendar."""

    calendar: LegalCalendar
    until: date
    published_at: datetime
    days: list[DayView] | None = None
    """None for a version from before reasons were kept."""


@routes.get("/policies")
async def list_policies(session: Session) -> PolicyList:
    """List every policy version of the city, newest first."""
    return PolicyList(items=[PolicyLine.of(row) for row in await queries.policies(session)])


@routes.get("/policies/{scope}")
async def read_policy(session: Session, scope: str, version: int | None = None) -> PolicyView:
    """Read the policy that applies in a scope: the newest, or one version."""
    return PolicyView.of(await queries.policy(session, scope, version=version))


@routes.get("/calendar")
async def read_calendar(session: Session, unit: UUID | None = None, year: int | None = None) -> CalendarView:
    """Read the days on which the city's offices, or one unit, do not work, and why; of one year, if named."""
    row = await calendars.calendar(session)
    view = CalendarView.model_validate(row.model_dump())
    if unit is not None:
        work_days = (await units.unit(session, unit)).work_days
        week = None if work_days is None else tuple(work_days)
        view = view.model_copy(update={"calendar": view.calendar.for_week(week)})
    if year is not None and view.days is not None:
        view = view.model_copy(update={"days": [one for one in view.days if one.day.year == year]})
    return view
