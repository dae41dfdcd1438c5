"""What the evaluation service emits of periodic evaluations inside a cycle (PermenPANRB 6/2022 art. 24)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.about import AboutAppraisal
from contracts.base import Predicate, Rating


class PeriodEvaluated(AboutAppraisal):
    """The rater, or who stands in, evaluated one report period; the result of the whole period is another matter."""

    topic: ClassVar[str] = "evaluation"
    period: int
    starts_on: date
    ends_on: date
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    evaluated_by: UUID
