"""What a plan says: work results with indicators and agreements, as the servant writes them and a version keeps them."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from contracts.base import Frozen
from contracts.plans.plans import Direction
from contracts.policy.follow_up import Documentation
from kit.errors import Invalid
from services.plans.plans.rules.agreements import Annex
from services.plans.plans.rules.texts import LONGEST_TEXT

LARGEST = 10**16
"""A target; no budget of a province has more rupiah."""
MOST_RESULTS = 30
MOST_INDICATORS = 20


class ResultKind(StrEnum):
    """Hasil kerja utama or tambahan (PermenPANRB 6/2022)."""

    PRIMARY = "PRIMARY"
    ADDITIONAL = "ADDITIONAL"
    ACADEMIC = "ACADEMIC"
    """What is expected of who is on study leave (L II.C.8)."""


class Aspect(StrEnum):
    """Which side of a result an indicator measures."""

    QUANTITY = "QUANTITY"
    QUALITY = "QUALITY"
    TIME = "TIME"
    COST = "COST"


class Indicator(Frozen):
    """How one result is measured."""

    id: UUID | None = None
    """Of an indicator that is kept; a new one gets its id when it is stored."""
    aspect: Aspect = Aspect.QUANTITY
    statement: str = Field(min_length=1, max_length=LONGEST_TEXT)
    unit: str = Field(default="", max_length=200)
    direction: Direction = Direction.HIGHER_BETTER
    target_lo: Decimal = Field(ge=0, le=LARGEST, max_digits=20, decimal_places=4)
    target_hi: Decimal = Field(ge=0, le=LARGEST, max_digits=20, decimal_places=4)
    """Equal to ``target_lo`` for a point target."""
    weight: Decimal = Field(ge=0, le=100, max_digits=7, decimal_places=4)
    source_of_data: str = Field(default="", max_length=LONGEST_TEXT)
    max_attainable: bool = False
    """The target is the most that can be attained (PermenPANRB 8/2021)."""


class WorkResult(Frozen):
    """One work result."""

    id: UUID | None = None
    kind: ResultKind = ResultKind.PRIMARY
    statement: str = Field(min_length=1, max_length=LONGEST_TEXT)
    goal: str | None = Field(default=None, max_length=LONGEST_TEXT)
    """The city's goal that it serves."""
    superior_result_id: UUID | None = None
    """The result of the rater that it serves (hasil kerja yang diintervensi)."""
    report_every: Documentation | None = None
    """How often it is accounted for (skema pertanggungjawaban, arts 7-13)."""
    evidence: str = Field(default="", max_length=LONGEST_TEXT)
    """The evidence that is expected of it."""
    indicators: tuple[Indicator, ...] = Field(default=(), max_length=MOST_INDICATORS)

    @property
    def linked(self) -> bool:
        """Whether it serves a goal of the city or a result of the superior."""
        return bool(self.goal and self.goal.strip()) or self.superior_result_id is not None


class Content(Annex):
    """The whole content of a plan."""

    results: tuple[WorkResult, ...] = Field(default=(), max_length=MOST_RESULTS)

    @property
    def annex(self) -> Annex:
        """Everything but the results."""
        return Annex.model_validate(self.model_dump(exclude={"results"}))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator, in order."""
        return tuple(indicator for result in self.results for indicator in result.indicators)


def bare(content: Content) -> Content:
    """The content without ids, so that two can be compared for what they say."""
    return _with_ids(content, lambda _: None)


def identified(content: Content, before: Content, make: Callable[[], UUID]) -> Content:
    """The content with an id for every part; raises Invalid for an id that this plan never had, or has twice."""
    given = [*(result.id for result in content.results), *(indicator.id for indicator in content.indicators)]
    named = [one for one in given if one is not None]
    mine = {result.id for result in before.results} | {indicator.id for indicator in before.indicators}
    if strange := [one for one in named if one not in mine or named.count(one) > 1]:
        raise Invalid(
            f"{strange[0]} is not one part of this plan: leave the id out for what is new",
            f"{strange[0]} bukan bagian rencana ini: kosongkan id untuk yang baru",
        )
    return _with_ids(content, lambda known: known or make())


def _with_ids(content: Content, change: Callable[[UUID | None], UUID | None]) -> Content:
    results = [
        result.model_copy(
            update={
                "id": change(result.id),
                "indicators": tuple(one.model_copy(update={"id": change(one.id)}) for one in result.indicators),
            }
        )
        for result in content.results
    ]
    return content.model_copy(update={"results": tuple(results)})
