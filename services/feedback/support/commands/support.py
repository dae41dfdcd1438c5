"""Resources that a servant asks the leader for, the answer that the leader owes, and work that the leader takes over."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.feedback.support import SupportAnswered, SupportKind, SupportRequested, WorkResultTakenOver
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Member
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.access import standing
from services.feedback.obligations import open_cycle, owe, own_membership
from services.feedback.support.models import SupportRequest, TakeOver
from services.feedback.words import required


async def ask(session: AsyncSession, cycle_id: UUID, *, kind: SupportKind, text: str) -> SupportRequest:
    """Ask the own leader for resources (arts 7-13); the same words twice in a cycle are one request."""
    await open_cycle(session, cycle_id)
    mine = await _locked_member(session, await own_membership(session, cycle_id))
    said = required(text, name=("what is needed", "kebutuhan"))
    if (same := await _same(session, mine, kind, said)) is not None:
        return same
    asked = SupportRequest(
        tenant_id=mine.tenant_id,
        cycle_id=cycle_id,
        servant_id=mine.servant_id,
        leader_id=mine.rater_id or await queries.arrived_office(session),
        kind=kind.value,
        text=said,
        at=clock(session).now(),
    )
    session.add(asked)
    await owe(
        session,
        ObligationKind.ANSWER_SUPPORT,
        cycle_id=cycle_id,
        subject_id=asked.id,
        debtors=[asked.leader_id],
        about_id=asked.servant_id,
        superior_id=mine.authority_id,
    )
    told = SupportRequested(
        tenant_id=asked.tenant_id,
        cycle_id=cycle_id,
        servant_id=asked.servant_id,
        request_id=asked.id,
        leader_id=asked.leader_id,
        kind=kind,
    )
    emit(session, told)
    return asked


async def _locked_member(session: AsyncSession, one: Member) -> Member:
    row = select(Member).where(col(Member.cycle_id) == one.cycle_id, col(Member.servant_id) == one.servant_id)
    return (await session.scalars(row.with_for_update(key_share=True))).one()


async def _same(session: AsyncSession, mine: Member, kind: SupportKind, text: str) -> SupportRequest | None:
    before = select(SupportRequest).where(
        col(SupportRequest.cycle_id) == mine.cycle_id,
        col(SupportRequest.servant_id) == mine.servant_id,
        col(SupportRequest.kind) == kind.value,
        col(SupportRequest.text) == text,
    )
    return (await session.scalars(before)).first()


async def answer(session: AsyncSession, request_id: UUID, *, text: str, granted: bool) -> SupportRequest:
    """The leader, or who holds the obligation after a hand-over, answers once."""
    one = select(SupportRequest).where(col(SupportRequest.id) == request_id).with_for_update(key_share=True)
    if (asked := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no support request {request_id}", f"permintaan dukungan {request_id} tidak ada")
    found = await standing(
        session,
        servant_id=asked.servant_id,
        rater_id=asked.leader_id,
        duty=ObligationKind.ANSWER_SUPPORT,
        subject_id=request_id,
        done_by=asked.answered_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=("answer a support request", "menjawab permintaan dukungan"))
    said = required(text, name=("the answer", "jawaban"))
    if asked.answer is not None:
        if (asked.answer, asked.granted) == (said, granted):
            return asked
        raise Refused("this request was answered already", "permintaan ini sudah dijawab")
    asked.answer, asked.granted = said, granted
    asked.answered_by, asked.answered_at = actor(session).id, clock(session).now()
    await close_obligations(session, OBLIGATIONS, ObligationKind.ANSWER_SUPPORT, [asked.id], tenant_id=asked.tenant_id)
    told = SupportAnswered(
        tenant_id=asked.tenant_id,
        cycle_id=asked.cycle_id,
        servant_id=asked.servant_id,
        request_id=asked.id,
        answered_by=asked.answered_by,
        granted=granted,
    )
    emit(session, told)
    return asked


async def take_over(session: AsyncSession, cycle_id: UUID, servant_id: UUID, *, result: str, note: str) -> TakeOver:
    """The leader does a work result from now on, with a note that counts in the evaluation (art. 20); once a result."""
    await open_cycle(session, cycle_id)
    member = await _locked_member(session, await queries.member(session, cycle_id, servant_id))
    found = await standing(session, servant_id=servant_id, rater_id=member.rater_id)
    require(found, Relation.RATER, what=("take over a work result", "mengambil alih hasil kerja"))
    which = required(result, name=("the work result", "hasil kerja"))
    why = required(note, name=("the note", "catatan"))
    before = select(TakeOver).where(
        col(TakeOver.cycle_id) == cycle_id, col(TakeOver.servant_id) == servant_id, col(TakeOver.result) == which
    )
    if (taken := (await session.scalars(before)).first()) is not None:
        if taken.note == why:
            return taken
        raise Refused("this work result was taken over already", "hasil kerja ini sudah diambil alih")
    taken = TakeOver(
        tenant_id=member.tenant_id,
        cycle_id=cycle_id,
        servant_id=servant_id,
        leader_id=actor(session).id,
        result=which,
        note=why,
        at=clock(session).now(),
    )
    session.add(taken)
    told = WorkResultTakenOver(
        tenant_id=taken.tenant_id,
        cycle_id=cycle_id,
        servant_id=servant_id,
        take_over_id=taken.id,
        leader_id=taken.leader_id,
        result=which,
        note=why,
    )
    emit(session, told, reason=why)
    return taken
