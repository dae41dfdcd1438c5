"""Guidance on competence and counselling on behaviour (PermenPANRB 6/2022 art. 21; L III)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.feedback.support import CoachingAsked, CoachingKind, CoachingReported
from contracts.obligations import ObligationKind
from directory import queries
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Forbidden, Invalid, NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import local_date
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.obligations import owe
from services.feedback.relations import acting_relations
from services.feedback.support.models import Coaching
from services.feedback.support.rules import CoachingState, check_coach
from services.feedback.texts import required


async def ask(
    session: AsyncSession, cycle_id: UUID, servant_id: UUID, *, kind: CoachingKind, coach_id: UUID, topic: str
) -> Coaching:
    """The rater asks somebody to guide or counsel; a counsellor is independent. The same open asking is one."""
    await open_cycle(session, cycle_id)
    member = await queries.member(session, cycle_id, servant_id)
    found = await acting_relations(session, servant_id=servant_id, rater_id=member.rater_id)
    require(found, Relation.RATER, what=("ask for coaching", "meminta bimbingan atau konseling"))
    about = required(topic, name=("the topic", "topik"))
    check_coach(kind, coach_id, servant_id=servant_id, rater_id=actor(session).id, authority_id=member.authority_id)
    await queries.person(session, coach_id)
    if (same := await _same(session, cycle_id, servant_id, kind, coach_id)) is not None:
        return same
    made = Coaching(
        tenant_id=member.tenant_id,
        cycle_id=cycle_id,
        servant_id=servant_id,
        rater_id=actor(session).id,
        authority_id=member.authority_id,
        coach_id=coach_id,
        kind=kind.value,
        topic=about,
        state=CoachingState.ASKED.value,
        asked_at=clock(session).now(),
    )
    session.add(made)
    await _ask_coach(session, made)
    return made


async def _ask_coach(session: AsyncSession, made: Coaching) -> None:
    await owe(
        session,
        ObligationKind.GIVE_COACHING,
        cycle_id=made.cycle_id,
        subject_id=made.id,
        debtors=[made.coach_id],
        about_id=made.servant_id,
        # Reminded and escalated to the rater who asked, not to the coach's own superior, who need not know (art. 21).
        superior_id=made.rater_id,
    )
    event = CoachingAsked(
        tenant_id=made.tenant_id,
        cycle_id=made.cycle_id,
        servant_id=made.servant_id,
        coaching_id=made.id,
        coach_id=made.coach_id,
        kind=CoachingKind(made.kind),
    )
    emit(session, event)


async def _same(
    session: AsyncSession, cycle_id: UUID, servant_id: UUID, kind: CoachingKind, coach_id: UUID
) -> Coaching | None:
    before = select(Coaching).where(
        col(Coaching.cycle_id) == cycle_id,
        col(Coaching.servant_id) == servant_id,
        col(Coaching.kind) == kind.value,
        col(Coaching.coach_id) == coach_id,
        col(Coaching.state) == CoachingState.ASKED.value,
    )
    return (await session.scalars(before)).first()


async def report(session: AsyncSession, coaching_id: UUID, *, held_on: date, outcome: str, content: str) -> Coaching:
    """Who guided or counselled reports it, once: the outcome goes on to the rater's superior, the content does not."""
    held = await _locked(session, coaching_id)
    # The coach alone, not the debtor: what is confidential is not handed over with an obligation.
    if actor(session).id != held.coach_id:
        raise Forbidden(
            "only who guides or counsels reports it", "hanya pembimbing yang melaporkan", allowed=["DEBTOR"]
        )
    outcome_text = required(outcome, name=("the outcome", "hasil"))
    if held.state == CoachingState.HELD:
        if (held.held_on, held.outcome, held.content) == (held_on, outcome_text, content):
            return held
        raise Refused("it was reported already", "bimbingan ini sudah dilaporkan")
    if held_on > local_date(clock(session).now(), await queries.calendar(session)):
        raise Invalid("it cannot be reported before it is held", "bimbingan belum dilaksanakan", where="held_on")
    held.state, held.held_on, held.outcome, held.content = (
        CoachingState.HELD.value,
        held_on,
        outcome_text,
        content,
    )
    held.reported_at = clock(session).now()
    await _close(session, held, outcome_text)
    return held


async def _locked(session: AsyncSession, coaching_id: UUID) -> Coaching:
    # Of two reports at once the second sees the first, and is refused unless it says the same.
    one = select(Coaching).where(col(Coaching.id) == coaching_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no coaching {coaching_id}", f"bimbingan {coaching_id} tidak ada")
    return found


async def _close(session: AsyncSession, held: Coaching, outcome: str) -> None:
    """The event carries the outcome alone: what was spoken about leaves this service in no form (L III)."""
    await close_obligations(session, OBLIGATIONS, ObligationKind.GIVE_COACHING, [held.id], tenant_id=held.tenant_id)
    event = CoachingReported(
        tenant_id=held.tenant_id,
        cycle_id=held.cycle_id,
        servant_id=held.servant_id,
        coaching_id=held.id,
        coach_id=held.coach_id,
        kind=CoachingKind(held.kind),
        reported_to=held.authority_id,
        outcome=outcome,
    )
    emit(session, event)
