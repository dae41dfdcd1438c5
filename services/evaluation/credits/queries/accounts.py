"""The credit account of a person: conversions that were proposed or accepted, what was brought, what is needed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.proposals import ProposalKind, ProposalState
from directory import queries as directory
from directory.models import Person
from kit.access import require_role
from kit.db import actor
from scoring.credit_points import COEFFICIENTS
from services.evaluation.credits.models import CreditBalance
from services.evaluation.credits.rules.account import Account, Earned, account
from services.evaluation.cycles.models import Cycle
from services.evaluation.proposals.models import Proposal

_READ = ("read credit points of somebody else", "membaca angka kredit pegawai lain")
_COUNTED = (ProposalState.PROPOSED.value, ProposalState.ACCEPTED.value)
_PNS = "PNS"


async def read_account(session: AsyncSession, servant_id: UUID) -> Account:
    """The account; raises Forbidden for whom it does not concern, NotFound for whom nobody knows."""
    if actor(session).id != servant_id:
        require_role(session, Role.PERFORMANCE_OFFICE, Role.APPOINTING_AUTHORITY, what=_READ)
    person = await directory.person(session, servant_id)
    unit = await directory.unit(session, person.unit_id)
    needed = (await directory.policy(session, unit.scope)).consequences.next_level_points
    return account(_level(person), await _earned(session, servant_id), needed)


def _level(person: Person) -> str | None:
    """Only civil servants in a functional position collect points."""
    functional = person.employment_type == _PNS and person.position_kind in COEFFICIENTS
    return person.position_kind if functional else None


async def _earned(session: AsyncSession, servant_id: UUID) -> list[Earned]:
    looking = (
        select(Proposal, col(Cycle.period_start), col(Cycle.period_end))
        .join(Cycle, col(Cycle.id) == col(Proposal.cycle_id))
        .where(
            col(Proposal.servant_id) == servant_id,
            col(Proposal.kind) == ProposalKind.CREDIT_CONVERSION.value,
            col(Proposal.state).in_(_COUNTED),
        )
    )
    rows = (await session.execute(looking)).all()
    found = [one for proposal, start, end in rows for one in _parts(proposal, start, end)]
    brought = (await session.scalars(select(CreditBalance).where(col(CreditBalance.servant_id) == servant_id))).first()
    if brought is None:
        return found
    balance = Earned(brought.level, brought.points, brought.as_of, brought.as_of, decided=True)
    # What the document says contains everything that ended until its day.
    return [balance, *(one for one in found if one.last > brought.as_of)]


def _parts(proposal: Proposal, start: date, end: date) -> Iterator[Earned]:
    """A conversion of one level, or of several, each with its number; those of before named no months."""
    told, decided = proposal.details, proposal.state == ProposalState.ACCEPTED
    ends = [f"_{number}" for number in range(1, int(told["parts"]) + 1)] if "parts" in told else [""]
    for one in ends:
        yield Earned(
            level=told[f"level{one}"],
            points=Decimal(told[f"points{one}"]),
            first=_day(told.get(f"first_month{one}"), start),
            last=_day(told.get(f"last_month{one}"), end),
            decided=decided,
            proposal_id=proposal.id,
        )


def _day(month: str | None, otherwise: date) -> date:
    return otherwise if month is None else date.fromisoformat(f"{month}-01")
