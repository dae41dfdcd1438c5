"""Newest results of a cycle as the national application takes them, a page at a time; nothing is written."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from directory.models import Person, Unit
from kit.keyset import Window, read_rows
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.models import Cycle
from services.evaluation.reports.rules import ExportedPerson, HoldReason, Outcome, Record, hold_reason, record
from services.evaluation.results.models import Result


@dataclass(frozen=True, slots=True)
class HeldResult:
    """A result that is not exported now, and why."""

    result_id: UUID
    servant_id: UUID
    reason: HoldReason


@dataclass(frozen=True, slots=True)
class Exported:
    """One page of a cycle's results."""

    records: list[Record]
    held: list[HeldResult]
    next: str | None
    servants: list[UUID]
    """Whom the page tells of."""


_RATER, _RATERS_UNIT, _OWN_UNIT = aliased(Person), aliased(Unit), aliased(Unit)
_SIGNED_BY = case((col(Result.by_superior), col(Result.issued_by)), else_=col(Result.rater_id))
"""Who rated: where the rater was silent, the superior who signed (L V.A.8)."""


async def page(session: AsyncSession, cycle: Cycle, *, window: Window) -> Exported:
    """The next results; each is a record or is held back with a reason."""
    # Inner joins: a record names the person, the rater, and the units of both.
    looking = (
        select(Result, Appraisal, Person, _OWN_UNIT, _RATER, _RATERS_UNIT)
        .join(Appraisal, col(Appraisal.id) == col(Result.appraisal_id))
        .join(Person, col(Person.id) == col(Result.servant_id))
        .join(_OWN_UNIT, col(_OWN_UNIT.id) == col(Person.unit_id))
        .join(_RATER, col(_RATER.id) == _SIGNED_BY)
        .join(_RATERS_UNIT, col(_RATERS_UNIT.id) == col(_RATER.unit_id))
        .where(col(Result.cycle_id) == cycle.id, col(Result.superseded_by).is_(None))
    )
    found = await read_rows(session, looking, col(Result.id), window=window)
    records, held = [], []
    for result, appraisal, person, unit, rater, raters_unit in found.items:
        outcome = _outcome(result, appraisal)
        if (reason := hold_reason(outcome)) is not None:
            held.append(HeldResult(outcome.result_id, result.servant_id, reason))
            continue
        # Who left during the period was appraised up to that day (L II.C.8).
        end = appraisal.ended_on or cycle.period_end
        about, by = _person(person, unit), _person(rater, raters_unit)
        records.append(record(outcome, about, by, start=cycle.period_start, end=end))
    return Exported(records, held, found.next, [row[0].servant_id for row in found.items])


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


def _person(person: Person, unit: Unit) -> ExportedPerson:
    return ExportedPerson(person.nip, person.name, person.position, person.grade, unit.name)
