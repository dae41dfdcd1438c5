"""What a local score is calculated from: the plan's indicators with their actuals, and what assessors gave."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from contracts.base import AssessorRole, Frozen
from contracts.plans.plans import Direction, IndicatorState


class MeasuredIndicator(Frozen):
    """An indicator of the plan; ``weight`` in percent of the plan, target and actual in the indicator's own unit."""

    id: str
    weight: Decimal = Field(ge=0, le=100)
    direction: Direction
    target_lo: Decimal
    target_hi: Decimal
    actual: Decimal | None = None
    """None: not reported, which is not the same as 0."""
    corrected: bool = False
    """A decision about a question or an objection says what the actual is."""
    reported: Decimal | None = None
    """Where it was corrected, what had been reported."""

    @classmethod
    def of(cls, state: IndicatorState) -> Self:
        """From the plans service's event."""
        return cls.model_validate({**state.model_dump(), "id": str(state.id)})

    def corrected_to(self, actual: Decimal) -> Self:
        """The same indicator with the actual that was decided."""
        return self.model_copy(update={"actual": actual, "corrected": True, "reported": self.actual})


class AssessorScores(Frozen):
    """What one assessor gave: points of 0 to 120 by code (see ``formula.scored_codes``)."""

    source: AssessorRole
    scores: dict[str, Decimal]


class ScoreInputs(Frozen):
    """Everything that goes into one person's local score.

    Raises ValueError (pydantic's ValidationError) where the weights of the indicators do not sum to 100, or a score is
    off the scale of 0 to 120.
    """

    indicators: tuple[MeasuredIndicator, ...] = ()
    assessments: tuple[AssessorScores, ...] = ()
    innovation_recognised: bool = False
    decided: dict[str, Decimal] = Field(default_factory=dict)
    """Points of 0 to 120 by criterion that a decision set, in place of what assessors gave (DMI-8)."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(one.weight for one in self.indicators)
        if self.indicators and total != 100:
            raise ValueError(f"the weights of the indicators sum to {total}, not to 100")
        for scores in (*(given.scores for given in self.assessments), self.decided):
            for code, score in scores.items():
                if not 0 <= score <= 120:
                    raise ValueError(f"{code}: {score} is not on the scale of 0 to 120")
        return self
