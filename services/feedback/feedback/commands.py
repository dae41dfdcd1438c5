"""Feedback from above, below, beside and others concerned, with what was observed and how to go on, and its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evidence import Evidence
from contracts.feedback.feedback import FeedbackAnswered, FeedbackGiven
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Member
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.queries import owes
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.feedback.models import FeedbackItem
from services.feedback.feedback.rules import (
    Channel,
    Direction,
    Occasion,
    Visibility,
    check_allowed,
    check_entry,
    direction,
    occasion,
    visibility,
)
from services.feedback.relations import acting_relations
from services.feedback.texts import required


@dataclass(frozen=True, slots=True)
class Observation:
    """What somebody has to say."""

    what: str
    how: str
    strengths: Sequence[str] = ()
    areas: Sequence[str] = ()
    evidence: Sequence[Evidence] = ()
    occasion: Occasion | None = None
    """None: regular from the leader, incidental from others."""
    channel: Channel = Channel.INDIRECT
    activity_id: UUID | None = None
    """The entry of the daily log that it is about."""
    concern: str = ""
    """In what way somebody is concerned who is neither rater, subordinate nor peer."""


async def give(session: AsyncSession, cycle_id: UUID, *, about_id: UUID, observation: Observation) -> FeedbackItem:
    """Say to somebody what was observed and how to go on; the same words twice are one feedback."""
    what = required(observation.what, name=("what was observed", "hal yang diamati"))
    how = required(observation.how, name=("how to go on", "cara perbaikan"))
    context = await open_cycle(session, cycle_id)
    about = await _locked_member(session, cycle_id, about_id)
    towards = await _direction(session, about, observation.concern)
    seen_by = visibility(towards, unnamed=context.policy.listening.upward_minimum > 0)
    check_allowed(towards, context.policy.feedback)
    check_entry(towards, observation.activity_id)
    if (same := await _same(session, about, what, how, observation.activity_id)) is not None:
        return same
    given = FeedbackItem(
        tenant_id=context.cycle.tenant_id,
        cycle_id=cycle_id,
        about_id=about_id,
        author_id=actor(session).id,
        direction=towards.value,
        what=what,
        how=how,
        strengths=list(observation.strengths),
        areas=list(observation.areas),
        evidence=[one.model_dump(mode="json") for one in observation.evidence],
        visibility=seen_by.value,
        occasion=occasion(towards, observation.occasion).value,
        channel=observation.channel.value,
        concern=observation.concern.strip(),
        activity_id=observation.activity_id,
        given_at=clock(session).now(),
    )
    session.add(given)
    await _close(session, given, about)
    return given


async def _close(session: AsyncSession, given: FeedbackItem, about: Member) -> None:
    # Only this ends the obligation (arts 17-19): what others say, or the rater beside it, is kept and leaves it owed.
    if (given.direction, given.occasion) == (Direction.DOWN, Occasion.REGULAR):
        kind, appraisal_id = ObligationKind.GIVE_FEEDBACK, about.appraisal_id
        await close_obligations(session, OBLIGATIONS, kind, [appraisal_id], tenant_id=given.tenant_id)
    # Of what is said without a name nothing is emitted: event, notice and journal would each name author and moment.
    if given.visibility == Visibility.UNNAMED:
        return
    event = FeedbackGiven(
        tenant_id=given.tenant_id,
        cycle_id=given.cycle_id,
        servant_id=given.about_id,
        feedback_id=given.id,
        author_id=given.author_id,
        direction=given.direction,
        occasion=given.occasion,
        channel=given.channel,
        given_at=given.given_at,
        activity_id=given.activity_id,
    )
    emit(session, event)


async def _locked_member(session: AsyncSession, cycle_id: UUID, servant_id: UUID) -> Member:
    # The one concerned is locked, so that the same words sent twice at once are found by the second.
    one = select(Member).where(col(Member.cycle_id) == cycle_id, col(Member.servant_id) == servant_id)
    if (found := (await session.scalars(one.with_for_update(key_share=True))).first()) is None:
        raise NotFound("this person takes no part in this cycle", "pegawai ini tidak mengikuti siklus ini")
    return found


async def _direction(session: AsyncSession, about: Member, concern: str) -> Direction:
    who = actor(session).id
    owed = await owes(session, ObligationKind.GIVE_FEEDBACK, about.appraisal_id, who)
    return direction(
        author_id=who,
        about_id=about.servant_id,
        author_rater_id=await _rater_of(session, about.cycle_id, who),
        about_rater_id=about.rater_id,
        owes=owed,
        concern=concern,
    )


async def _rater_of(session: AsyncSession, cycle_id: UUID, servant_id: UUID) -> UUID | None:
    try:
        return (await queries.member(session, cycle_id, servant_id)).rater_id
    except NotFound:  # a rater from outside the cycle
        return None


async def _same(
    session: AsyncSession, about: Member, what: str, how: str, activity_id: UUID | None
) -> FeedbackItem | None:
    said = select(FeedbackItem).where(
        col(FeedbackItem.cycle_id) == about.cycle_id,
        col(FeedbackItem.author_id) == actor(session).id,
        col(FeedbackItem.about_id) == about.servant_id,
        col(FeedbackItem.what) == what,
        col(FeedbackItem.how) == how,
        col(FeedbackItem.activity_id).is_not_distinct_from(activity_id),
    )
    return (await session.scalars(said)).first()


async def answer(session: AsyncSession, feedback_id: UUID, *, text: str) -> FeedbackItem:
    """The one concerned answers, once."""
    given = await _locked(session, feedback_id)
    found = await acting_relations(session, servant_id=given.about_id)
    require(found, Relation.SELF, what=("answer feedback", "menjawab umpan balik"))
    said = required(text, name=("the answer", "jawaban"))
    if given.answer is not None:
        if given.answer == said:
            return given
        raise Refused("this feedback was answered already", "umpan balik ini sudah dijawab")
    given.answer, given.answered_at = said, clock(session).now()
    event = FeedbackAnswered(
        tenant_id=given.tenant_id,
        cycle_id=given.cycle_id,
        servant_id=given.about_id,
        feedback_id=given.id,
        author_id=given.author_id,
    )
    emit(session, event)
    return given


async def _locked(session: AsyncSession, feedback_id: UUID) -> FeedbackItem:
    # Of two answers at once the second sees the first, and is refused unless it says the same.
    # Answered to one author, unnamed words would find him or her: nobody answers them one by one.
    named = col(FeedbackItem.visibility) != Visibility.UNNAMED.value
    one = select(FeedbackItem).where(col(FeedbackItem.id) == feedback_id, named).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no feedback {feedback_id}", f"umpan balik {feedback_id} tidak ada")
    return found
