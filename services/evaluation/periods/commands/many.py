"""One report period of many people in one call, each with its own outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.conflicts import Offices
from kit.db import actor
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import local_date
from scoring.quadrant import predicate
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.queries.context import CycleContext, open_context
from services.evaluation.periods import events
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.periods.queries import limits

_KIND = ObligationKind.EVALUATE_PERIOD
_WHAT = ("evaluate periods", "mengevaluasi kinerja periodik")
_IDS = any_(bindparam("ids", type_=ARRAY(PG_UUID)))
_ROWS = select(PeriodicEvaluation).where(
    col(PeriodicEvaluation.appraisal_id) == _IDS,
    col(PeriodicEvaluation.number).in_(bindparam("numbers", expanding=True)),
)


class EvaluationOutcome(StrEnum):
    """What became of one appraisal in the call."""

    EVALUATED = "EVALUATED"
    ALREADY_SO = "ALREADY_SO"
    PERIOD_RUNS = "PERIOD_RUNS"
    ASSESSED = "ASSESSED"
    """The whole period has been assessed, so that no part of it is evaluated any more."""
    NOTHING_BEFORE = "NOTHING_BEFORE"
    RATINGS_MISSING = "RATINGS_MISSING"
    NOTE_MISSING = "NOTE_MISSING"
    HANDED_OVER = "HANDED_OVER"
    NOT_ALLOWED = "NOT_ALLOWED"
    NOT_FOUND = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class ManyGiven:
    """What is given to one person; None in place of ratings gives those of the period before."""

    ratings: tuple[Rating | None, Rating | None] | None
    note: str


class Evaluated(NamedTuple):
    """One appraisal of the call with its outcome."""

    appraisal_id: UUID
    outcome: EvaluationOutcome
    predicate: Predicate | None = None
    as_before: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the outcome of each follows from, read once for all."""

    context: CycleContext
    appraisals: Mapping[UUID, Appraisal]
    rows: Mapping[UUID, PeriodicEvaluation]
    before: Mapping[UUID, PeriodicEvaluation]
    owed: frozenset[UUID]
    handed_over: frozenset[UUID]
    offices: Offices


async def evaluate(
    session: AsyncSession, cycle_id: UUID, number: int, given: Mapping[UUID, ManyGiven]
) -> list[Evaluated]:
    """Rate whom the actor may rate; raises Forbidden if that is nobody, Refused if nobody could be evaluated."""
    context = await open_context(session, cycle_id)
    facts = await _facts(session, context, number, list(given))
    found = {one: _judge(session, facts, one, what) for one, what in given.items()}
    outcomes = {one: outcome for one, (outcome, _) in found.items()}
    if set(outcomes.values()) == {EvaluationOutcome.NOT_ALLOWED}:
        raise access.forbidden(_WHAT, Relation.RATER, Relation.DEBTOR)
    rating = {one: ratings for one, (outcome, ratings) in found.items() if outcome is EvaluationOutcome.EVALUATED}
    for one, ratings in rating.items():
        _write(session, facts, one, ratings, given[one])
    await _close(session, facts, list(rating))
    done = [_outcome(facts, one, outcome) for one, outcome in outcomes.items()]
    if not {EvaluationOutcome.EVALUATED, EvaluationOutcome.ALREADY_SO} & set(outcomes.values()):
        raise _nothing(done)
    return done


async def _facts(session: AsyncSession, context: CycleContext, number: int, ids: Sequence[UUID]) -> _Facts:
    asked = {"ids": ids, "numbers": [number, number - 1]}
    subjects = [one.id for one in (await session.scalars(_ROWS, asked)).all() if one.number == number]
    # Obligations before appraisals, as the sweep locks them; what was read before waiting for a lock is read anew.
    owed = await access.claimed(session, _KIND, subjects)
    locked = await access.locked_all(session, ids)
    rows = (await session.scalars(_ROWS.execution_options(populate_existing=True), asked)).all()
    appraisals = {one.id: one for one in locked if one.cycle_id == context.cycle.id}
    return _Facts(
        context=context,
        appraisals=appraisals,
        rows={one.appraisal_id: one for one in rows if one.number == number},
        before={one.appraisal_id: one for one in rows if one.number == number - 1},
        owed=owed,
        handed_over=await access.handed_over(session, _KIND, subjects),
        offices=await access.offices_about(session, list(appraisals.values())),
    )


_Ratings = tuple[Rating, Rating]


