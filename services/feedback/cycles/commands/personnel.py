"""Takes in who leads whom in a cycle from now on, and who has left: what was owed about people goes to others."""

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.cycles import MembersChanged
from contracts.feedback.obligations import OBLIGATIONS
from contracts.registry.personnel import PersonnelChanged
from directory.offices import in_cycle
from directory.terms import terms_in_open_cycles
from obligations.personnel import follow, leave
from services.feedback.cycles.commands.clearing import check_cleared_of

# Whoever owes the decision now is the authority: the one before is absent for good. One statement after the hand-over,
# because succession chose the heir obligation by obligation and wrote it there; objections whose decision nobody owes
# yet keep their authority until the hearing is over.
_AUTHORITIES = text(
    """
    update objections b set authority_id = o.debtor_id from obligations o
    where b.tenant_id = :tenant and b.authority_id = :former and b.state in ('FILED', 'HEARING', 'DECIDABLE')
        and o.tenant_id = b.tenant_id and o.subject_id = b.id and o.kind = 'DECIDE_OBJECTION' and o.state = 'OPEN'
    """
)


async def follow_members(session: AsyncSession, event: MembersChanged) -> None:
    """The new rater owes what the former one did; hearings that have begun keep their parties."""
    ended = await follow(session, OBLIGATIONS, event, await terms_in_open_cycles(session), office=in_cycle)
    check_cleared_of(session, ended)


async def pass_on_obligations(session: AsyncSession, event: PersonnelChanged) -> None:
    """What somebody who is absent for good still owes goes to others; a decision to the next authority."""
    ended = await leave(session, OBLIGATIONS, event, await terms_in_open_cycles(session), office=in_cycle)
    await session.execute(_AUTHORITIES, {"tenant": event.tenant_id, "former": event.servant_id})
    check_cleared_of(session, ended)
