"""How a city teaches its appraisal: materials with worked examples of measuring, and a quiz (Binjai, Plaju)."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from contracts.base import Frozen, Words
from contracts.plans.plans import Direction

Figure = Annotated[Decimal, Field(ge=0, le=10**16, max_digits=20, decimal_places=4)]
"""A target or an actual in the unit of its indicator."""
Link = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2_000)]
"""Where a text, a recording or a form lies."""
MOST_OPTIONS = 8


class WorkedExample(Frozen):
    """An indicator with what was planned and what was reached; what that makes, the scoring engine says."""

    statement: Words
    unit: Words
    direction: Direction = Direction.HIGHER_BETTER
    target_lo: Figure
    target_hi: Figure
    """Equal to ``target_lo`` for a point target."""
    actual: Figure

    @model_validator(mode="after")
    def _measurable(self) -> Self:
        if self.target_lo > self.target_hi:
            raise ValueError("target_lo lies above target_hi: write the lower end of the target first")
        if self.direction is Direction.HIGHER_BETTER and self.target_hi == 0:
            raise ValueError("a target of 0 where more is better measures nothing: choose one above 0")
        return self


class Material(Frozen):
    """Something to learn from: a text, a link, a worked example, or several of them."""

    title: Words
    text: Words | None = None
    link: Link | None = None
    topic: Annotated[int, Field(ge=1, le=100)] | None = None
    """The topic of the training sessions that it belongs to, 1 for the first."""
    example: WorkedExample | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.link is None and self.example is None:
            raise ValueError("a material has a text, a link or a worked example: write at least one of them")
        return self


class Question(Frozen):
    """A question of the quiz with one right option."""

    text: Words
    options: tuple[Words, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    right: int = Field(ge=1, le=MOST_OPTIONS)
    """1 for the first option."""
    why: Words
    """Told to whoever has answered."""

    @model_validator(mode="after")
    def _has_an_answer(self) -> Self:
        if self.right > len(self.options):
            raise ValueError(f"option {self.right} is the right one, but there are {len(self.options)}")
        return self


class LearningRule(Frozen):
    """What each cycle begins with; the performance office adds to it."""

    materials: tuple[Material, ...] = Field(default=(), max_length=50)
    quiz: tuple[Question, ...] = Field(default=(), max_length=50)
