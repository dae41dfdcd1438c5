"""What the demonstration ends with: a table of all places, the coverage of what must be seen, and the proofs."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from kinerja.demo.crowd import Crowd
from kinerja.demo.director import Scene
from kinerja.demo.places import PLACES

if TYPE_CHECKING:
    from kinerja.demo.performance import Told

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
    ("development actions", "development_actions"),
    ("recognitions", "recognitions"),
    ("notifications", "notices"),
    ("e-mails sent", "mails_sent"),
)
MOST_REFUSALS = 6
"""A few refusals are normal: an objection to a final result, a question after its window."""
ALL_PLACES = PLACES
MUST_BE_SEEN = {
    "plans_late": "a late plan",
    "plans_by_superior": "a plan set by the superior",
    "escalations": "an escalation",
    "hand_overs": "a hand-over",
    "peers_dropped": "a peer-dropped score",
    "visits_held": "a panel visit",
    "visits_answered": "a response to a panel visit",
    "visits_unanswered": "a panel visit without a response",
    "clarifications": "a clarification",
    "objections_upheld": "an objection upheld",
    "objections_amended": "an objection amended",
    "second_versions": "a second result version",
    "development_actions": "a development action",
    "recognitions": "a recognition",
    "ideas_answered": "an idea answered",
}
"""What a demonstration with all five places shows at least once."""


def flatten(parts: dict[str, Summary]) -> Summary:
    """One place's numbers from what the services counted."""
    plans = parts["plans"]
    done = sum(plans["states"].get(state, 0) for state in ("SET", "AMENDING", "CLOSED"))
    flat: Summary = {
        "plans_in_time": done - plans["late"],
        "plans_late": plans["late"],
        "plans_by_superior": plans["by_superior"],
    }
    for part in (parts[name] for name in ("evaluation", "feedback", "notify")):
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


def missing(columns: dict[str, Summary]) -> list[str]:
    """What should have been seen somewhere and was not."""
    totals: Counter[str] = Counter()
    for numbers in columns.values():
        totals.update({key: int(numbers.get(key, 0) or 0) for key in MUST_BE_SEEN})
    return [words for key, words in MUST_BE_SEEN.items() if totals[key] == 0]


def still_open(scenes: list[Scene], crowds: dict[str, Crowd]) -> list[str]:
    """Obligations that nobody has done, in words."""
    cycles = {str(scene.cycle_id): scene.place.label for scene in scenes}
    return [
        f"{cycles[row['cycle_id']]}: {row['kind']} about {row['subject_id']}"
        for crowd in crowds.values()
        for row in crowd.obligations.values()
        if row["state"] == "OPEN" and row["cycle_id"] in cycles
    ]


def show(console: Console, told: "Told", crowds: dict[str, Crowd]) -> None:
    """Print the table, what was refused, what is wrong - or that nothing is."""
    console.print(table(told.places))
    for crowd in crowds.values():
        for problem, times in crowd.declined.most_common(MOST_REFUSALS):
            console.print(f"[dim]refused {times}x: {problem}[/dim]", soft_wrap=True, highlight=False)
    total = sum(told.events.values())
    console.print(f"{total} events in {len(told.events)} journals, {told.calls} API calls, {told.seconds:.0f} s")
    for one in told.wrong:
        console.print(f"[red]{one}[/red]", soft_wrap=True, highlight=False)
    if not told.wrong:
        console.print("[green]every obligation closed, every journal verified[/green]")
