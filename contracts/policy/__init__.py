"""A city's appraisal policy as data: what is rated, by whom, when, and what happens around each deadline.

One document per scope and version. A cycle freezes the version it was opened with. Inheritance is resolved by the
registry before a policy is published, so every reader sees an effective policy.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from contracts.base import AssessorRole, Frozen, Phase, ScopeCode, Words
from contracts.calendar import DayKind
from contracts.default_ladders import default_ladder
from contracts.obligations import Ladder, ObligationKind
from contracts.policy.distribution import Distribution
from contracts.policy.follow_up import Consequences, Documentation, FeedbackRule, Moderation, ObjectionRule
from contracts.policy.visits import VisitRule

__all__ = [
    "Anchor",
    "Axis",
    "Band",
    "Consequences",
    "Criterion",
    "Distribution",
    "Documentation",
    "Features",
    "FeedbackRule",
    "Measure",
    "Method",
    "Moderation",
    "Moment",
    "NumericMethod",
    "ObjectionRule",
    "PhaseRule",
    "Policy",
    "Source",
    "VisitRule",
    "Words",
]


class Method(StrEnum):
    """How a city's own (local) score comes about; the national predicate always comes from the quadrant."""

    WEIGHTED_CRITERIA = "WEIGHTED_CRITERIA"
    PERFORMANCE_STANDARD = "PERFORMANCE_STANDARD"
    COMPETENCE = "COMPETENCE"
    ACHIEVEMENT = "ACHIEVEMENT"


class Axis(StrEnum):
    """Which side of the appraisal a criterion speaks to."""

    RESULT = "RESULT"
    BEHAVIOUR = "BEHAVIOUR"
    COMPETENCE = "COMPETENCE"


class Measure(StrEnum):
    """Where the score of a criterion comes from."""

    INDICATORS = "INDICATORS"
    """Weighted mean of the achievement of the plan's indicators."""
    ASSESSMENT = "ASSESSMENT"
    """Scores given by the assessors."""
    ATTENDANCE = "ATTENDANCE"
    """Imported attendance; only with weight 0 (Binjai)."""


class Criterion(Frozen):
    """One criterion of the local score."""

    code: str = Field(pattern=r"^[a-z][a-z_]*$")
    label: Words
    axis: Axis
    weight: Decimal = Field(ge=0, le=100)
    measure: Measure = Measure.ASSESSMENT
    parts: tuple[str, ...] = ()
    """Codes that assessors score instead of the criterion itself; their plain mean is its score (Sawahlunto)."""
    locked: bool = False
    """Its weight may not be changed by a lower layer."""
    descriptors: dict[str, Words] = Field(default_factory=dict)
    """What a level looks like, by rating (ABOVE, MEETS, BELOW)."""
    source: str = ""
    """Where it comes from: an article of law, the city's description, or a placeholder."""


class Source(Frozen):
    """One kind of assessor and its share of the criteria that are assessed."""

    role: AssessorRole
    share: Decimal = Field(gt=0, le=100)
    minimum: int = Field(default=1, ge=1)
    """Fewer assessors than this and the whole source is dropped, its share renormalised."""
    anonymous: bool = False
    wanted: int = Field(default=1, ge=1)
    """How many assessors of this kind are asked."""


class Anchor(StrEnum):
    """What a phase's opening or end is counted from."""

    PERIOD_START = "PERIOD_START"
    PERIOD_END = "PERIOD_END"
    PHASE_OPENING = "PHASE_OPENING"
    """Only for the end of a phase: its own opening."""
    PREVIOUS_PHASE = "PREVIOUS_PHASE"
    """Only for the opening: as soon as the phase before has ended."""


class Moment(Frozen):
    """A date counted from an anchor; negative days lie before it."""

    anchor: Anchor
    days: int = 0
    kind: DayKind = DayKind.CALENDAR


class NumericMethod(Frozen):
    """The number of PP 30/2019 art. 41: plan and behaviour, weighted; which pair applies follows from who assesses."""

    plan_weight: Decimal = Field(default=Decimal(70), ge=0, le=100)
    """Weight of the plan where behaviour is assessed without peers and reports; behaviour has the rest of 100."""
    plan_weight_with_peers: Decimal = Field(default=Decimal(60), ge=0, le=100)
    """Likewise where the assessment of behaviour considers peers and direct reports."""
    ceiling: Decimal = Field(default=Decimal(120), ge=100)
    """No part counts more than this."""


class PhaseRule(Frozen):
    """When a phase may open and when it is due."""

    phase: Phase
    opens: Moment
    due: Moment
    ends_early: bool = True
    """The phase ends as soon as nobody owes anything in it."""


