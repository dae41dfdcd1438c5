"""What a local score is made from."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from contracts.base import AssessorRole, Frozen
from contracts.plans.plans import Direction, IndicatorState


class Measured(Frozen):
    """An indicator of the plan with its actual, if there is one."""

    id: str
    weight: Decimal = Field(ge=0, le=100)
    direction: Direction
    target_lo: Decimal
    target_hi: Decimal
    actual: Decimal | None = None

    @classmethod
    def of(cls, state: IndicatorState) -> Self:
        """As the plans service told it."""
        return cls.model_validate({**state.model_dump(), "id": str(state.id)})


class Given(Frozen):
    """What one assessor gave."""

    source: AssessorRole
    scores: dict[str, Decimal]


class Material(Frozen):
    """Everything that goes into one person's local score."""

    indicators: tuple[Measured, ...] = ()
    assessments: tuple[Given, ...] = ()
    innovation_recognised: bool = False

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        """Weights of a plan sum to 100, and every score lies on the scale."""
        total = sum(one.weight for one in self.indicators)
        if self.indicators and total != 100:
            raise ValueError(f"the weights of the indicators sum to {total}, not to 100")
        for given in self.assessments:
            for code, score in given.scores.items():
                if not 0 <= score <= 120:
                    raise ValueError(f"{code}: {score} is not on the scale of 0 to 120")
        return self
