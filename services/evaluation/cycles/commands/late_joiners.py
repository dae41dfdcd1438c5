"""Late joiners: people who enter a unit of a cycle's scope after its enrolment take part while the period still runs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.interventions import LateMembersEnrolled
from directory.models import Person
from kit.outbox import emit
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.commands.enrolment import covered, take_in
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.cycles.queries.cycles import count_members
from services.evaluation.cycles.rules.states import CycleState

JOINABLE = (Phase.PREPARATION, Phase.PLANNING, Phase.EXECUTION)
"""Whoever comes after these has no work in the period that could be evaluated."""


async def admit_new(session: AsyncSession, people: Sequence[UUID]) -> None:
    """Whoever is new among these people joins the open cycles of the unit's scope."""
    if people:
        for cycle in (await session.scalars(select(Cycle).where(col(Cycle.state) == CycleState.OPEN.value))).all():
            await admit(session, cycle, people)


async def admit(session: AsyncSession, cycle: Cycle, people: Sequence[UUID] | None = None) -> int:
    """Enrol who is covered, takes no part yet, and whose rater is known; of these people and those whom they rate.

    Nobody joins before the enrolment itself, during a pause, or once the evaluation has begun. Returns how many joined.
    """
    if cycle.state != CycleState.OPEN or cycle.paused_at is not None or not await _joinable(session, cycle.id):
        return 0
    joined = await take_in(session, cycle, covered(cycle, only=_new(cycle, people)))
    if joined:
        event = LateMembersEnrolled(
            tenant_id=cycle.tenant_id, cycle_id=cycle.id, joined=joined, members=await count_members(session, cycle.id)
        )
        emit(session, event)
    return joined


async def _joinable(session: AsyncSession, cycle_id: UUID) -> bool:
    # Before the enrolment itself has made the first appraisal nobody joins: it freezes everybody's relations at once.
    enrolled = exists(select(literal(1)).where(col(Appraisal.cycle_id) == cycle_id))
    over = exists(
        select(literal(1)).where(
            col(CyclePhase.cycle_id) == cycle_id,
            col(CyclePhase.opened_at).is_not(None),
            col(CyclePhase.phase).not_in([phase.value for phase in JOINABLE]),
        )
    )
    return bool((await session.execute(select(enrolled & ~over))).scalar_one())


def _new(cycle: Cycle, people: Sequence[UUID] | None) -> ColumnElement[bool]:
    member = exists(
        select(literal(1)).where(col(Appraisal.cycle_id) == cycle.id, col(Appraisal.servant_id) == col(Person.id))
    )
    arrived = or_(col(Person.rater_id).is_(None), col(Person.rater_id).in_(select(_known.c.id)))
    new = ~member & arrived
    return new if people is None else new & or_(col(Person.id).in_(people), col(Person.rater_id).in_(people))


# A rater who has not arrived in the copy yet would be missing for ever: relations are frozen when somebody joins.
_known = select(col(Person.id)).subquery("known")
