"""Computes results: the rules applied to many people at once, and their outcome written in one statement."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, OrgPerformance, Rating
from contracts.plans.plans import IndicatorState
from contracts.policy import Policy
from scoring import study_leave
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs
from scoring.local_score import LocalScore, score
from scoring.numbers import read, rounded
from scoring.outcome import Outcome, outcome
from scoring.standouts import standing_out
from scoring.trace import Code, Step
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import Act, move
from services.evaluation.assessments.models import Assessment
from services.evaluation.competences.queries import asked_of
from services.evaluation.competences.rules import CompetenceGap, gaps
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.findings.rules.fairness import Finding, FindingCode
from services.evaluation.results.queries import inputs
from services.evaluation.results.rules import Decisions, decisions_of


@dataclass(frozen=True, slots=True)
class ComputedResult:
    """One appraisal with what the rules made of it."""

    appraisal: Appraisal
    local: LocalScore
    national: Outcome
    given: Sequence[Assessment]
    competences: tuple[CompetenceGap, ...] = ()

    @property
    def finding(self) -> str | None:
        """Why the performance office must look first."""
        if not self.local.moderation:
            return None
        return f"SOURCE_GAP: {self.local.gap} points between {' and '.join(self._sources)}"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The same as measured, beside the policy's limit."""
        if not self.local.moderation:
            return ()
        value, limit = self.local.gap or Decimal(0), rounded(read(self._gap.operand("allowed")))
        return (Finding(code=FindingCode.SOURCE_GAP, value=value, limit=limit, about=self._sources),)

    @property
    def act(self) -> Act:
        """What a first computation does to the appraisal."""
        return Act.MODERATE if self.local.moderation else Act.COMPUTE

    @property
    def _gap(self) -> Step:
        return next(step for step in self.local.trace if step.code == "SOURCE_GAP")

    @property
    def _sources(self) -> tuple[str, ...]:
        return tuple(one.name for one in self._gap.operands if one.name != "allowed")


async def compute(
    session: AsyncSession, context: CycleContext, appraisals: Sequence[Appraisal]
) -> list[ComputedResult]:
    """Apply the rules to each; the reading takes three statements for any number."""
    # Both reads before the first rule: a score costs microseconds, a round trip for each person would cost the phase.
    given = await inputs.assessments(session, [one.id for one in appraisals])
    achieved = await inputs.achievements(session, context.cycle.id, appraisals)
    asked = await asked_of(session, [one.id for one in appraisals])
    return [
        ComputedResult(
            one,
            local_score(context.policy, one, given[one.id]),
            _national(one, given[one.id], achieved),
            given[one.id],
            gaps(asked[one.id], _levels(given[one.id]), context.policy.sources),
        )
        for one in appraisals
    ]


def _levels(given: Sequence[Assessment]) -> Mapping[AssessorRole, list[Mapping[str, int]]]:
    found: dict[AssessorRole, list[Mapping[str, int]]] = defaultdict(list)
    for one in given:
        found[AssessorRole(one.role)].append(one.competences or {})
    return found


def local_score(
    policy: Policy, appraisal: Appraisal, given: Sequence[Assessment], *, decisions: Decisions | None = None
) -> LocalScore:
    """The city's own score of one person, with what was decided about it: so far, where nothing else is said."""
    decisions = decisions or decisions_of(appraisal.trace or ())
    plan = [MeasuredIndicator.of(IndicatorState.model_validate(one)) for one in appraisal.plan or []]
    scored = ScoreInputs(
        indicators=tuple(decisions.applied(one) for one in plan),
        assessments=tuple(AssessorScores.model_validate({"source": one.role, "scores": one.scores}) for one in given),
        innovation_recognised=appraisal.innovation_recognised,
        decided=dict(decisions.scores),
    )
    return score(policy, scored)


def _national(appraisal: Appraisal, given: Sequence[Assessment], achieved: Mapping[UUID, OrgPerformance]) -> Outcome:
    # There is one: an appraisal is complete only when the superior has assessed.
    superior = next(one for one in given if one.role == AssessorRole.SUPERIOR)
    return outcome(
        None if superior.result_rating is None else Rating(superior.result_rating),
        Rating(superior.behaviour_rating or ""),
        unit_head=appraisal.is_head,
        org_performance=achieved.get(appraisal.unit_id),
        no_degree=study_leave.stated(superior.reasons),
    )


def traced(local: LocalScore, given: Sequence[Assessment], *more: Step) -> list[dict[str, Any]]:
    """The trace as it is stored: the local score, whether the superior assessed too early, and what comes after it."""
    early = Step(code=Code.BEFORE_ORGANISATION, subject="organisation")
    marks = [early] if any(one.before_organisation for one in given) else []
    return [step.model_dump(mode="json") for step in (*local.trace, *marks, *more)]


# All rows as one JSON parameter: a thousand results are one statement and one round trip, whatever the driver's limit
# of parameters. Nobody else writes these appraisals: the caller has them locked.
_STORE = text(
    """
    update appraisals a set state = r.state, result_rating = r.result_rating, behaviour_rating = r.behaviour_rating,
        predicate = r.predicate, local_score = r.local_score, local_band = r.local_band, criteria = r.criteria,
        trace = r.trace, strengths = r.strengths, areas = r.areas, dropped = r.dropped, competences = r.competences
    from jsonb_to_recordset(cast(:rows as jsonb)) as r(
        id uuid, state text, result_rating text, behaviour_rating text, predicate text, local_score numeric,
        local_band text, criteria jsonb, trace jsonb, strengths jsonb, areas jsonb, dropped jsonb, competences jsonb
    )
    where a.tenant_id = :tenant and a.id = r.id
    """
)


async def store(
    session: AsyncSession, context: CycleContext, computed: Sequence[ComputedResult], *, act: Act | None = None
) -> None:
    """Write every outcome in one statement; ``act`` says why what was computed before is computed again."""
    rows = [
        {
            "id": str(one.appraisal.id),
            "state": move(one.appraisal.state, act or one.act),
            "result_rating": one.national.result_rating,
            "behaviour_rating": one.national.behaviour_rating,
            "predicate": one.national.predicate,
            **local_columns(one.local, context.policy),
            "competences": [gap.model_dump(mode="json") for gap in one.competences] or None,
            "trace": traced(one.local, one.given, *one.national.trace),
        }
        for one in computed
    ]
    await session.execute(_STORE, {"tenant": context.tenant_id, "rows": json.dumps(rows)})


def local_columns(local: LocalScore, policy: Policy) -> dict[str, Any]:
    """The local score as it is stored, with what of it stands out by the policy."""
    profile = standing_out(local.criteria, policy.standouts)
    return {
        # As text: JSON has no decimals, and a float would not keep 78.10 as it is.
        "local_score": None if local.score is None else str(local.score),
        "local_band": local.band,
        "criteria": {code: None if value is None else str(value) for code, value in local.criteria.items()},
        "strengths": list(profile.strengths),
        "areas": list(profile.areas),
        "dropped": [one.role.value for one in local.dropped],
    }
