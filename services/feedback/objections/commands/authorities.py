"""Another authority for an objection: the performance office names one where there is a conflict of interest."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.objections import ObjectionAssigned
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import require_office, require_some_office
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.objections.commands.hearings import ask_authority
from services.feedback.objections.commands.objections import locked
from services.feedback.objections.models import Objection
from services.feedback.objections.queries.authorities import require_eligible
from services.feedback.objections.rules.states import Stage, is_open
from services.feedback.texts import REASON, required

_WHAT = ("name another authority", "menunjuk pejabat lain")


async def assign(session: AsyncSession, objection_id: UUID, *, authority_id: UUID, reason: str) -> Objection:
    """The performance office names who decides instead; the limit of the decision stays.

    Never an officer with a conflict of interest, and never for a party or somebody who ranks below the rater.
    """
    await require_some_office(session, what=_WHAT)
    objection = await locked(session, objection_id)
    about = (objection.servant_id, objection.rater_id, authority_id)
    await require_office(session, *about, cycle_id=objection.cycle_id, what=_WHAT)
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
    await require_eligible(session, objection, authority_id)


async def _pass_on(session: AsyncSession, objection: Objection) -> None:
    """The decision is owed by the new authority; before the hearing is closed nobody owes it yet."""
    kind, tenant_id = ObligationKind.DECIDE_OBJECTION, objection.tenant_id
    await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id, state="CANCELLED")
    await ask_authority(session, objection)
