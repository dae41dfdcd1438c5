"""The performance office asks whoever a finding concerns, who keeps or revises with a reason; silence changes nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.findings import AnswerOutcome, ModerationAnswered, ModerationAsked
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import require_some_office
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.rows import NewObligation, ObligationRow
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.assessments.models import AssessmentVersion
from services.evaluation.cycles.queries.context import context_of
from services.evaluation.findings.commands import moderation
from services.evaluation.findings.models import Moderation

_ASK = ("ask about a finding", "menanyakan temuan")
NO_ANSWER = "no answer within the limit: it goes on as it is"


async def ask(session: AsyncSession, moderation_id: UUID, *, question: str) -> Moderation:
    """Put a question to the assessor or leader (performance office); asked once.

    Raises Refused when the finding is closed, was asked about otherwise, or concerns nobody but the office itself.
    """
    await require_some_office(session, what=_ASK)
    await access.claimed(session, ObligationKind.MODERATE, [moderation_id])
    found = await moderation.locked(session, moderation_id)
    await moderation.require_office(session, found, what=_ASK)
    if found.question == question:
        return found
    _require_askable(found)
    context = await context_of(session, found.cycle_id)
    found.question, found.asked_by, found.asked_at = question, actor(session).id, context.now
    await session.flush()
    # From now on another owes: the assessor or leader, on the ladder of an answer.
    terms = obligations.on_terms(context, ObligationKind.ANSWER_MODERATION)
    servant_id = await moderation.servant_of(session, found)
    office_id = (await in_cycle(session, found.cycle_id)).acting_for(servant_id, found.concerns_id)
    owed = [NewObligation(found.id, _concerned(found), servant_id, None, office_id)]
    await obligations.owe_all(session, context, ObligationKind.ANSWER_MODERATION, owed)
    # The office has done its part by asking; from the answer, or the lapse of it, the finding is decided.
    await close_obligations(session, OBLIGATIONS, ObligationKind.MODERATE, [found.id], tenant_id=found.tenant_id)
    event = ModerationAsked(**moderation.about(found), servant_id=servant_id, question=question, answer_by=terms.due_at)
    emit(session, event, reason=question)
    return found


def _require_askable(found: Moderation) -> None:
    if found.decided_at is not None:
        raise Refused("the finding is closed already", "temuan sudah diselesaikan")
    if found.question is not None:
        raise Refused("a question was asked about it already", "temuan ini sudah ditanyakan")
    if found.concerns_id is None:
        raise Refused(
            "there is nobody to ask: close the finding with your own reason",
            "tidak ada yang dapat ditanya: selesaikan temuan dengan alasan sendiri",
        )


def _concerned(found: Moderation) -> UUID:
    if found.concerns_id is None:
        raise Refused("the finding concerns nobody", "temuan tidak menyangkut siapa pun")
    return found.concerns_id


async def answer(session: AsyncSession, moderation_id: UUID, *, reason: str) -> Moderation:
    """Say why it stays, or why it was revised; whether it was follows from what was revised since the question.

    A leader may give the reason for a unit's predicates before anybody asks (SE MenPANRB 3/2023).
    """
    await access.claimed(session, ObligationKind.MODERATE, [moderation_id])
    await access.claimed(session, ObligationKind.ANSWER_MODERATION, [moderation_id])
    found = await moderation.locked(session, moderation_id)
    if found.concerns_id != actor(session).id:
        raise access.forbidden(("answer about a finding", "menjawab temuan"), Relation.RATER)
    if found.answer == reason:
        return found
    if found.decided_at is not None:
        raise Refused("the finding is closed already", "temuan sudah diselesaikan")
    if found.question is None and found.unit_id is None:
        raise Refused("the performance office has not asked", "pengelola kinerja belum bertanya")
    found.outcome = (AnswerOutcome.REVISED if await _revised(session, found) else AnswerOutcome.KEPT).value
    found.answer, found.answered_by, found.answered_at = reason, actor(session).id, clock(session).now()
    event = ModerationAnswered(**moderation.about(found), outcome=AnswerOutcome(found.outcome), reason=reason)
    emit(session, event, reason=reason)
    for kind in (ObligationKind.MODERATE, ObligationKind.ANSWER_MODERATION):
        await close_obligations(session, OBLIGATIONS, kind, [found.id], tenant_id=found.tenant_id)
    await moderation.decide(session, [found], reason)
    return found


async def _revised(session: AsyncSession, found: Moderation) -> bool:
    # A revision keeps what stood before in a version that names the finding, so this asks no flag that could lie.
    looking = select(col(AssessmentVersion.id)).where(col(AssessmentVersion.moderation_id) == found.id)
    return (await session.scalars(looking.limit(1))).first() is not None


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody answered in time: what was found goes on as it is, and that is recorded."""
    found = await moderation.locked_all(session, [row.subject_id for row in rows])
    for one in found:
        if one.decided_at is None:
            one.outcome = AnswerOutcome.SILENT.value
    await moderation.decide(session, found, NO_ANSWER)
