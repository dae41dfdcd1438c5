"""A servant's objection to a result: filed with reasons inside the window, or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import DayKind
from contracts.feedback.objections import ObjectionFiled, ObjectionWithdrawn
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.db import clock
from kit.errors import NotFound, NotReady
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import due_after
from services.feedback.access import standing
from services.feedback.cycles.commands.progress import settle
from services.feedback.objections.commands.authorities import judge_for
from services.feedback.objections.models import LateAdmission, Objection
from services.feedback.objections.rules.objections import Standing, may_object, move
from services.feedback.obligations import open_cycle
from services.feedback.results.models import ResultCopy
from services.feedback.states import Stage
from services.feedback.words import required


@dataclass(frozen=True, slots=True)
class Case:
    """What the servant brings forward."""

    grounds: str
    items: Sequence[str] = ()
    evidence: Sequence[str] = ()


async def file(session: AsyncSession, result_id: UUID, *, case: Case) -> Objection:
    """Object to a result; asked twice, the same objection."""
    result = await locked_result(session, result_id)
    found = await standing(session, servant_id=result.servant_id)
    require(found, Relation.SELF, what=("object to a result", "mengajukan keberatan"))
    grounds = required(case.grounds, name=("the grounds", "alasan keberatan"))
    if (same := await _against(session, result_id)) is not None:
        return same
    objection = await _drawn_up(session, result, case, grounds)
    session.add(objection)
    told = ObjectionFiled(
        **about(objection),
        rater_id=objection.rater_id,
        authority_id=objection.authority_id,
        filed_at=objection.filed_at,
        statements_by=objection.statements_by,
        decide_by=objection.decide_by,
    )
    emit(session, told)
    return objection


def about(objection: Objection) -> dict[str, Any]:
    """What every event about an objection tells of it."""
    return {
        "tenant_id": objection.tenant_id,
        "cycle_id": objection.cycle_id,
        "servant_id": objection.servant_id,
        "objection_id": objection.id,
        "appraisal_id": objection.appraisal_id,
        "result_id": objection.result_id,
    }


async def locked_result(session: AsyncSession, result_id: UUID) -> ResultCopy:
    """The copy of one version of a result, locked; raises NotReady while it has not arrived."""
    one = select(ResultCopy).where(col(ResultCopy.result_id) == result_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotReady(f"no result {result_id} has arrived here", f"hasil {result_id} belum diterima")
    return found


async def _against(session: AsyncSession, result_id: UUID) -> Objection | None:
    return (await session.scalars(select(Objection).where(col(Objection.result_id) == result_id))).first()


async def _drawn_up(session: AsyncSession, result: ResultCopy, case: Case, grounds: str) -> Objection:
    calendar, now = await queries.calendar(session), clock(session).now()
    may_object(await standing_of(session, result, ZoneInfo(calendar.zone)), now=now)
    judge_id = await judge_for(session, result)
    statements_by, decide_by = await _limits(session, result, judge_id)
    return Objection(
        tenant_id=result.tenant_id,
        result_id=result.result_id,
        appraisal_id=result.appraisal_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        rater_id=result.rater_id,
        authority_id=judge_id,
        state=Stage.FILED.value,
        filed_at=now,
        grounds=grounds,
        items=list(case.items),
        evidence=list(case.evidence),
        statements_by=statements_by,
        decide_by=decide_by,
    )


async def _limits(session: AsyncSession, result: ResultCopy, judge_id: UUID) -> tuple[datetime, datetime]:
    """Until when both sides explain, and when it is decided (L V.B.3-6), on the weeks of those whose limits they are.

    Both sides have their working days, so the longer week counts; statements end no later than the decision is due.
    """
    now, rule = clock(session).now(), (await open_cycle(session, result.cycle_id)).policy.objection
    sides = [await queries.calendar_of(session, one) for one in (result.servant_id, result.rater_id)]
    statements_by = max(due_after(now, rule.statements_within, DayKind.WORKING, week) for week in sides)
    judges = await queries.calendar_of(session, judge_id)
    decide_by = due_after(now, rule.decide_within, DayKind.WORKING, judges)
    return min(statements_by, decide_by), decide_by


async def standing_of(session: AsyncSession, result: ResultCopy, zone: ZoneInfo) -> Standing:
    """What decides whether the result can be objected to, a late admission included."""
    admitted = select(col(LateAdmission.file_until)).where(col(LateAdmission.result_id) == result.result_id)

    def local(instant: datetime | None) -> datetime | None:
        return None if instant is None else instant.astimezone(zone)

    return Standing(
        received_at=local(result.received_at),
        object_until=local(result.object_until),
        final_without_objection=result.final_without_objection,
        finalised=result.finalised,
        superseded=result.superseded,
        admitted_until=local((await session.scalars(admitted)).first()),
    )


async def locked(session: AsyncSession, objection_id: UUID) -> Objection:
    """The objection, locked; raises NotFound."""
    one = select(Objection).where(col(Objection.id) == objection_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no objection {objection_id}", f"keberatan {objection_id} tidak ada")
    return found


async def withdraw(session: AsyncSession, objection_id: UUID) -> Objection:
    """The servant takes the objection back; nobody owes anything about it any more."""
    objection = await locked(session, objection_id)
    found = await standing(session, servant_id=objection.servant_id)
    require(found, Relation.SELF, what=("withdraw an objection", "mencabut keberatan"))
    if objection.state == Stage.WITHDRAWN:
        return objection
    objection.state = move(objection.state, Stage.WITHDRAWN)
    await cancel_duties(session, objection, state="CANCELLED")
    emit(session, ObjectionWithdrawn(**about(objection)))
    return objection


async def cancel_duties(session: AsyncSession, objection: Objection, *, state: str) -> None:
    """End whatever is still owed about the objection, and look whether the phase waits for anything else."""
    for kind in (ObligationKind.GIVE_STATEMENT, ObligationKind.DECIDE_OBJECTION):
        await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=objection.tenant_id, state=state)
    settle(session, tenant_id=objection.tenant_id, cycle_id=objection.cycle_id, phase=Phase.OBJECTION)
