"""Routes of credit points (angka kredit): the account of a person, and what he or she brought."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from contracts.written import Day
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.web import Session
from services.evaluation.credits.commands.balances import Brought, record_balance
from services.evaluation.credits.queries.accounts import read_account
from services.evaluation.credits.rules.account import Account, Line
from services.evaluation.fields import Text
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record

router = web.router(tags=["credit points"])


class CreditEntry(BaseModel):
    """Points of one level in one stretch of months, and what the level has after them."""

    level: str
    points: Decimal
    first: date
    last: date
    decided: bool
    """False: proposed, and no point yet."""
    total: Decimal
    """Of this level since it was reached; begins again with every level."""
    proposal_id: UUID | None
    """None: brought from before the first result here."""

    @classmethod
    def of(cls, line: Line) -> "CreditEntry":
        """From the account."""
        one = line.earned
        return cls(
            level=one.level,
            points=one.points,
            first=one.first,
            last=one.last,
            decided=one.decided,
            total=line.total,
            proposal_id=one.proposal_id,
        )


class CreditAccountResponse(BaseModel):
    """How many points the present level has, and what is missing to the next one."""

    servant_id: UUID
    level: str | None
    """None: the person is in no functional position, or is no PNS."""
    points: Decimal
    proposed: Decimal
    needed: Decimal | None
    next_level: str | None
    missing: Decimal | None
    lines: list[CreditEntry]

    @classmethod
    def of(cls, servant_id: UUID, found: Account) -> "CreditAccountResponse":
        """From the account."""
        return cls(
            servant_id=servant_id,
            level=found.level,
            points=found.points,
            proposed=found.proposed,
            needed=found.needed,
            next_level=found.next_level,
            missing=found.missing,
            lines=[CreditEntry.of(one) for one in found.lines],
        )


class CreditBalanceRequest(BaseModel):
    """Points of a level on a day, as the last determination (PAK) says."""

    level: Annotated[str, StringConstraints(max_length=30)]
    points: Annotated[Decimal, Field(ge=0, le=10_000, max_digits=8, decimal_places=3)]
    as_of: Day
    document: Text
    """Its number."""


@router.get(
    "/servants/{servant_id}/credit-points",
    summary="Credit points of the present level, and what is missing to the next (Peraturan BKN 3/2023)",
    **permits(Relation.SELF, Relation.OFFICE, Relation.APPOINTING),
)
async def read_credit_points(servant_id: UUID, session: Session) -> CreditAccountResponse:
    found = await read_account(session, servant_id)
    await LOOKUPS.note(session, Record.CREDIT_POINTS, [servant_id])
    return CreditAccountResponse.of(servant_id, found)


@router.put(
    "/servants/{servant_id}/credit-balance",
    summary="Record the credit points that somebody brought, with the document that says so",
    **permits(Relation.OFFICE, concerns="the person"),
)
async def put_credit_balance(servant_id: UUID, body: CreditBalanceRequest, session: Session) -> CreditAccountResponse:
    await record_balance(session, servant_id, Brought(body.level, body.points, body.as_of, body.document))
    return CreditAccountResponse.of(servant_id, await read_account(session, servant_id))
