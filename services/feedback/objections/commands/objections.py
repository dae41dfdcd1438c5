"""A servant's objection to a result: filed with reasons inside the window, or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind
from contracts.evidence import Evidence
from contracts.feedback.objections import ObjectionFiled, ObjectionWithdrawn
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.arrival import missing
from kit.db import clock
from kit.errors import NotFound
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import due_after
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.objections.events import about
from services.feedback.objections.models import Objection
from services.feedback.objections.queries.authorities import authority_over
from services.feedback.objections.queries.windows import window_of
from services.feedback.objections.rules.states import Act, Stage, move
from services.feedback.objections.rules.windows import may_object
from services.feedback.relations import acting_relations
from services.feedback.results.models import ResultCopy
from services.feedback.texts import required


@dataclass(frozen=True, slots=True)
class Case:
    """What the servant puts forward."""

    grounds: str
    items: Sequence[str] = ()
    evidence: Sequence[Evidence] = ()


async def file(session: AsyncSession, result_id: UUID, *, case: Case) -> Objection:
    """Object to a result; asked twice, the same objection."""
    result = await locked_result(session, result_id)
    found = await acting_relations(session, servant_id=result.servant_id)
    require(found, Relation.SELF, what=("object to a result", "mengajukan keberatan"))
    grounds = required(case.grounds, name=("the grounds", "alasan keberatan"))
    if (same := await _against(session, result_id)) is not None:
        return same
    objection = await _drawn_up(session, result, case, grounds)
    session.add(objection)
    event = ObjectionFiled(
        **about(objection),
        rater_id=objection.rater_id,
        authority_id=objection.authority_id,
        filed_at=objection.filed_at,
        statements_by=objection.statements_by,
        decide_by=objection.decide_by,
    )
    emit(session, event)
    return objection


async def locked_result(session: AsyncSession, result_id: UUID) -> ResultCopy:
    """The copy of one version of a result, locked; while it is not here raises what kit.arrival says."""
    # Two filings at once meet at the lock, not at the unique index: the second finds the objection of the first.
    # `for no key update`, here as everywhere: no key changes, so rows that refer to this one need not wait for it.
    one = select(ResultCopy).where(col(ResultCopy.result_id) == result_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise missing(session, f"no result {result_id} is known here", f"hasil {result_id} tidak dikenal di sini")
    return found


async def _against(session: AsyncSession, result_id: UUID) -> Objection | None:
    return (await session.scalars(select(Objection).where(col(Objection.result_id) == result_id))).first()


async def _drawn_up(session: AsyncSession, result: ResultCopy, case: Case, grounds: str) -> Objection:
    calendar, now = await queries.calendar(session), clock(session).now()
    may_object(await window_of(session, result, ZoneInfo(calendar.zone)), now=now)
    authority_id = await authority_over(session, result)
    statements_by, decide_by = await _limits(session, result, authority_id)
    return Objection(
        tenant_id=result.tenant_id,
        result_id=result.result_id,
        appraisal_id=result.appraisal_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        rater_id=result.rater_id,
        authority_id=authority_id,
        state=Stage.FILED.value,
        filed_at=now,
        grounds=grounds,
        items=list(case.items),
        evidence=[one.model_dump(mode="json") for one in case.evidence],
        statements_by=statements_by,
        decide_by=decide_by,
    )


async def _limits(session: AsyncSession, result: ResultCopy, authority_id: UUID) -> tuple[datetime, datetime]:
    """Until when both sides explain, and when it is decided (L V.B.3-6), on the weeks of those whose limits they are.

    Both sides have their working days, so the longer week counts; statements end no later than the decision is due.
    """
    now, rule = clock(session).now(), (await open_cycle(session, result.cycle_id)).policy.objection
    sides = [await queries.calendar_of(session, one) for one in (result.servant_id, result.rater_id)]
    statements_by = max(due_after(now, rule.statements_within, DayKind.WORKING, week) for week in sides)
    week = await queries.calendar_of(session, authority_id)
    decide_by = due_after(now, rule.decide_within, DayKind.WORKING, week)
    return min(statements_by, decide_by), decide_by


async def locked(session: AsyncSession, objection_id: UUID) -> Objection:
    """The objection, locked; raises NotFound."""
    # Every command of an objection begins here: statements, decision and withdrawal follow each other, never cross.
    one = select(Objection).where(col(Objection.id) == objection_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no objection {objection_id}", f"keberatan {objection_id} tidak ada")
    return found


async def withdraw(session: AsyncSession, objection_id: UUID) -> Objection:
    """The servant takes the objection back; nobody owes anything about it any more."""
    objection = await locked(session, objection_id)
    found = await acting_relations(session, servant_id=objection.servant_id)
    require(found, Relation.SELF, what=("withdraw an objection", "mencabut keberatan"))
    if objection.state == Stage.WITHDRAWN:
        return objection
    objection.state = move(objection.state, Act.WITHDRAW)
    await cancel_obligations(session, objection)
    emit(session, ObjectionWithdrawn(**about(objection)))
    return objection


async def cancel_obligations(session: AsyncSession, objection: Objection) -> None:
    """Cancel whatever is still owed about the objection, and look whether the phase waits for anything else."""
    tenant_id = objection.tenant_id
    for kind in (ObligationKind.GIVE_STATEMENT, ObligationKind.DECIDE_OBJECTION):
        await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id, state="CANCELLED")
    check_cleared(session, tenant_id=tenant_id, cycle_id=objection.cycle_id, phase=Phase.OBJECTION)
