"""The terms on which something is owed in any cycle of the copy: its frozen policy on the city's calendar."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import CycleCopy
from kit.db import clock
from obligations.rows import ObligationRow
from obligations.terms import Terms, TermsIn, terms


async def terms_in_open_cycles(session: AsyncSession) -> TermsIn:
    """On the frozen policy of each cycle that is not closed or in which something is owed, counted from now."""
    owing = select(col(ObligationRow.cycle_id)).where(col(ObligationRow.state) == "OPEN")
    looking = select(col(CycleCopy.id)).where(~col(CycleCopy.closed) | col(CycleCopy.id).in_(owing))
    policies = {one: await queries.cycle_policy(session, one) for one in (await session.scalars(looking)).all()}
    calendar, now = await queries.calendar(session), clock(session).now()

    def found(cycle_id: UUID, kind: ObligationKind, phase: Phase) -> Terms:
        return terms(policies[cycle_id], calendar, kind, phase=phase, cycle_id=cycle_id, now=now)

    return found
