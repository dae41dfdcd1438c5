"""The effective policy of a scope, as a cycle freezes it."""

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from contracts.base import AssessorRole, Frozen, ScopeCode, Words
from contracts.default_ladders import default_ladder
from contracts.obligations import Ladder, ObligationKind
from contracts.policy.benefits import Benefits
from contracts.policy.bounds import Line
from contracts.policy.competences import CompetenceRule
from contracts.policy.criteria import (
    AssessingRule,
    Band,
    Criterion,
    Measure,
    Method,
    NumericMethod,
    PeerSelection,
    Source,
)
from contracts.policy.daily_log import LogRule
from contracts.policy.distribution import Distribution
from contracts.policy.follow_up import (
    Consequences,
    Documentation,
    FeedbackRule,
    Moderation,
    ObjectionRule,
    Standouts,
)
from contracts.policy.learning import LearningRule
from contracts.policy.listening import ListeningRule
from contracts.policy.phases import PhaseRule
from contracts.policy.reviews import PlanReviewRule, PlanWindows
from contracts.policy.visits import VisitRule
from contracts.written import Day


class Features(Frozen):
    """Which of the local instruments a city uses."""

    standard_acknowledgement: bool = True
    daily_log: bool = False
    panel_visits: bool = False
    plan_confirmation: bool = False
    """Whose plan was set says whether it was agreed on; silence is recorded as silence (art. 14).

    The regulation's layer asks for it; cycles that were opened before it did ask nobody.
    """
    measurable_plans: bool = False
    """A plan with an indicator that cannot be measured is not proposed; elsewhere it is only pointed out (BJI-5)."""
    ideas: bool = True
    initiatives: bool = True
    clarification: bool = True
    system_review: bool = True
    feedback_duty: bool = True
    periodic_evaluation: bool = False
    """The rater evaluates every report period before the last one, which the evaluation itself covers (art. 24)."""


class Policy(Frozen):
    """The effective policy of one scope."""

    scope: ScopeCode
    version: int = Field(default=1, ge=1, le=1_000_000)
    name: Line
    """What people call the policy."""
    inherits: ScopeCode | None = None
    legal_basis: tuple[Line, ...] = ()
    """The instruments that it stands on."""
    method: Method
    period_months: int = Field(default=6, ge=1, le=12)
    """Length of the appraisal period: 6 or 12 months, or 3 where a city rates quarterly."""
    report_months: int = Field(default=3, ge=1, le=12)
    """How often actuals are reported inside the period."""
    documentation: Documentation = Documentation.DAILY
    """For which stretch of time a log of work is written, where one is kept (PermenPANRB 6/2022 art. 16)."""
    opens_by_itself: bool = False
    """The next cycle of each period length opens at its preparation; else the performance office opens it by hand."""
    criteria: tuple[Criterion, ...]
    """What is rated; the weights sum to 100."""
    sources: tuple[Source, ...]
    """Who rates; the shares sum to 100."""
    assessing: AssessingRule = AssessingRule()
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
    standouts: Standouts = Standouts()
    consequences: Consequences = Consequences()
    moderation: Moderation = Moderation()
    distribution: Distribution = Distribution()
    feedback: FeedbackRule = FeedbackRule()
    listening: ListeningRule = ListeningRule()
    competences: CompetenceRule = CompetenceRule()
    learning: LearningRule = LearningRule()
    objection: ObjectionRule = ObjectionRule()
    visits: VisitRule = VisitRule()
    plan_review: PlanReviewRule = PlanReviewRule()
    plan_windows: PlanWindows = PlanWindows()
    log: LogRule = LogRule()
    session_topics: tuple[Words, ...] = ()
    """The training and socialisation sessions held before planning opens."""
    goals: tuple[Words, ...] = ()
    """The city's goals that work results may be linked to."""
    benefits: Benefits | None = None
    """What the appraisal is good for, as the city tells it; the public reads it as well."""
    placeholder: bool = True
    """Numbers are defaults until the city's own regulation is entered."""
    effective_from: Day = date(2026, 1, 1)
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
            if source.selection is PeerSelection.NOMINATED and not (
                source.role is AssessorRole.PEER and source.anonymous
            ):
                raise ValueError(
                    "sources: selection: NOMINATED is for anonymous peers, other assessors are named by nobody"
                )
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
