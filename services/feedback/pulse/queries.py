"""The pulse as far as it may be read: the statements, one's own turn, and after execution the means of large groups."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.policy import ListeningRule
from directory import queries
from kit.columns import table_of
from kit.db import actor
from scoring.numbers import rounded
from services.feedback.pulse.models import PulseCount, PulseTurn
from services.feedback.pulse.rules import is_read, is_taken, shown


@dataclass(frozen=True, slots=True)
class Group:
    """A unit, or the whole city where ``unit_id`` is None: how many answered, and the mean of each statement."""

    unit_id: UUID | None
    people: int
    means: Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class Pulse:
    """What is asked, whether one may answer still, and what came of it."""

    rule: ListeningRule
    taken: bool
    answered: bool
    groups: Sequence[Group]


async def pulse(session: AsyncSession, cycle_id: UUID) -> Pulse:
    """The pulse of a cycle, for everybody of the city; raises NotFound if the city has no such cycle."""
    cycle = await queries.cycle(session, cycle_id)
    rule = (await queries.cycle_policy(session, cycle_id)).listening
    mine = select(func.count()).where(
        col(PulseTurn.cycle_id) == cycle_id, col(PulseTurn.servant_id) == actor(session).id
    )
    answered = bool((await session.execute(mine)).scalar_one())
    taken = bool(rule.pulse) and is_taken(cycle.phase, closed=cycle.closed)
    found: Sequence[Group] = ()
    if is_read(cycle.phase, closed=cycle.closed):
        found = await groups(session, PulseCount, cycle_id, questions=len(rule.pulse), minimum=rule.pulse_minimum)
    return Pulse(rule, taken, answered, found)


async def groups(
    session: AsyncSession, counters: type[SQLModel], cycle_id: UUID, *, questions: int, minimum: int
) -> list[Group]:
    """The city first, then its units; at most one row a unit and question is read. None of fewer than ``minimum``."""
    counts = table_of(counters).c
    counting = (
        select(counts.unit_id, counts.question, func.sum(counts.people), func.sum(counts.people * counts.value))
        .where(counts.cycle_id == cycle_id)
        .group_by(counts.unit_id, counts.question)
    )
    sums: dict[UUID, dict[int, tuple[int, int]]] = defaultdict(dict)
    for unit_id, question, people, points in (await session.execute(counting)).all():
        sums[unit_id][question] = (int(people), int(points))
    people = {unit_id: max(count for count, _ in of_unit.values()) for unit_id, of_unit in sums.items()}
    if sum(people.values()) < minimum:
        return []
    visible = shown(people, minimum=minimum)
    city = Group(None, sum(people.values()), _means(list(sums.values()), questions))
    units = [Group(one, people[one], _means([sums[one]], questions)) for one in sorted(visible)]
    return [city, *units]


def _means(groups: Sequence[dict[int, tuple[int, int]]], questions: int) -> list[Decimal]:
    totals = [
        [sum(one[question][part] for one in groups if question in one) for part in (0, 1)]
        for question in range(1, questions + 1)
    ]
    return [rounded(Decimal(points) / people, 1) for people, points in totals if people]
