"""What a decision makes of a result: the predicate follows from the table, the score from what was set anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from contracts.amendments import ScoreChange
from contracts.base import Rating
from scoring import study_leave
from scoring.inputs import MeasuredIndicator
from scoring.numbers import written
from scoring.outcome import Outcome, outcome
from scoring.trace import NATIONAL, Code, Step


@dataclass(frozen=True, slots=True)
class Decisions:
    """What decisions about questions and objections have set in a score so far (DMI-8)."""

    scores: Mapping[str, Decimal] = field(default_factory=dict)
    """Points by criterion."""
    actuals: Mapping[str, Decimal] = field(default_factory=dict)
    """Actuals by indicator."""
    reported: Mapping[str, str | None] = field(default_factory=dict)
    """What had been reported when an actual was decided about; as ``numbers.written``."""

    def and_then(self, changes: Iterable[ScoreChange]) -> "Decisions":
        """With a later decision, which is the last word about what it names."""
        scores, actuals, reported = dict(self.scores), dict(self.actuals), dict(self.reported)
        for one in changes:
            if one.criterion is not None and one.score is not None:
                scores[one.criterion] = one.score
            elif one.actual is not None:
                actuals[one.about] = one.actual
                reported.pop(one.about, None)
        return Decisions(scores, actuals, reported)

    def applied(self, one: MeasuredIndicator) -> MeasuredIndicator:
        """The indicator as it was decided; a figure that was reported after the decision is the newer fact."""
        if (decided := self.actuals.get(one.id)) is None:
            return one
        if one.id in self.reported and self.reported[one.id] != (None if one.actual is None else written(one.actual)):
            return one
        return one.corrected_to(decided)


def decisions_of(trace: Iterable[Mapping[str, Any]]) -> Decisions:
    """The decisions that a stored trace tells of."""
    scores: dict[str, Decimal] = {}
    actuals: dict[str, Decimal] = {}
    reported: dict[str, str | None] = {}
    # Read as it is stored: nearly no trace has any, and a simulation asks those of a whole city.
    for step in trace:
        if step["code"] == Code.AMENDED:
            scores[step["subject"]] = Decimal(step["value"])
        elif step["code"] == Code.CORRECTED:
            indicator = step["subject"].partition("/")[0]
            actuals[indicator] = Decimal(step["value"])
            reported[indicator] = next((one["value"] for one in step["operands"] if one["name"] == "before"), None)
    return Decisions(scores, actuals, reported)


def actuals_of(trace: Iterable[Mapping[str, Any]]) -> dict[str, Decimal | None]:
    """The indicators that a stored trace measures, each with the actual that counted; None where one is missing."""
    found: dict[str, Decimal | None] = {}
    for step in trace:
        if step["code"] == Code.ACHIEVEMENT:
            found[step["subject"]] = next(Decimal(one["value"]) for one in step["operands"] if one["name"] == "actual")
        elif step["code"] == Code.MISSING and _is_id(step["subject"]):
            found[step["subject"]] = None
    return found


def _is_id(subject: str) -> bool:
    """Criteria have codes, indicators have ids."""
    try:
        UUID(subject)
    except ValueError:
        return False
    return True


def rerated(
    ratings: tuple[str | None, str | None],
    result_rating: Rating | None,
    behaviour_rating: Rating | None,
    *,
    trace: Sequence[Step],
) -> Outcome:
    """The predicate of changed ratings; what is not changed stays, and so does what ``trace`` says of study leave."""
    before_result, before_behaviour = (Rating(one or "") for one in ratings)
    no_degree = study_leave.recorded(trace)
    return outcome(result_rating or before_result, behaviour_rating or before_behaviour, no_degree=no_degree)


def retraced(trace: Sequence[Step], national: Outcome) -> list[Step]:
    """The local steps as they were, and the new way to the predicate."""
    return [*(step for step in trace if step.code not in NATIONAL), *national.trace]
