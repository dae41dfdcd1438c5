"""The outcome of an appraisal: the two ratings, the predicate of the nine-cell table, and the local score beside it."""

from contracts.base import Frozen, OrgPerformance, Predicate, Rating
from kit.errors import Invalid
from scoring.quadrant import code_of, predicate
from scoring.ratings import of_unit_head
from scoring.study_leave import capped
from scoring.trace import Code, Operand, Step


class Outcome(Frozen):
    """The national side of a result: ratings, predicate and its code of 1 (best) to 5; the local score never changes it."""

    result_rating: Rating
    behaviour_rating: Rating
    quadrant: int
    predicate: Predicate
    trace: tuple[Step, ...]


def outcome(
    result_rating: Rating | None,
    behaviour_rating: Rating,
    *,
    unit_head: bool = False,
    org_performance: OrgPerformance | None = None,
    no_degree: bool = False,
) -> Outcome:
    """Ratings to predicate (PermenPANRB 6/2022 L IV.B); a unit's head has the rating of its organisation (SE 3/2023).

    ``no_degree``: study leave ended without one, so that the predicate is Kurang or Sangat Kurang only. Raises Invalid
    where the rating of the results, or the achievement that stands for it, is missing.
    """
    steps: list[Step] = []
    if unit_head:
        if org_performance is None:
            raise Invalid(
                "the head of a unit needs the achievement of the organisation",
                "pimpinan unit memerlukan capaian kinerja organisasi",
                where="org_performance",
            )
        # Whatever the rater says: results of a unit's head are those of the unit (SE MenPANRB 3/2023).
        result_rating = of_unit_head(org_performance)
        head_of = (Operand(name="org_performance", value=org_performance.value),)
        steps.append(Step(code=Code.UNIT_HEAD, subject="result_rating", operands=head_of, value=result_rating.value))
    if result_rating is None:
        raise Invalid("the rating of the results is missing", "rating hasil kerja belum ada", where="result_rating")
    steps.append(_in_table(result_rating, behaviour_rating))
    made = predicate(result_rating, behaviour_rating)
    if no_degree:
        made = capped(made)
        steps.append(_without_degree(steps[-1], made))
    return Outcome(
        result_rating=result_rating,
        behaviour_rating=behaviour_rating,
        quadrant=code_of(made),
        predicate=made,
        trace=tuple(steps),
    )


def _without_degree(before: Step, made: Predicate) -> Step:
    operands = (Operand(name="predicate", value=before.value or ""),)
    return Step(code=Code.STUDY_LEAVE, subject="predicate", operands=operands, value=made.value)


def _in_table(result_rating: Rating, behaviour_rating: Rating) -> Step:
    operands = (
        Operand(name="result_rating", value=result_rating.value),
        Operand(name="behaviour_rating", value=behaviour_rating.value),
    )
    value = predicate(result_rating, behaviour_rating).value
    return Step(code=Code.PREDICATE, subject="predicate", operands=operands, value=value)
