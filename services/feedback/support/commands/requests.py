"""Resources that a servant asks the leader for (PermenPANRB 6/2022 arts 7-13), and the answer that the leader owes."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.feedback.support import SupportAnswered, SupportKind, SupportRequested
from contracts.obligations import ObligationKind
from directory.models import Member
from directory.offices import arrived, in_cycle
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.obligations import owe
from services.feedback.relations import acting_relations
from services.feedback.support.models import SupportRequest
from services.feedback.texts import REASON, required


async def ask(session: AsyncSession, cycle_id: UUID, *, kind: SupportKind, text: str) -> SupportRequest:
    """Ask the own leader for resources (arts 7-13); the same words twice in a cycle are one request."""
    await open_cycle(session, cycle_id)
    mine = await locked_member(session, await own_membership(session, cycle_id))
    said = required(text, name=("what is needed", "kebutuhan"))
    if (same := await _same(session, mine, kind, said)) is not None:
        return same
    asked = SupportRequest(
        tenant_id=mine.tenant_id,
        cycle_id=cycle_id,
        servant_id=mine.servant_id,
        # Nobody leads the head of the city's servants; the office then answers for the organisation.
        leader_id=mine.rater_id or arrived(await in_cycle(session, cycle_id), mine.servant_id),
        kind=kind.value,
        text=said,
        at=clock(session).now(),
    )
    session.add(asked)
    await _ask_leader(session, asked, superior_id=mine.authority_id)
    return asked


async def _ask_leader(session: AsyncSession, asked: SupportRequest, *, superior_id: UUID | None) -> None:
    await owe(
        session,
        ObligationKind.ANSWER_SUPPORT,
        cycle_id=asked.cycle_id,
        subject_id=asked.id,
        debtors=[asked.leader_id],
        about_id=asked.servant_id,
        superior_id=superior_id,
    )
    event = SupportRequested(
        tenant_id=asked.tenant_id,
        cycle_id=asked.cycle_id,
        servant_id=asked.servant_id,
        request_id=asked.id,
        leader_id=asked.leader_id,
        kind=SupportKind(asked.kind),
        carried_from=asked.carried_from,
    )
    emit(session, event)


async def carry_on(session: AsyncSession, request_id: UUID, cycle_id: UUID, *, reason: str) -> SupportRequest:
    """The servant carries an unanswered request on into a later cycle, saying why it is still needed; once."""
    await open_cycle(session, cycle_id)
    before = await _locked(session, request_id)
    found = await acting_relations(session, servant_id=before.servant_id)
    require(found, Relation.SELF, what=("carry a support request on", "melanjutkan permintaan dukungan"))
    why = required(reason, name=REASON)
    if (same := await _carried(session, request_id)) is not None:
        return same
    if before.answer is not None or before.cycle_id == cycle_id:
        raise Refused(
            "only a request of an earlier cycle that nobody answered is carried on",
            "hanya permintaan siklus sebelumnya yang belum dijawab dapat dilanjutkan",
        )
    now, mine = clock(session).now(), await own_membership(session, cycle_id)
    # Owed once: what is asked for in the new cycle is not asked for in the old one any more.
    if before.ended_at is None:
        before.ended_at = now
        kind = ObligationKind.ANSWER_SUPPORT
        await close_obligations(session, OBLIGATIONS, kind, [before.id], tenant_id=before.tenant_id, state="CANCELLED")
    asked = SupportRequest(
        tenant_id=before.tenant_id,
        cycle_id=cycle_id,
        servant_id=before.servant_id,
        leader_id=mine.rater_id or arrived(await in_cycle(session, cycle_id), mine.servant_id),
        kind=before.kind,
        text=before.text,
        at=now,
        carried_from=before.id,
        carried_why=why,
    )
    session.add(asked)
    await _ask_leader(session, asked, superior_id=mine.authority_id)
    return asked


async def _carried(session: AsyncSession, request_id: UUID) -> SupportRequest | None:
    later = select(SupportRequest).where(col(SupportRequest.carried_from) == request_id)
    return (await session.scalars(later)).first()


async def locked_member(session: AsyncSession, one: Member) -> Member:
    """The membership, locked, so that the same words sent twice at once are found by the second."""
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
    asked = await _locked(session, request_id)
    found = await acting_relations(
        session,
        servant_id=asked.servant_id,
        rater_id=asked.leader_id,
        obligation=ObligationKind.ANSWER_SUPPORT,
        subject_id=request_id,
        done_by=asked.answered_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=("answer a support request", "menjawab permintaan dukungan"))
    said = required(text, name=("the answer", "jawaban"))
    if asked.answer is not None:
        if (asked.answer, asked.granted) == (said, granted):
            return asked
        raise Refused("this request was answered already", "permintaan ini sudah dijawab")
    if await _carried(session, request_id) is not None:
        raise Refused(
            "this request is carried on in a later cycle: answer it there",
            "permintaan ini dilanjutkan pada siklus berikutnya: jawab di sana",
        )
    asked.answer, asked.granted = said, granted
    asked.answered_by, asked.answered_at = actor(session).id, clock(session).now()
    await _close(session, asked, granted=granted)
    return asked


async def _locked(session: AsyncSession, request_id: UUID) -> SupportRequest:
    # Locked, so that of two answers at once the second sees the first and is refused, not written over it.
    one = select(SupportRequest).where(col(SupportRequest.id) == request_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no support request {request_id}", f"permintaan dukungan {request_id} tidak ada")
    return found


async def _close(session: AsyncSession, asked: SupportRequest, *, granted: bool) -> None:
    await close_obligations(session, OBLIGATIONS, ObligationKind.ANSWER_SUPPORT, [asked.id], tenant_id=asked.tenant_id)
    event = SupportAnswered(
        tenant_id=asked.tenant_id,
        cycle_id=asked.cycle_id,
        servant_id=asked.servant_id,
        request_id=asked.id,
        answered_by=actor(session).id,
        granted=granted,
    )
    emit(session, event)
