"""Questions and arguments about a provisional result, and the rater's answer before it is issued (Dumai, DMI-8)."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Rating
from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.clarifications.models import Clarification
from services.feedback.clarifications.rules import ClarificationState, check_answer, is_open, may_clarify
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.obligations import owe
from services.feedback.relations import acting_relations
from services.feedback.results.models import ProvisionalCopy
from services.feedback.texts import REASON, required


async def ask(
    session: AsyncSession, appraisal_id: UUID, *, text: str, items: Sequence[str], evidence: Sequence[str]
) -> Clarification:
    """The servant asks about the provisional result; one question is open at a time."""
    said = required(text, name=("the question", "pertanyaan"))
    provisional = await _locked_provisional(session, appraisal_id)
    found = await acting_relations(session, servant_id=provisional.servant_id)
    require(found, Relation.SELF, what=("ask for clarification", "meminta klarifikasi"))
    if (waiting := await _waiting(session, appraisal_id)) is not None:
        return _unless_other(waiting, said)
    await _check_window(session, provisional)
    asked = Clarification(
        tenant_id=provisional.tenant_id,
        cycle_id=provisional.cycle_id,
        appraisal_id=appraisal_id,
        servant_id=provisional.servant_id,
        rater_id=provisional.rater_id,
        text=said,
        items=list(items),
        evidence=list(evidence),
        asked_at=clock(session).now(),
        state=ClarificationState.OPEN.value,
    )
    session.add(asked)
    await _ask_rater(session, asked)
    return asked


async def _locked_provisional(session: AsyncSession, appraisal_id: UUID) -> ProvisionalCopy:
    # Locked: a question is asked, or answered with new ratings, either before the result is issued or not at all.
    one = select(ProvisionalCopy).where(col(ProvisionalCopy.appraisal_id) == appraisal_id)
    if (found := (await session.scalars(one.with_for_update(key_share=True))).first()) is None:
        raise Refused("there is no provisional result to ask about yet", "belum ada hasil sementara")
    return found


async def _waiting(session: AsyncSession, appraisal_id: UUID) -> Clarification | None:
    one = select(Clarification).where(
        col(Clarification.appraisal_id) == appraisal_id, col(Clarification.state) == ClarificationState.OPEN.value
    )
    return (await session.scalars(one)).first()


def _unless_other(waiting: Clarification, said: str) -> Clarification:
    if waiting.text == said:
        return waiting
    raise Refused("an earlier question still waits for its answer", "pertanyaan sebelumnya masih menunggu jawaban")


async def _check_window(session: AsyncSession, provisional: ProvisionalCopy) -> None:
    context = await open_cycle(session, provisional.cycle_id)
    zone = ZoneInfo((await queries.calendar(session)).zone)
    may_clarify(
        enabled=context.policy.features.clarification,
        issued=provisional.issued,
        clarify_until=provisional.clarify_until.astimezone(zone),
        now=clock(session).now(),
    )


async def _ask_rater(session: AsyncSession, asked: Clarification) -> None:
    member = await queries.member(session, asked.cycle_id, asked.servant_id)
    await owe(
        session,
        ObligationKind.ANSWER_CLARIFICATION,
        cycle_id=asked.cycle_id,
        subject_id=asked.id,
        debtors=[asked.rater_id],
        about_id=asked.servant_id,
        superior_id=member.authority_id,
    )
    event = ClarificationRequested(
        tenant_id=asked.tenant_id,
        cycle_id=asked.cycle_id,
        servant_id=asked.servant_id,
        clarification_id=asked.id,
        appraisal_id=asked.appraisal_id,
        rater_id=asked.rater_id,
    )
    emit(session, event)


async def answer(
    session: AsyncSession,
    clarification_id: UUID,
    *,
    outcome: ClarificationState,
    reason: str,
    result_rating: Rating | None = None,
    behaviour_rating: Rating | None = None,
) -> Clarification:
    """The rater, or who holds the obligation, explains or amends with a reason; answered once."""
    asked = await _locked(session, clarification_id)
    found = await acting_relations(
        session,
        servant_id=asked.servant_id,
        rater_id=asked.rater_id,
        obligation=ObligationKind.ANSWER_CLARIFICATION,
        subject_id=asked.id,
        done_by=asked.answered_by,
    )
    require(found, Relation.RATER, Relation.DEBTOR, what=("answer a clarification", "menjawab klarifikasi"))
    why = required(reason, name=REASON)
    if not is_open(asked.state):
        return _if_same(asked, (outcome, why, result_rating, behaviour_rating))
    provisional = await _locked_provisional(session, asked.appraisal_id)
    check_answer(outcome, result_rating=result_rating, behaviour_rating=behaviour_rating, issued=provisional.issued)
    asked.state, asked.reason = outcome.value, why
    asked.result_rating, asked.behaviour_rating = result_rating, behaviour_rating
    asked.answered_by, asked.answered_at = actor(session).id, clock(session).now()
    await _close(session, asked)
    return asked


def _if_same(
    asked: Clarification, answer: tuple[ClarificationState, str, Rating | None, Rating | None]
) -> Clarification:
    if answer == (asked.state, asked.reason, asked.result_rating, asked.behaviour_rating):
        return asked
    raise Refused("this clarification was answered already", "klarifikasi ini sudah dijawab")


async def _close(session: AsyncSession, asked: Clarification) -> None:
    kind = ObligationKind.ANSWER_CLARIFICATION
    await close_obligations(session, OBLIGATIONS, kind, [asked.id], tenant_id=asked.tenant_id)
    event = ClarificationAnswered(
        tenant_id=asked.tenant_id,
        cycle_id=asked.cycle_id,
        servant_id=asked.servant_id,
        clarification_id=asked.id,
        appraisal_id=asked.appraisal_id,
        answered_by=actor(session).id,
        outcome=asked.state,
        result_rating=None if asked.result_rating is None else Rating(asked.result_rating),
        behaviour_rating=None if asked.behaviour_rating is None else Rating(asked.behaviour_rating),
        reason=asked.reason or "",
    )
    emit(session, event, reason=asked.reason)


async def _locked(session: AsyncSession, clarification_id: UUID) -> Clarification:
    one = select(Clarification).where(col(Clarification.id) == clarification_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no clarification {clarification_id}", f"klarifikasi {clarification_id} tidak ada")
    return found
