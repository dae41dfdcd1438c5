"""The rater's answer to a clarification: an explanation, or ratings and scores amended before the result is issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.amendments import ScoreChange
from contracts.base import Rating
from contracts.feedback.clarifications import ClarificationAnswered
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.amendments import check_scores
from services.feedback.clarifications.commands.questions import locked_provisional
from services.feedback.clarifications.models import Clarification
from services.feedback.clarifications.rules import ClarificationState, check_answer, is_open
from services.feedback.relations import acting_relations
from services.feedback.texts import REASON, required


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rater says, and sets anew."""

    outcome: ClarificationState
    reason: str
    result_rating: Rating | None = None
    behaviour_rating: Rating | None = None
    scores: Sequence[ScoreChange] = ()


async def answer(session: AsyncSession, clarification_id: UUID, *, given: Answer) -> Clarification:
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
    why = required(given.reason, name=REASON)
    if not is_open(asked.state):
        return _if_same(asked, given, why)
    await _check(session, asked, given)
    asked.state, asked.reason = given.outcome.value, why
    asked.result_rating, asked.behaviour_rating = given.result_rating, given.behaviour_rating
    asked.scores = _stored(given)
    asked.answered_by, asked.answered_at = actor(session).id, clock(session).now()
    await _close(session, asked)
    return asked


async def _check(session: AsyncSession, asked: Clarification, given: Answer) -> None:
    provisional = await locked_provisional(session, asked.appraisal_id)
    check_answer(
        given.outcome,
        result_rating=given.result_rating,
        behaviour_rating=given.behaviour_rating,
        rescored=bool(given.scores),
        issued=provisional.issued,
    )
    known = {"criteria": provisional.criteria, "indicators": provisional.indicators}
    await check_scores(session, asked.cycle_id, given.scores, **known)


def _stored(given: Answer) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in given.scores]


def _if_same(asked: Clarification, given: Answer, why: str) -> Clarification:
    said = (given.outcome, why, given.result_rating, given.behaviour_rating, _stored(given))
    if said == (asked.state, asked.reason, asked.result_rating, asked.behaviour_rating, asked.scores or []):
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
        scores=tuple(ScoreChange.model_validate(one) for one in asked.scores or ()) or None,
    )
    emit(session, event, reason=asked.reason)


async def _locked(session: AsyncSession, clarification_id: UUID) -> Clarification:
    # Locked before the provisional result; no command takes the two the other way round, so none blocks another for ever.
    one = select(Clarification).where(col(Clarification.id) == clarification_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no clarification {clarification_id}", f"klarifikasi {clarification_id} tidak ada")
    return found
