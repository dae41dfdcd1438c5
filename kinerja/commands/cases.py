"""A case to compute: its shape, and what the rules of the evaluation service make of it."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationInfo, field_validator

from contracts.base import AssessorRole, OrgPerformance, Rating
from contracts.calendar import DayKind
from contracts.plans.plans import Direction
from kinerja.commands import places
from kinerja.commands.entries import Bounds, Day, Flag, Number, Points, Whole
from kit.errors import Invalid
from obligations.legal_dates import add_days
from scoring.achievement import achievement, check_target
from scoring.credit_points import COEFFICIENTS, PERCENTAGES, credit
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs
from scoring.local_score import score
from scoring.numbers import rounded, written
from scoring.outcome import outcome
from scoring.pp30 import pp30
from scoring.trace import Code, Operand, Step

Answer = dict[str, Any]


class _Case(BaseModel):
    """A misspelt field is refused, not passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""


class Pp30Case(_Case):
    """The numeric method of PP 30/2019."""

    compute: Literal["pp30"]
    skp: Number
    behaviour: Number
    considers_peers_and_reports: Flag
    innovation_recognised: Flag

    def computed(self) -> Answer:
        made = pp30(
            self.skp,
            self.behaviour,
            considers_peers_and_reports=self.considers_peers_and_reports,
            innovation_recognised=self.innovation_recognised,
        )
        parts = {"skp": min(self.skp, Decimal(120)), "behaviour": min(self.behaviour, Decimal(120))}
        operands = tuple(
            Operand(name=name, value=written(value), weight=str(weight))
            for (name, value), weight in zip(parts.items(), made.weights, strict=True)
        )
        step = Step(code=Code.PP30, subject="pp30", operands=operands, value=written(made.score))
        answer = {"weights": list(made.weights), "score": str(made.score), "predicate": made.predicate}
        return _traced(answer, step)


class _Targeted(BaseModel):
    """A target with its actual; None is an actual that was not reported, which is not the same as 0."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    direction: Direction
    target: Bounds
    actual: Number | None

    @field_validator("target")
    @classmethod
    def _measures(cls, target: Bounds, info: ValidationInfo) -> Bounds:
        if "direction" in info.data:
            try:
                check_target(info.data["direction"], *target)
            except Invalid as error:
                raise ValueError(error.en) from error
        return target


class AchievementCase(_Case, _Targeted):
    """One indicator."""

    compute: Literal["achievement"]

    def computed(self) -> Answer:
        if self.actual is None:
            return _traced({"raw": None, "used": None}, Step(code=Code.MISSING, subject=self.name))
        (lo, hi), actual = self.target, self.actual
        made = achievement(self.direction, lo, hi, actual)
        values = {"target_lo": written(lo), "target_hi": written(hi), "actual": written(actual)}
        values |= {"direction": self.direction.value, "raw": written(made.raw)}
        step = Step(code=Code.ACHIEVEMENT, subject=self.name, operands=_operands(values), value=written(made.used))
        return _traced({"raw": str(rounded(made.raw)), "used": str(rounded(made.used))}, step)


class QuadrantCase(_Case):
    """The nine-cell table."""

    compute: Literal["quadrant"]
    result_rating: Rating
    behaviour_rating: Rating
    study_leave_without_degree: Flag = False

    def computed(self) -> Answer:
        made = outcome(self.result_rating, self.behaviour_rating, no_degree=self.study_leave_without_degree)
        return _traced({"quadrant": made.quadrant, "predicate": made.predicate.value}, *made.trace)


class CreditCase(_Case):
    """Credit points (angka kredit)."""

    compute: Literal["credit"]
    level: str
    predicate: str
    months: Whole

    def computed(self) -> Answer:
        made = str(credit(self.level, self.predicate, self.months))
        values = {
            "percent": PERCENTAGES[self.predicate],
            "coefficient": COEFFICIENTS[self.level],
            "months": self.months,
        }
        operands = _operands({name: str(value) for name, value in values.items()})
        return _traced({"credit": made}, Step(code=Code.CREDIT, subject=self.level, operands=operands, value=made))


class DeadlineCase(_Case):
    """A legal date on the national calendar."""

    compute: Literal["deadline"]
    start: Day
    days: Annotated[Whole, Field(ge=-3660, le=3660)]
    kind: DayKind

    def computed(self) -> Answer:
        calendar = places.national_calendar(self.start, self.days)
        due = add_days(self.start, self.days, self.kind, calendar).isoformat()
        values = {"start": self.start.isoformat(), "days": str(self.days), "kind": self.kind.value}
        return _traced({"due": due}, Step(code=Code.DEADLINE, subject="due", operands=_operands(values), value=due))


class IndicatorCase(_Targeted):
    """An indicator with a point target or a range."""

    id: str
    weight: Annotated[Number, Field(ge=0, le=100)]

    def measured(self) -> MeasuredIndicator:
        lo, hi = self.target
        return MeasuredIndicator(
            id=self.id, weight=self.weight, direction=self.direction, target_lo=lo, target_hi=hi, actual=self.actual
        )


class AssessmentCase(BaseModel):
    """What one assessor gave."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: AssessorRole
    scores: dict[str, Points]

    def given(self) -> AssessorScores:
        return AssessorScores(source=self.source, scores=self.scores)


class ScoreCase(_Case):
    """One person's appraisal under the policy of a place."""

    compute: Literal["score"]
    policy: str
    indicators: tuple[IndicatorCase, ...] = ()
    assessments: tuple[AssessmentCase, ...] = ()
    result_rating: Rating | None = None
    behaviour_rating: Rating
    innovation_recognised: Flag = False
    unit_head: Flag = False
    org_performance: OrgPerformance | None = None
    study_leave_without_degree: Flag = False

    @field_validator("indicators")
    @classmethod
    def _adds_up(cls, indicators: tuple[IndicatorCase, ...]) -> tuple[IndicatorCase, ...]:
        names = [one.id for one in indicators]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"indicator {', '.join(sorted(twice))} is given more than once")
        if indicators and (total := sum(one.weight for one in indicators)) != 100:
            raise ValueError(f"the weights of the indicators sum to {total}, not to 100")
        return indicators

    def computed(self) -> Answer:
        local = score(places.policy(self.policy), self.material())
        national = outcome(
            self.result_rating,
            self.behaviour_rating,
            unit_head=self.unit_head,
            org_performance=self.org_performance,
            no_degree=self.study_leave_without_degree,
        )
        answer = {
            "local_score": _text(local.score),
            "local_band": local.band,
            "criteria": {code: _text(value) for code, value in local.criteria.items()},
            "sources_dropped": [one.role.value for one in local.dropped],
            "incomplete": list(local.incomplete),
            "moderation": local.moderation,
            "quadrant": national.quadrant,
            "predicate": national.predicate.value,
        }
        return _traced(answer, *local.trace, *national.trace)

    def material(self) -> ScoreInputs:
        return ScoreInputs(
            indicators=tuple(one.measured() for one in self.indicators),
            assessments=tuple(one.given() for one in self.assessments),
            innovation_recognised=self.innovation_recognised,
        )


Case = Annotated[
    Pp30Case | AchievementCase | QuadrantCase | CreditCase | DeadlineCase | ScoreCase, Field(discriminator="compute")
]
CASE: TypeAdapter[Case] = TypeAdapter(Case)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _operands(values: dict[str, str]) -> tuple[Operand, ...]:
    return tuple(Operand(name=name, value=value) for name, value in values.items())


def _traced(answer: Answer, *steps: Step) -> Answer:
    return answer | {"trace": [step.model_dump(mode="json", exclude_none=True) for step in steps]}
