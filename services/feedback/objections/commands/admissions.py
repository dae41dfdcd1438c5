"""What the plain way of an objection does not foresee: admission after the window, and another authority."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import DayKind
from contracts.feedback.objections import LateObjectionAdmitted, ObjectionAssigned
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import due_after
from services.feedback.access import standing
from services.feedback.objections.commands.authorities import judge_for, parties_of
from services.feedback.objections.commands.objections import locked, locked_result, standing_of
from services.feedback.objections.models import LateAdmission, Objection
from services.feedback.objections.rules.objections import is_open, may_admit_late, no_conflict
from services.feedback.obligations import open_cycle, owe
from services.feedback.states import Stage
from services.feedback.words import REASON, required


async def admit_late(session: AsyncSession, result_id: UUID, *, reason: str) -> LateAdmission:
    """The authority opens the window again, once and for as long as it was, with a reason (L V.B.1-2)."""
    result = await locked_result(session, result_id)
    found = await standing(session, servant_id=result.servant_id, authority_id=await judge_for(session, result))
    require(found, Relation.AUTHORITY, what=("admit a late objection", "menerima keberatan yang terlambat"))
    why = required(reason, name=REASON)
    if (before := await _admitted(session, result_id)) is not None:
        return before
    limits = (await open_cycle(session, result.cycle_id)).policy.objection
    calendar, now = await queries.calendar_of(session, result.servant_id), clock(session).now()
    may_admit_late(await standing_of(session, result, ZoneInfo(calendar.zone)), now=now)
    made = LateAdmission(
        tenant_id=result.tenant_id,
        result_id=result_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        admitted_by=actor(session).id,
        reason=why,
        admitted_at=now,
        file_until=due_after(now, limits.file_within, DayKind.WORKING, calendar),
    )
    session.add(made)
    told = LateObjectionAdmitted(
        tenant_id=made.tenant_id,
        cycle_id=made.cycle_id,
        servant_id=made.servant_id,
        result_id=result_id,
        admitted_by=made.admitted_by,
        reason=why,
        file_until=made.file_until,
    )
    emit(session, told, reason=why)
    return made


async def _admitted(session: AsyncSession, result_id: UUID) -> LateAdmission | None:
    looking = select(LateAdmission).where(col(LateAdmission.result_id) == result_id)
    return (await session.scalars(looking)).first()


async def assign(session: AsyncSession, objection_id: UUID, *, authority_id: UUID, reason: str) -> Objection:
    """The performance office names who decides instead, never a party; the limit of the decision stays."""
    objection = await locked(session, objection_id)
    found = await standing(session, servant_id=objection.servant_id)
    require(found, Relation.OFFICE, what=("name another authority", "menunjuk pejabat lain"))
    why = required(reason, name=REASON)
    if objection.authority_id == authority_id:
        return objection
    if not is_open(objection.state):
        raise Refused("this objection is decided or withdrawn", "keberatan ini sudah diputus atau dicabut")
    await queries.person(session, authority_id)
    no_conflict(authority_id, parties=await parties_of(session, objection))
    former, objection.authority_id = objection.authority_id, authority_id
    if objection.state == Stage.DECIDABLE:
        await _pass_on(session, objection)
    told = ObjectionAssigned(
        tenant_id=objection.tenant_id,
        cycle_id=objection.cycle_id,
        servant_id=objection.servant_id,
        result_id=objection.result_id,
        objection_id=objection.id,
        authority_id=authority_id,
        former_id=former,
        reason=why,
    )
    emit(session, told, reason=why)
    return objection


async def _pass_on(session: AsyncSession, objection: Objection) -> None:
    kind = ObligationKind.DECIDE_OBJECTION
    await close_obligations(
        session, OBLIGATIONS, kind, [objection.id], tenant_id=objection.tenant_id, state="CANCELLED"
    )
    await owe(
        session,
        kind,
        cycle_id=objection.cycle_id,
        subject_id=objection.id,
        debtors=[objection.authority_id],
        about_id=objection.servant_id,
        due_at=objection.decide_by,
    )
