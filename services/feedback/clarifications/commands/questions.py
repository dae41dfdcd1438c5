"""Questions and arguments about a provisional result, asked before it is issued (Dumai, DMI-8)."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evidence import Evidence
from contracts.feedback.clarifications import ClarificationRequested
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.db import clock
from kit.errors import Refused
from kit.outbox import emit
from services.feedback.clarifications.models import Clarification
from services.feedback.clarifications.rules import ClarificationState, may_clarify
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.obligations import owe
from services.feedback.relations import acting_relations
from services.feedback.results.models import ProvisionalCopy
from services.feedback.texts import required


async def ask(
    session: AsyncSession, appraisal_id: UUID, *, text: str, items: Sequence[str], evidence: Sequence[Evidence]
) -> Clarification:
    """The servant asks about the provisional result; one question is open at a time."""
    said = required(text, name=("the question", "pertanyaan"))
    provisional = await locked_provisional(session, appraisal_id)
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
        evidence=[one.model_dump(mode="json") for one in evidence],
        asked_at=clock(session).now(),
        state=ClarificationState.OPEN.value,
    )
    session.add(asked)
    await _ask_rater(session, asked)
    return asked


async def locked_provisional(session: AsyncSession, appraisal_id: UUID) -> ProvisionalCopy:
    """The provisional result of an appraisal, locked; raises Refused where there is none yet."""
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
    # The refusal names a day, and a day ends in the city's zone.
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
