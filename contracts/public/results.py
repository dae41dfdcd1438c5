"""Published facts of results, version by version: issued, received, final, superseded."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Predicate, Rating
from contracts.evaluation import periods, results
from contracts.public.base import Exact, Fact, published


class PeriodEvaluatedFact(Fact):
    """A period within a cycle was evaluated."""

    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID
    period: int
    starts_on: date
    ends_on: date
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate


class _Result(Fact):
    """What every fact about one version of a result carries."""

    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID
    result_id: UUID
    version: int
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate


class ResultIssuedFact(_Result):
    """A version of a result was signed; it may still be objected to."""

    issued_at: AwareDatetime
    objection_id: UUID | None = None
    """The objection whose decision made this version, if one did."""


class ResultReceivedFact(_Result):
    """The result was received, or is deemed to be; the time for an objection runs from here."""

    received_at: AwareDatetime
    deemed: bool
    object_until: AwareDatetime | None


class ResultFinalisedFact(_Result):
    """Nothing but a correction changes this result any more: what follows from it may follow."""

    local_score: Exact | None
    finalised_at: AwareDatetime
    period_start: date | None = None
    period_end: date | None = None
    months: int | None = None
    replaces_version: int | None = None
    """The version before, which was superseded; null for the first one."""
    replaces_result_id: UUID | None = None


class ResultSupersededFact(Fact):
    """A later version takes the place of this one; what was paid by it is to be looked at again."""

    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID
    result_id: UUID
    version: int
    by_version: int
    by_result_id: UUID | None = None
    predicate: Predicate | None = None
    """What no longer counts."""
    was_final: bool
    period_start: date | None = None
    period_end: date | None = None


TYPES = (
    published(PeriodEvaluatedFact, periods.PeriodEvaluated, name="period-evaluated"),
    published(ResultIssuedFact, results.ResultIssued, name="result-issued"),
    published(ResultReceivedFact, results.ResultReceived, name="result-received"),
    published(ResultFinalisedFact, results.ResultFinalised, name="result-finalised"),
    published(ResultSupersededFact, results.ResultSuperseded, name="result-superseded"),
)
