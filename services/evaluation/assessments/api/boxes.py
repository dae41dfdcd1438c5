"""What stands beside each number that an assessor is asked for: the policy's words for its levels (PLB-4)."""

from decimal import Decimal

from pydantic import BaseModel

from contracts.base import Rating
from contracts.policy import Criterion, Policy, Words
from scoring.levels import levels, scored_by
from scoring.names import Names
from services.evaluation.assessments.rules.form import codes


class NamedLevel(BaseModel):
    """One level of a score with its words: from these points to below those; the highest goes to the end of the scale."""

    level: Rating
    words: Words
    points_from: Decimal
    points_below: Decimal | None


class ScoreBox(BaseModel):
    """One number that is asked for, beside what its levels look like (PLB-4)."""

    code: str
    label: Words
    criterion: str
    """The criterion that it is, or is a part of."""
    levels: list[NamedLevel]
    """Best first; none where the policy ties no words to points."""


def boxes_of(policy: Policy) -> list[ScoreBox]:
    """In the order of the policy."""
    names, asked = Names(policy), set(codes(policy))
    return [
        ScoreBox(code=code, label=names(code), criterion=criterion.code, levels=_levels(criterion))
        for code, criterion in scored_by(policy)
        if code in asked
    ]


def _levels(criterion: Criterion) -> list[NamedLevel]:
    return [
        NamedLevel(
            level=one.rating,
            words=Words(id=one.descriptor.id, en=one.descriptor.en),
            points_from=one.descriptor.points_from or Decimal(0),
            points_below=one.descriptor.points_below,
        )
        for one in levels(criterion)
    ]
