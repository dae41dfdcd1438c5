"""How the content of a plan is answered: results and indicators with their values so far, and the seven values."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.evidence import Evidence
from contracts.plans.plans import IndicatorState
from services.plans.plans.rules.agreements import Annex
from services.plans.plans.rules.berakhlak import GUIDES, Value
from services.plans.plans.rules.content import Indicator, WorkResult


class MeasuredIndicator(Indicator):
    """An indicator with its value so far."""

    actual: Decimal | None = None
    reason: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    """Where whoever doubts the value can look."""

    @classmethod
    def of(cls, indicator: Indicator, state: IndicatorState | None) -> "MeasuredIndicator":
        """With what is known of it."""
        if state is None:
            return cls(**indicator.model_dump())
        evidence = list(state.evidence or ())
        return cls(**indicator.model_dump(), actual=state.actual, reason=state.reason, evidence=evidence)


class MeasuredResult(WorkResult):
    """A work result with its indicators."""

    indicators: tuple[MeasuredIndicator, ...] = ()

    @classmethod
    def of(cls, result: WorkResult, states: Mapping[UUID, IndicatorState]) -> "MeasuredResult":
        """With what is known of its indicators, by their id."""
        indicators = tuple(
            MeasuredIndicator.of(one, states.get(one.id) if one.id else None) for one in result.indicators
        )
        return cls(**result.model_dump(exclude={"indicators"}), indicators=indicators)


class Behaviour(BaseModel):
    """One of the seven values that every plan expects, with the leader's special expectation, if any."""

    value: Value
    name: str
    guides: tuple[str, str, str]
    expectation: str | None


def behaviours(written: Annex) -> list[Behaviour]:
    """All seven, whether the plan says something special of them or not."""
    special = {one.value: one.expectation for one in written.expectations}
    return [
        Behaviour(value=value, name=name, guides=guides, expectation=special.get(value))
        for value, (name, guides) in GUIDES.items()
    ]
