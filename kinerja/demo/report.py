"""What the demonstration ends with: a table of all places, the coverage of what must be seen, and the proofs."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from contracts.base import AssessorRole
from contracts.obligations import OUTLIVING
from contracts.policy import PeerSelection, Policy
from kinerja.demo.crowd import Crowd
from kinerja.demo.director import Scene

Summary = dict[str, Any]

_ROWS = (
    ("people", "members"),
    ("plans set in time", "plans_in_time"),
    ("plans set late", "plans_late"),
    ("plans set by the superior", "plans_by_superior"),
    ("reminders", "reminders"),
    ("escalations", "escalations"),
    ("hand-overs", "hand_overs"),
    ("scores without peers", "peers_dropped"),
    ("colleagues named by the person", "peers_named"),
    ("approved by the rater", "peers_approved"),
    ("people below what the post asks for", "competence_gaps"),
    ("panel conflicts replaced", "panel_conflicts"),
    ("panel visits held", "visits_held"),
    ("visits the unit responded to", "visits_answered"),
    ("visits without a response", "visits_unanswered"),
    ("predicate: very good", "VERY_GOOD"),
    ("predicate: good", "GOOD"),
    ("predicate: needs improvement", "NEEDS_IMPROVEMENT"),
    ("predicate: poor", "POOR"),
    ("predicate: very poor", "VERY_POOR"),
    ("clarifications", "clarifications"),
    ("objections filed", "objections_filed"),
    ("objections upheld", "objections_upheld"),
    ("objections amended", "objections_amended"),
    ("second result versions", "second_versions"),
    ("ideas answered", "ideas_answered"),
    ("of them read by colleagues", "ideas_seen"),
    ("answers to the pulse", "pulse_answers"),
    ("quiz answered", "quiz_answered"),
    ("survey of the system answered", "survey_answered"),
    ("development actions", "development_actions"),
    ("of them held, with an outcome", "development_completed"),
    ("recognitions", "recognitions"),
    ("good practices published", "practices"),
    ("taken over by other units", "practices_elsewhere"),
    ("people in the public report", "in_public"),
    ("decided by the appointing authority", "decided_by_authority"),
    ("notifications", "notices"),
    ("e-mails sent", "mails_sent"),
)
MOST_REFUSALS = 6
"""A few refusals are normal: an objection to a final result, a question after its window."""
ENOUGH_PEOPLE = 200
"""With fewer people chance decides whether everything is seen."""
MUST_BE_SEEN = {
    "plans_late": "a late plan",
    "plans_by_superior": "a plan set by the superior",
    "escalations": "an escalation",
    "hand_overs": "a hand-over",
    "peers_dropped": "a peer-dropped score",
    "peers_approved": "a colleague who was named and approved",
    "competence_gaps": "a gap between post and person",
    "panel_conflicts": "a member of the panel who steps aside",
    "visits_held": "a panel visit",
    "visits_answered": "a response to a panel visit",
    "visits_unanswered": "a panel visit without a response",
    "clarifications": "a clarification",
    "objections_upheld": "an objection upheld",
    "objections_amended": "an objection amended",
    "second_versions": "a second result version",
    "development_actions": "a development action",
    "development_completed": "training or guidance that was held",
    "recognitions": "a recognition",
    "decided_by_authority": "a decision of the appointing authority",
    "ideas_answered": "an idea answered",
    "ideas_seen": "an idea with its answer, read by a colleague",
    "pulse_answers": "a pulse of the culture",
    "quiz_answered": "a quiz answered",
    "survey_answered": "the survey of the system answered",
    "practices": "a good practice published",
    "practices_elsewhere": "a practice taken over by another unit",
    "in_public": "a public report",
}
"""What a demonstration of all places shows at least once, as far as their policies have it."""
_NEEDS: dict[str, Callable[[Policy], bool]] = {
    "peers_dropped": lambda policy: policy.source(AssessorRole.PEER) is not None,
    "peers_approved": lambda policy: any(one.selection is PeerSelection.NOMINATED for one in policy.sources),
    "competence_gaps": lambda policy: policy.competences.by_peers,
    "panel_conflicts": lambda policy: policy.features.panel_visits,
    "visits_held": lambda policy: policy.features.panel_visits,
    "visits_answered": lambda policy: policy.features.panel_visits,
    "visits_unanswered": lambda policy: policy.features.panel_visits,
    "clarifications": lambda policy: policy.features.clarification,
    "ideas_answered": lambda policy: policy.features.ideas,
    "ideas_seen": lambda policy: policy.features.ideas,
    "pulse_answers": lambda policy: bool(policy.listening.pulse),
    "quiz_answered": lambda policy: bool(policy.learning.quiz),
    "survey_answered": lambda policy: bool(policy.listening.survey),
}
"""What is seen only where some place's policy has the instrument."""