class Features(Frozen):
    """Which of the local instruments a city uses."""

    standard_acknowledgement: bool = True
    daily_log: bool = False
    panel_visits: bool = False
    ideas: bool = True
    initiatives: bool = True
    clarification: bool = True
    system_review: bool = True
    feedback_duty: bool = True
    periodic_evaluation: bool = False
    """The rater evaluates every report period before the last one, which the evaluation itself covers (art. 24)."""


class Band(Frozen):
    """A half-open band of the local score: ``score >= at_least`` (PP 30/2019 art. 41)."""

    name: str
    at_least: Decimal


class Policy(Frozen):
    """The effective policy of one scope."""

    scope: ScopeCode
    version: int = Field(default=1, ge=1)
    name: str
    """What people call the policy."""
    inherits: ScopeCode | None = None
    legal_basis: tuple[str, ...] = ()
    """The instruments that it stands on."""
    method: Method
    period_months: int = 6
    """Length of the appraisal period: 6 or 12 months, or 3 where a city rates quarterly."""
    report_months: int = 3
    """How often actuals are reported inside the period."""
    documentation: Documentation = Documentation.DAILY
    """For which stretch of time a log of work is written, where one is kept (PermenPANRB 6/2022 art. 16)."""
    opens_by_itself: bool = False
    """The next cycle of each period length opens at its preparation; else the performance office opens it by hand."""
    criteria: tuple[Criterion, ...]
    """What is rated; the weights sum to 100."""
    sources: tuple[Source, ...]
    """Who rates; the shares sum to 100."""
    considers_peers_and_reports: bool = False
    """Decides the weight pair of PP 30/2019 art. 41: 60/40 if true, else 70/30."""
    numeric: NumericMethod = NumericMethod()
    phases: tuple[PhaseRule, ...]
    """The calendar of a cycle: each phase once, in their order."""
    ladders: dict[ObligationKind, Ladder]
    """How long each obligation may take, and what happens around its due date."""
    features: Features = Features()
    bands: tuple[Band, ...] = (
        Band(name="VERY_GOOD", at_least=Decimal(110)),
        Band(name="GOOD", at_least=Decimal(90)),
        Band(name="FAIR", at_least=Decimal(70)),
        Band(name="POOR", at_least=Decimal(50)),
        Band(name="VERY_POOR", at_least=Decimal(0)),
    )
    """What a local score is called, best first; the best also needs a recognised innovation or idea."""
    consequences: Consequences = Consequences()
    moderation: Moderation = Moderation()
    distribution: Distribution = Distribution()
    feedback: FeedbackRule = FeedbackRule()
    objection: ObjectionRule = ObjectionRule()
    visits: VisitRule = VisitRule()
    session_topics: tuple[Words, ...] = ()
    """The training and socialisation sessions held before planning opens."""
    goals: tuple[Words, ...] = ()
    """The city's goals that work results may be linked to."""
    placeholder: bool = True
    """Numbers are defaults until the city's own regulation is entered."""
    effective_from: date = date(2026, 1, 1)
    """The first day on which a cycle may be opened under it."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        """Weights and shares sum to exactly 100; attendance carries no weight (Binjai: achievement only)."""
        total = sum(c.weight for c in self.criteria)
        if total != 100:
            raise ValueError(f"the weights of the criteria sum to {total}, not to 100: change them so that they do")
        shares = sum(s.share for s in self.sources)
        if shares != 100:
            raise ValueError(f"the shares of the sources sum to {shares}, not to 100: change them so that they do")
        for criterion in self.criteria:
            if criterion.measure is Measure.ATTENDANCE and criterion.weight != 0:
                raise ValueError(f"{criterion.code}: attendance must have weight 0, the appraisal is of achievement")
        for source in self.sources:
            if source.role is AssessorRole.PEER and source.minimum < 3:
                raise ValueError("sources: peers need a minimum of at least 3, or they would not be anonymous")
        return self

    def criterion(self, code: str) -> Criterion:
        """The criterion of that code; raises KeyError."""
        for found in self.criteria:
            if found.code == code:
                return found
        raise KeyError(code)

    def source(self, role: AssessorRole) -> Source | None:
        """The rule for one kind of assessor, or None where the city has none."""
        return next((s for s in self.sources if s.role is role), None)

    def ladder(self, kind: ObligationKind) -> Ladder:
        """The ladder of one kind of obligation; the default one where the policy does not name it."""
        return self.ladders.get(kind) or default_ladder(kind)
