"""Policies and the calendar over HTTP: everybody in the city may read what he or she is measured by."""

from datetime import date, datetime
from typing import Any

from contracts.base import Frozen
from contracts.calendar import LegalCalendar
from contracts.policy import Policy
from kit.web import Session, router
from services.registry import queries
from services.registry.models import PolicyDocument
from services.registry.rules.provenance import Origin

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


class CalendarView(Frozen):
    """The city's legal calendar."""

    calendar: LegalCalendar
    until: date
    published_at: datetime


@routes.get("/policies")
async def list_policies(session: Session) -> PolicyList:
    """List every policy version of the city, newest first."""
    return PolicyList(items=[PolicyLine.of(row) for row in await queries.policies(session)])


@routes.get("/policies/{scope}")
async def read_policy(session: Session, scope: str, version: int | None = None) -> PolicyView:
    """Read the policy that applies in a scope: the newest, or one version."""
    return PolicyView.of(await queries.policy(session, scope, version=version))


@routes.get("/calendar")
async def read_calendar(session: Session) -> CalendarView:
    """Read the days on which the city's offices do not work."""
    return CalendarView.model_validate((await queries.calendar(session)).model_dump())
