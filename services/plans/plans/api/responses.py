"""How a plan is shown: in a list, whole, and what each of its parts looks like."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.plans.plans.queries.plans import Whole
from services.plans.plans.rules.agreements import Annex, Expectation, Resource
from services.plans.plans.rules.berakhlak import GUIDES, Value
from services.plans.plans.rules.content import Content, Indicator, WorkResult
from services.plans.plans.rules.proposal import Finding
from services.plans.plans.rules.states import State
from services.plans.shapes import Identified, Shown


class PlanShown(Identified):
    """A plan without its content."""

    cycle_id: UUID
    servant_id: UUID
    appraisal_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    unit_id: UUID
    state: State
    version: int
    round: int
    plan_version: int
    proposed_at: datetime | None
    propose_late: bool
    returned_reason: str | None
    set_at: datetime | None
    set_by: UUID | None
    by_superior: bool
    late: bool


class IndicatorShown(Indicator):
    """An indicator with its value so far."""

    actual: Decimal | None = None
    reason: str | None = None


class ResultShown(WorkResult):
    """A work result with its indicators."""

    indicators: tuple[IndicatorShown, ...] = ()


class ReportShown(Identified):
    """One reporting period of a plan."""

    plan_id: UUID
    period: int
    final: bool
    starts_on: date
    ends_on: date
    due_at: datetime | None
    state: str
    revision: int
    submitted_at: datetime | None
    submitted_by: UUID | None
    late: bool


class DialogueShown(Identified):
    """A dialogue, and whether the other side confirmed it."""

    plan_id: UUID
    round: int
    purpose: str
    held_on: date
    summary: str
    agreed: str
    recorded_by: UUID
    recorded_at: datetime
    confirmed_by: UUID | None
    confirmed_at: datetime | None


class BehaviourShown(Shown):
    """One of the seven values that every plan expects, with the leader's special expectation, if any."""

    value: Value
    name: str
    guides: tuple[str, str, str]
    expectation: str | None


class PlanWhole(PlanShown):
    """A plan with everything about it, and what should be looked at again before it is proposed."""

    results: list[ResultShown]
    behaviours: list[BehaviourShown]
    expectations: tuple[Expectation, ...]
    resources: tuple[Resource, ...]
    positive_consequences: tuple[str, ...]
    negative_consequences: tuple[str, ...]
    reports: list[ReportShown]
    dialogues: list[DialogueShown]
    hints: list[Finding]

    @classmethod
    def of(cls, whole: Whole) -> "PlanWhole":
        """Shown from what was read."""
        return cls(
            **PlanShown.model_validate(whole.plan).model_dump(),
            results=[_result(whole, result) for result in whole.content.results],
            behaviours=_behaviours(whole.content),
            **whole.content.annex.model_dump(),
            reports=[ReportShown.model_validate(report) for report in whole.reports],
            dialogues=[DialogueShown.model_validate(dialogue) for dialogue in whole.dialogues],
            hints=whole.hints,
        )


def _behaviours(written: Annex) -> list[BehaviourShown]:
    special = {one.value: one.expectation for one in written.expectations}
    return [
        BehaviourShown(value=value, name=name, guides=guides, expectation=special.get(value))
        for value, (name, guides) in GUIDES.items()
    ]


def _result(whole: Whole, result: WorkResult) -> ResultShown:
    indicators = tuple(_indicator(whole, indicator) for indicator in result.indicators)
    return ResultShown(**result.model_dump(exclude={"indicators"}), indicators=indicators)


def _indicator(whole: Whole, indicator: Indicator) -> IndicatorShown:
    state = whole.indicators.get(indicator.id) if indicator.id else None
    return IndicatorShown(
        **indicator.model_dump(), actual=state.actual if state else None, reason=state.reason if state else None
    )


class VersionShown(Content):
    """A content that was set."""

    plan_version: int
    set_at: datetime
    set_by: UUID
    reason: str | None
