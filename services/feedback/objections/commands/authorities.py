"""Another authority for an objection: the performance office names one where there is a conflict of interest."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.objections import ObjectionAssigned
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.objections.commands.hearings import ask_authority
from services.feedback.objections.commands.objections import locked
from services.feedback.objections.models import Objection
from services.feedback.objections.queries.authorities import parties_of
from services.feedback.objections.rules.authorities import no_conflict
from services.feedback.objections.rules.states import Stage, is_open
from services.feedback.relations import acting_relations
from services.feedback.texts import REASON, required


async def assign(session: AsyncSession, objection_id: UUID, *, authority_id: UUID, reason: str) -> Objection:
    """The performance office names who decides instead, never a party; the limit of the decision stays."""
    objection = await locked(session, objection_id)
    found = await acting_relations(session, servant_id=objection.servant_id)
    require(found, Relation.OFFICE, what=("name another authority", "menunjuk pejabat lain"))
    why = required(reason, name=REASON)
    if objection.authority_id == authority_id:
        return objection
    await _check(session, objection, authority_id)
    former, objection.authority_id = objection.authority_id, authority_id
    if objection.state == Stage.DECIDABLE:
        await _pass_on(session, objection)
    event = ObjectionAssigned(
        tenant_id=objection.tenant_id,
        cycle_id=objection.cycle_id,
        servant_id=objection.servant_id,
        result_id=objection.result_id,
        objection_id=objection.id,
        authority_id=authority_id,
        former_id=former,
        reason=why,
    )
    emit(session, event, reason=why)
    return objection


async def _check(session: AsyncSession, objection: Objection, authority_id: UUID) -> None:
    if not is_open(objection.state):
        raise Refused("this objection is decided or withdrawn", "keberatan ini sudah diputus atau dicabut")
    await queries.person(session, authority_id)
    no_conflict(authority_id, parties=await parties_of(session, objection))


async def _pass_on(session: AsyncSession, objection: Objection) -> None:
    """The decision is owed by the new authority; before the hearing is closed nobody owes it yet."""
    kind, tenant_id = ObligationKind.DECIDE_OBJECTION, objection.tenant_id
    await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id, state="CANCELLED")
    await ask_authority(session, objection)
