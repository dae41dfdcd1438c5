"""Takes in who leads whom in a cycle from now on, and who has left: what was owed about people goes to others."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.cycles import MembersChanged
from contracts.feedback.obligations import OBLIGATIONS
from contracts.registry.personnel import PersonnelChanged
from directory.queries import office
from directory.terms import terms_in_open_cycles
from obligations.personnel import follow, leave
from obligations.rows import ObligationRow
from services.feedback.cycles.commands.progress import settle

# Whoever owes the decision now is the authority: the one before is absent for good.
_JUDGES = text(
    """
    update objections b set authority_id = o.debtor_id from obligations o
    where b.tenant_id = :tenant and b.authority_id = :former and b.state in ('FILED', 'HEARING', 'DECIDABLE')
        and o.tenant_id = b.tenant_id and o.subject_id = b.id and o.kind = 'DECIDE_OBJECTION' and o.state = 'OPEN'
    """
)


async def follow_members(session: AsyncSession, event: MembersChanged) -> None:
    """The new rater owes what the former one did; hearings that have begun keep their parties."""
    ended = await follow(session, OBLIGATIONS, event, await terms_in_open_cycles(session), office=office)
    _look_again(session, ended)


async def leave_duties(session: AsyncSession, event: PersonnelChanged) -> None:
    """What somebody who is absent for good still holds goes to others; a decision to the next authority."""
    ended = await leave(session, OBLIGATIONS, event, await terms_in_open_cycles(session), office=office)
    await session.execute(_JUDGES, {"tenant": event.tenant_id, "former": event.servant_id})
    _look_again(session, ended)


def _look_again(session: AsyncSession, rows: Iterable[ObligationRow]) -> None:
    """The phase still waits for objections and results, not for obligations alone."""
    for tenant_id, cycle_id, phase in {(row.tenant_id, row.cycle_id, row.phase) for row in rows}:
        settle(session, tenant_id=tenant_id, cycle_id=cycle_id, phase=Phase(phase))
