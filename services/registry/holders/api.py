"""Who holds an office of the city, over HTTP: declared by the performance office, to be read by everybody."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Frozen, Relation, Role
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.registry.holders import queries
from services.registry.holders.commands import Holder, declare, end
from services.registry.holders.models import Declaration

router = web.router(tags=["office holders"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class OfficeHolderRequest(Frozen):
    """Who holds which role from which day, and by which decree."""

    role: Role
    person_id: UUID | None = None
    """A civil servant, or an account that is known already; with a name, an official of the province whom another city knows."""
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)] | None = None
    """Of somebody who is no civil servant; an account is made, whose id the issuer puts into the token."""
    email: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    language: Literal["id", "en"] = "id"
    since: Day = Field(alias="from")
    until: Day | None = None
    """Last day."""
    reason: Reason


class EndRequest(Frozen):
    """The last day, and why."""

    until: Day
    reason: Reason


class OfficeHolderResponse(Frozen):
    """Who holds a role from a day (included) to a day (included)."""

    id: UUID
    person_id: UUID
    """What the token names as ``sub``."""
    name: str
    role: Role
    valid_from: date
    valid_until: date | None
    reason: str
    recorded_at: datetime
    recorded_by: UUID
    ended_at: datetime | None
    ended_by: UUID | None
    end_reason: str | None
    applied: bool
    """Whether it counts now."""

    @classmethod
    def of(cls, row: Declaration, name: str) -> "OfficeHolderResponse":
        """From its row."""
        return cls.model_validate(row.model_dump() | {"name": name})


@router.post(
    "/office-holders",
    status_code=201,
    summary="Declare who holds an office from a day on",
    **permits(Relation.OFFICE, concerns="who shall hold the office"),
)
async def declare_holder(session: Session, body: OfficeHolderRequest) -> OfficeHolderResponse:
    """A civil servant by id; whoever is none (the mayor) by name, and gets an account.

    An official of the province has one account in all cities: the first that declares him or her makes it, the others
    give its id with the name.
    """
    holder = Holder(body.person_id, body.name, body.email, body.language)
    row, name = await declare(session, holder, body.role, since=body.since, until=body.until, reason=body.reason)
    await session.refresh(row)
    return OfficeHolderResponse.of(row, name)


@router.get("/office-holders", summary="Who holds which office", **permits(Relation.ANYONE))
async def list_holders(
    session: Session, paging: Paging, role: Role | None = None, on: Day | None = None
) -> Page[OfficeHolderResponse]:
    """List declarations, past and to come; or those that count on a day."""
    found = await queries.page(session, window=paging, role=role, on=on)
    return page_of(found, lambda held: OfficeHolderResponse.of(held.declaration, held.name))


@router.post(
    "/office-holders/{declaration_id}/end",
    summary="Let a declared role end after a day",
    **permits(Relation.OFFICE, concerns="who holds the office"),
)
async def end_holder(session: Session, declaration_id: UUID, body: EndRequest) -> OfficeHolderResponse:
    """The last day may lie ahead; what has not begun never does."""
    row = await end(session, declaration_id, until=body.until, reason=body.reason)
    await session.refresh(row)
    return OfficeHolderResponse.of(row, await queries.name_of(session, row.person_id))
