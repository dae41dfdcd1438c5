"""Strategies for everything that a person's local score is made from, in each of the five places."""

from decimal import Decimal

from hypothesis import strategies as st

from contracts.base import AssessorRole
from contracts.plans.plans import Direction
from contracts.policy import Policy
from kinerja.commands.places import policy
from scoring.formula import assessed, scored_codes
from scoring.inputs import AssessorScores, MeasuredIndicator, ScoreInputs

PLACES = ("palembang", "plaju", "sawahlunto", "binjai", "dumai")
numbers = st.decimals(min_value=0, max_value=120, places=2)
targets = st.decimals(min_value=1, max_value=1000, places=1)
actuals = st.decimals(min_value=0, max_value=2000, places=1)


@st.composite
def score_inputs(draw: st.DrawFn) -> tuple[Policy, ScoreInputs]:
    """A place and everything that one person's score there is made from."""
    chosen = policy(draw(st.sampled_from(PLACES)))
    codes = sorted(scored_codes(assessed(chosen)))
    weights = draw(st.sampled_from([(100,), (50, 50), (33, 33, 34), (10, 20, 30, 40)]))
    indicators = tuple(
        MeasuredIndicator(
            id=f"i{number}",
            weight=Decimal(weight),
            direction=draw(st.sampled_from(Direction)),
            target_lo=(target := draw(targets)),
            target_hi=target + draw(st.integers(0, 5)),
            actual=draw(actuals),
        )
        for number, weight in enumerate(weights)
    )
    given_by = [AssessorRole.SUPERIOR] + [
        source.role
        for source in chosen.sources
        if source.role is not AssessorRole.SUPERIOR
        for _ in range(draw(st.integers(0, 5)))
    ]
    assessments = tuple(
        AssessorScores(source=role, scores={code: draw(numbers) for code in codes}) for role in given_by
    )
    recognised = draw(st.booleans())
    return chosen, ScoreInputs(indicators=indicators, assessments=assessments, innovation_recognised=recognised)