@dataclass
class Outcome:
    """What happened, and what is wrong."""

    places: dict[str, Summary]
    events: dict[str, int]
    calls: int
    seconds: float
    wrong: list[str] = field(default_factory=list)


def flatten(parts: dict[str, Summary]) -> Summary:
    """One place's numbers from what the services counted."""
    plans = parts["plans"]
    done = sum(plans["states"].get(state, 0) for state in ("SET", "AMENDING", "CLOSED"))
    flat: Summary = {
        "plans_in_time": done - plans["late"],
        "plans_late": plans["late"],
        "plans_by_superior": plans["by_superior"],
    }
    for part in (parts.get(name, {}) for name in ("evaluation", "feedback", "notify", "listed")):
        for name, value in part.items():
            if isinstance(value, dict):
                flat.update(value)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                flat[name] = value
    return flat


def table(columns: dict[str, Summary]) -> Table:
    """Rows of numbers, a column a place."""
    drawn = Table(title="What happened", title_justify="left")
    drawn.add_column("")
    for name in columns:
        drawn.add_column(name, justify="right")
    for label, key in _ROWS:
        drawn.add_row(label, *(str(numbers.get(key, 0)) for numbers in columns.values()))
    return drawn


def missing(columns: dict[str, Summary], policies: Collection[Policy]) -> list[str]:
    """What should have been seen somewhere, by what the places' policies have, and was not."""
    if sum(int(numbers.get("members", 0)) for numbers in columns.values()) < ENOUGH_PEOPLE:
        return []
    totals: Counter[str] = Counter()
    for numbers in columns.values():
        totals.update({key: int(numbers.get(key, 0) or 0) for key in MUST_BE_SEEN})
    possible = {key for key in MUST_BE_SEEN if key not in _NEEDS or any(map(_NEEDS[key], policies))}
    return [words for key, words in MUST_BE_SEEN.items() if key in possible and totals[key] == 0]


def still_open(scenes: list[Scene], crowds: dict[str, Crowd]) -> list[str]:
    """Obligations that nobody has met, in words; but for those that may end after their cycle."""
    cycles = {str(scene.cycle_id): scene.place.label for scene in scenes}
    return [
        f"{cycles[row['cycle_id']]}: {row['kind']} about {row['subject_id']}"
        for crowd in crowds.values()
        for row in crowd.obligations.values()
        if row["state"] == "OPEN" and row["cycle_id"] in cycles and row["kind"] not in OUTLIVING
    ]


def show(console: Console, outcome: Outcome, crowds: dict[str, Crowd]) -> None:
    """Print the table, what was refused, what is wrong - or that nothing is."""
    console.print(table(outcome.places))
    for crowd in crowds.values():
        for problem, times in crowd.agenda.declined.most_common(MOST_REFUSALS):
            console.print(f"[dim]refused {times}x: {problem}[/dim]", soft_wrap=True, highlight=False)
    total = sum(outcome.events.values())
    console.print(
        f"{total} events in {len(outcome.events)} journals, {outcome.calls} API calls, {outcome.seconds:.0f} s"
    )
    for one in outcome.wrong:
        console.print(f"[red]{one}[/red]", soft_wrap=True, highlight=False)
    if not outcome.wrong:
        console.print("[green]every obligation closed, every journal verified[/green]")
