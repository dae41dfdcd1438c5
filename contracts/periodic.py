"""What the evaluation service tells of periodic evaluations inside a cycle (PermenPANRB 6/2022 art. 24)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Predicate, Rating


class PeriodEvaluated(Event):
    """The rater, or who stands in, evaluated one report period; the result of the whole period is another matter."""

    topic: ClassVar[str] = "evaluation"
    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID
    period: int
    starts_on: date
    ends_on: date
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    evaluated_by: UUID

    @property
    def key(self) -> str:
        return str(self.appraisal_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)
