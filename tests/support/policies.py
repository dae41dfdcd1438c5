"""Small policies in the manner of the five places, and the national calendar, for tests of services."""

from decimal import Decimal
from functools import cache

import holidays

from contracts.base import AssessorRole, Phase
from contracts.calendar import DayKind, LegalCalendar
from contracts.obligations import Ladder, ObligationKind, Rung, Step
from contracts.policy import (
    Anchor,
    Axis,
    Criterion,
    Features,
    Measure,
    Method,
    Moment,
    PhaseRule,
    Policy,
    Source,
    Words,
)

CITIES = {"palembang": "16.71", "plaju": "16.71", "sawahlunto": "13.73", "binjai": "12.75", "dumai": "14.72"}
SCOPES = CITIES | {"plaju": "16.71.14"}

_LAPSING = frozenset(
    {
        ObligationKind.COMPLETE_DEVELOPMENT,
        ObligationKind.ANSWER_SUPPORT,
        ObligationKind.ACKNOWLEDGE_STANDARD,
        ObligationKind.ACKNOWLEDGE_RESULT,
        ObligationKind.CONFIRM_PLAN,
        ObligationKind.GIVE_STATEMENT,
        ObligationKind.REPORT_ACTUALS,
    }
)
_METHODS = {
    "palembang": Method.WEIGHTED_CRITERIA,
    "plaju": Method.PERFORMANCE_STANDARD,
    "sawahlunto": Method.WEIGHTED_CRITERIA,
    "binjai": Method.ACHIEVEMENT,
    "dumai": Method.COMPETENCE,
}
_FEATURES = {
    "palembang": Features(plan_confirmation=True),
    "plaju": Features(ideas=True),
    "sawahlunto": Features(),
    "binjai": Features(system_review=True),
    "dumai": Features(daily_log=True, panel_visits=True, clarification=True),
}
_WAITS = {
    # phase: opens and is due, in days from the start (S) or the end (E) of the period
    Phase.PREPARATION: ("S", -14, "S", 0),
    Phase.PLANNING: ("S", 0, "S", 30),
    Phase.EXECUTION: ("S", 30, "E", 0),
    Phase.EVALUATION: ("E", 1, "E", 15),
}


@cache
def calendar(year: int = 2026) -> LegalCalendar:
    """National holidays and collective leave of a year and the next."""
    days = holidays.country_holidays("ID", years=(year, year + 1), categories=("public", "government"))
    return LegalCalendar(holidays=frozenset(days))


@cache
def policy(place: str = "palembang") -> Policy:
    """A policy of a place; change it with ``model_copy(update=...)``."""
    return Policy(
        scope=SCOPES[place],
        name=place.title(),
        method=_METHODS[place],
        criteria=_criteria(),
        sources=_sources(place),
        phases=tuple(_phase(phase) for phase in Phase),
        ladders={obligation: _ladder(obligation) for obligation in ObligationKind},
        features=_FEATURES[place],
    )


def quarterly(usual: Policy) -> Policy:
    """The same, with an evaluation of every report period inside the cycle."""
    return usual.model_copy(update={"features": usual.features.model_copy(update={"periodic_evaluation": True})})


def _criteria() -> tuple[Criterion, ...]:
    result = Criterion(
        code="results",
        label=Words(id="Hasil kerja", en="Work results"),
        axis=Axis.RESULT,
        weight=Decimal(60),
        measure=Measure.INDICATORS,
    )
    behaviour = Criterion(
        code="behaviour", label=Words(id="Perilaku kerja", en="Behaviour"), axis=Axis.BEHAVIOUR, weight=Decimal(40)
    )
    return result, behaviour


def _sources(place: str) -> tuple[Source, ...]:
    if place == "sawahlunto":
        superior = Source(role=AssessorRole.SUPERIOR, share=Decimal(60))
        peers = Source(role=AssessorRole.PEER, share=Decimal(40), minimum=3, anonymous=True, wanted=4)
        return superior, peers
    if place == "dumai":
        superior = Source(role=AssessorRole.SUPERIOR, share=Decimal(70))
        return superior, Source(role=AssessorRole.PANEL, share=Decimal(30))
    return (Source(role=AssessorRole.SUPERIOR, share=Decimal(100)),)


def _phase(phase: Phase) -> PhaseRule:
    if phase not in _WAITS:
        opens = Moment(anchor=Anchor.PREVIOUS_PHASE)
        return PhaseRule(phase=phase, opens=opens, due=Moment(anchor=Anchor.PHASE_OPENING, days=14))
    start, opens_after, end, due_after = _WAITS[phase]
    anchors = {"S": Anchor.PERIOD_START, "E": Anchor.PERIOD_END}
    return PhaseRule(
        phase=phase,
        opens=Moment(anchor=anchors[start], days=opens_after),
        due=Moment(anchor=anchors[end], days=due_after),
        ends_early=phase is not Phase.EXECUTION,
    )


def _ladder(obligation: ObligationKind) -> Ladder:
    last = Step.LAPSE if obligation in _LAPSING else Step.OFFICE
    steps = ((-2, Step.REMIND), (0, Step.REMIND), (2, Step.ESCALATE), (4, Step.HAND_OVER), (6, last))
    rungs = tuple(Rung(days=days, step=step) for days, step in steps)
    return Ladder(due_days=10, due_kind=DayKind.WORKING, rungs=rungs)