def _judge(
    session: AsyncSession, facts: _Facts, one: UUID, given: ManyGiven
) -> tuple[EvaluationOutcome, tuple[_Ratings, bool] | None]:
    """The outcome, and the ratings to be written with whether another rater gave them."""
    if (barred := _barred(session, facts, one)) is not None:
        return barred, None
    row = facts.rows[one]
    ratings, taken_over = _ratings(session, facts, one, given)
    if ratings is None:
        missing = EvaluationOutcome.NOTHING_BEFORE if given.ratings is None else EvaluationOutcome.RATINGS_MISSING
        return missing, None
    if not given.note:
        return EvaluationOutcome.NOTE_MISSING, None
    wanted = (ratings[0].value, ratings[1].value, given.note, taken_over)
    if (row.result_rating, row.behaviour_rating, row.note, row.as_before) == wanted:
        return EvaluationOutcome.ALREADY_SO, None
    too_soon = local_date(facts.context.now, facts.context.calendar) <= row.ends_on
    if too_soon or facts.appraisals[one].assessed_by is not None:
        return EvaluationOutcome.PERIOD_RUNS if too_soon else EvaluationOutcome.ASSESSED, None
    return EvaluationOutcome.EVALUATED, (ratings, taken_over)


def _barred(session: AsyncSession, facts: _Facts, one: UUID) -> EvaluationOutcome | None:
    """Why the actor may not evaluate this one at all."""
    appraisal, row = facts.appraisals.get(one), facts.rows.get(one)
    if appraisal is None or row is None:
        return EvaluationOutcome.NOT_FOUND
    found = access.related(session, appraisal) | ({Relation.DEBTOR} if row.id in facts.owed else set())
    if not access.may_rate(session, found, appraisal, facts.offices):
        return EvaluationOutcome.NOT_ALLOWED
    return EvaluationOutcome.HANDED_OVER if row.id in facts.handed_over else None


def _ratings(session: AsyncSession, facts: _Facts, one: UUID, given: ManyGiven) -> tuple[_Ratings | None, bool]:
    """Those that are given, or those of the period before; whether the latter are another rater's (L IV.A)."""
    if given.ratings is not None:
        result, behaviour = given.ratings
        return (None if result is None or behaviour is None else (result, behaviour)), False
    before = facts.before.get(one)
    if before is None or before.result_rating is None or before.behaviour_rating is None:
        return None, False
    return (Rating(before.result_rating), Rating(before.behaviour_rating)), before.evaluated_by != actor(session).id


def _write(
    session: AsyncSession, facts: _Facts, one: UUID, rated: tuple[_Ratings, bool] | None, given: ManyGiven
) -> None:
    if rated is None:
        return
    row, ((result, behaviour), taken_over) = facts.rows[one], rated
    row.as_before = taken_over
    row.result_rating, row.behaviour_rating, row.note = result.value, behaviour.value, given.note
    row.predicate = predicate(result, behaviour).value
    row.evaluated_by, row.evaluated_at = actor(session).id, facts.context.now


async def _close(session: AsyncSession, facts: _Facts, evaluated: Sequence[UUID]) -> None:
    """Written in one flush, closed by one statement, told one by one."""
    if not evaluated:
        return
    await session.flush()
    rows, tenant_id = [facts.rows[one] for one in evaluated], facts.context.tenant_id
    due = await limits(session, rows)
    await close_obligations(session, OBLIGATIONS, _KIND, [row.id for row in rows], tenant_id=tenant_id)
    for row in rows:
        row.due_at = due.get(row.id, row.due_at)  # it may have moved since it was opened
        emit(session, events.evaluated(facts.appraisals[row.appraisal_id], row, by=actor(session).id))


def _outcome(facts: _Facts, one: UUID, outcome: EvaluationOutcome) -> Evaluated:
    if outcome not in (EvaluationOutcome.EVALUATED, EvaluationOutcome.ALREADY_SO):
        return Evaluated(one, outcome)
    row = facts.rows[one]
    return Evaluated(one, outcome, Predicate(row.predicate or ""), row.as_before)


def _nothing(done: Sequence[Evaluated]) -> Refused:
    items = [{"appraisal_id": str(one.appraisal_id), "outcome": one.outcome.value} for one in done]
    return Refused(
        f"nobody could be evaluated: {', '.join(sorted({one.outcome.value for one in done}))}",
        "tidak ada pegawai yang dapat dievaluasi",
        items=items,
    )
