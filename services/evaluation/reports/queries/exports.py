"""Newest results of a cycle as the national application takes them, a page at a time; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from contracts.registry.personnel import Status
from directory.models import Person, Unit
from kit.keyset import Window, read_rows
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.credits.queries.positions import held_by
from services.evaluation.credits.rules.parts import Held
from services.evaluation.cycles.models import Cycle
from services.evaluation.reports.queries.raters import FormerRaters, HeadsOf, former_raters, regional_heads
from services.evaluation.reports.queries.raters import exported as _person
from services.evaluation.reports.rules.parts import parts
from services.evaluation.reports.rules.records import (
    ExportedPerson,
    HoldReason,
    Outcome,
    Record,
    Stretch,
    hold_reason,
    record,
)
from services.evaluation.results.models import Result


@dataclass(frozen=True, slots=True)
class HeldResult:
    """A result that is not exported now, and why."""

    result_id: UUID
    servant_id: UUID
    reason: HoldReason


@dataclass(frozen=True, slots=True)
class ExportedResult:
    """A result that may go: a record for each of its parts."""

    result_id: UUID
    appraisal_id: UUID
    servant_id: UUID
    version: int
    records: list[Record]


@dataclass(frozen=True, slots=True)
class Exported:
    """One page of a cycle's results."""

    results: list[ExportedResult]
    held: list[HeldResult]
    next: str | None
    servants: list[UUID]
    """Whom the page tells of."""

    @property
    def records(self) -> list[Record]:
        """Of all of them, in their order."""
        return [one for result in self.results for one in result.records]


_SIGNER, _SIGNERS_UNIT, _OWN_UNIT = aliased(Person), aliased(Unit), aliased(Unit)
_SIGNED_BY = case((col(Result.by_superior), col(Result.issued_by)), else_=col(Result.rater_id))
"""Who rated: where the rater was silent, the superior who signed (L V.A.8)."""


async def page(session: AsyncSession, cycle: Cycle, *, window: Window) -> Exported:
    """The next results; each is a record for each of its parts, or is held back with a reason."""
    # A regional head who rates is in no unit of the city.
    looking = (
        select(Result, Appraisal, Person, _OWN_UNIT, _SIGNER, _SIGNERS_UNIT)
        .join(Appraisal, col(Appraisal.id) == col(Result.appraisal_id))
        .join(Person, col(Person.id) == col(Result.servant_id))
        .join(_OWN_UNIT, col(_OWN_UNIT.id) == col(Person.unit_id))
        .join(_SIGNER, col(_SIGNER.id) == _SIGNED_BY)
        .outerjoin(_SIGNERS_UNIT, col(_SIGNERS_UNIT.id) == col(_SIGNER.unit_id))
        .where(col(Result.cycle_id) == cycle.id, col(Result.superseded_by).is_(None))
    )
    found = await read_rows(session, looking, col(Result.id), window=window)
    people = [row[0].servant_id for row in found.items]
    known = _Known(
        await former_raters(session, [row[0].appraisal_id for row in found.items]),
        await held_by(session, people),
        await regional_heads(session, people),
    )
    results: list[ExportedResult] = []
    held: list[HeldResult] = []
    for result, appraisal, person, unit, signer, signers_unit in found.items:
        outcome = _outcome(result, appraisal)
        if (reason := hold_reason(outcome)) is not None:
            held.append(HeldResult(outcome.result_id, result.servant_id, reason))
            continue
        about = _person(person, unit)
        by = known.heads.get((person.id, signer.id)) or _person(signer, signers_unit)
        records = [record(outcome, about, by, one) for one in _stretches(cycle, appraisal, person, by, known)]
        results.append(ExportedResult(result.id, appraisal.id, person.id, result.version, records))
    return Exported(results, held, found.next, people)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was of the people of a page, in the time of the cycle."""

    former: FormerRaters
    held: Mapping[UUID, Sequence[Held]]
    heads: HeadsOf

    def rater(self, servant_id: UUID, rater_id: UUID | None, signer: ExportedPerson) -> ExportedPerson:
        """Who rated in a part: whoever signed the result, unless another was the rater then; for a delegate the head."""
        if rater_id is None:
            return signer
        return self.heads.get((servant_id, rater_id)) or self.former.people.get(rater_id, signer)


def _stretches(
    cycle: Cycle, appraisal: Appraisal, person: Person, signer: ExportedPerson, known: _Known
) -> list[Stretch]:
    # Who left during the period was appraised up to that day (L II.C.8).
    end = appraisal.ended_on or cycle.period_end
    always = [Held(None, person.employment_type, person.position_kind, Status.ACTIVE.value)]
    held = known.held.get(appraisal.servant_id) or always
    former = known.former.by_appraisal.get(appraisal.id, [])
    found = parts(cycle.period_start, end, former=former, held=held)
    return [
        Stretch(
            start=one.first,
            end=one.last,
            rater=known.rater(person.id, one.rater_id, signer),
            position_kind=one.position_kind,
            number=number,
            of=len(found),
        )
        for number, one in enumerate(found, start=1)
    ]


def _outcome(result: Result, appraisal: Appraisal) -> Outcome:
    return Outcome(
        result_id=result.id,
        version=result.version,
        result_rating=Rating(result.result_rating),
        behaviour_rating=Rating(result.behaviour_rating),
        predicate=Predicate(result.predicate),
        final=result.finalised_at is not None,
        objection_open=appraisal.objection_open,
        has_rater=appraisal.rater_id is not None,
    )
