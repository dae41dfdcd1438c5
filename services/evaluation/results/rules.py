"""What a decision about ratings makes of a result: the predicate follows from the table, the local score stands."""

from collections.abc import Sequence

from contracts.base import Rating
from scoring import study_leave
from scoring.outcome import Outcome, outcome
from scoring.trace import NATIONAL, Step


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
