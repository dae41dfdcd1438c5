"""Newest results of a cycle as the national application takes them, a page at a time; nothing is written."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from directory.models import Person, Unit
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.models import Cycle
from services.evaluation.reports.rules import Held, Outcome, Record, Somebody, held, record
from services.evaluation.results.models import Result


@dataclass(frozen=True, slots=True)
class Kept:
    """A result that stays here, and why."""

    result_id: UUID
    servant_id: UUID
    reason: Held


@dataclass(frozen=True, slots=True)
class Exported:
    """One page of a cycle's results."""

    records: list[Record]
    kept: list[Kept]
    last: UUID | None


_RATER, _RATERS_UNIT, _OWN_UNIT = aliased(Person), aliased(Unit), aliased(Unit)
_SIGNED_BY = case((col(Result.by_superior), col(Result.issued_by)), else_=col(Result.rater_id))
"""Who rated: where the rater was silent, the superior who signed (L V.A.8)."""


async def page(session: AsyncSession, cycle: Cycle, *, after: UUID | None, limit: int) -> Exported:
    """The next results; each is a record or is kept with a reason."""
    looking = (
        select(Result, Appraisal, Person, _OWN_UNIT, _RATER, _RATERS_UNIT)
        .join(Appraisal, col(Appraisal.id) == col(Result.appraisal_id))
        .join(Person, col(Person.id) == col(Result.servant_id))
        .join(_OWN_UNIT, col(_OWN_UNIT.id) == col(Person.unit_id))
        .join(_RATER, col(_RATER.id) == _SIGNED_BY)
        .join(_RATERS_UNIT, col(_RATERS_UNIT.id) == col(_RATER.unit_id))
        .where(col(Result.cycle_id) == cycle.id, col(Result.superseded_by).is_(None))
        .order_by(col(Result.id))
        .limit(limit)
    )
    if after is not None:
        looking = looking.where(col(Result.id) > after)
    rows = (await session.execute(looking)).all()
    records, kept = [], []
    for result, appraisal, *people in rows:
        outcome = _outcome(result, appraisal)
        if (reason := held(outcome)) is not None:
            kept.append(Kept(outcome.result_id, result.servant_id, reason))
            continue
        person, rater = _somebody(people[0], people[1]), _somebody(people[2], people[3])
        end = appraisal.ended_on or cycle.period_end
        records.append(record(outcome, person, rater, start=cycle.period_start, end=end))
    return Exported(records, kept, rows[-1][0].id if len(rows) == limit else None)


def _outcome(result: Result, appraisal: Appraisal) -> Outcome:
    return Outcome(
        result_id=result.id,
        version=result.version,
        result_rating=Rating(result.result_rating),
        behaviour_rating=Rating(result.behaviour_rating),
        predicate=Predicate(result.predicate),
        final=result.finalised_at is not None,
        objection_open=appraisal.objection_open,
    )


def _somebody(person: Person, unit: Unit) -> Somebody:
    return Somebody(person.nip, person.name, person.position, person.grade, unit.name)
