"""The survey as far as it may be read: the statements, one's own turn, and at last the means of large groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.policy import ListeningRule
from directory import queries
from kit.db import actor
from services.feedback.pulse.queries import Group, groups
from services.feedback.survey.models import SurveyCount, SurveyTurn
from services.feedback.survey.rules import is_read, is_taken


@dataclass(frozen=True, slots=True)
class Survey:
    """What is asked, whether one may answer still, and what came of it."""

    rule: ListeningRule
    taken: bool
    answered: bool
    groups: Sequence[Group]


async def survey(session: AsyncSession, cycle_id: UUID) -> Survey:
    """The survey of a cycle, for everybody of the city; raises NotFound if the city has no such cycle."""
    cycle = await queries.cycle(session, cycle_id)
    rule = (await queries.cycle_policy(session, cycle_id)).listening
    mine = select(func.count()).where(
        col(SurveyTurn.cycle_id) == cycle_id, col(SurveyTurn.servant_id) == actor(session).id
    )
    answered = bool((await session.execute(mine)).scalar_one())
    taken = bool(rule.survey) and is_taken(cycle.phase, closed=cycle.closed)
    found = await answers(session, cycle_id, rule) if is_read(cycle.phase, closed=cycle.closed) else []
    return Survey(rule, taken, answered, found)


async def answers(session: AsyncSession, cycle_id: UUID, rule: ListeningRule) -> list[Group]:
    """The whole cycle first, then its units; none of too few people."""
    return await groups(session, SurveyCount, cycle_id, questions=len(rule.survey), minimum=rule.pulse_minimum)
