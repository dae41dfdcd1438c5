"""What a decision sets anew in a result: the score of a criterion, or the actual of an indicator (DMI-8)."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Frozen


class ScoreChange(Frozen):
    """One criterion with its score, or one indicator with what was really achieved."""

    criterion: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    """Code of a criterion that people score."""
    score: Annotated[Decimal, Field(ge=0, le=120, decimal_places=2)] | None = None
    """Points of 0 to 120, for a criterion."""
    indicator: UUID | None = None
    """An indicator of the plan; its criterion is calculated anew."""
    actual: Annotated[Decimal, Field(ge=0, le=10**14, max_digits=18, decimal_places=4)] | None = None
    """In the indicator's own unit."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        criterion, indicator = self.criterion is not None, self.indicator is not None
        if criterion == indicator or criterion != (self.score is not None) or indicator != (self.actual is not None):
            raise ValueError("name a criterion with its score, or an indicator with its actual")
        return self

    @property
    def about(self) -> str:
        """What is set anew: the code of the criterion, or the id of the indicator."""
        return self.criterion or str(self.indicator)


ScoreChanges = Annotated[list[ScoreChange], Field(max_length=50)]
"""As much as one decision may set anew."""
