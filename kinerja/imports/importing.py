"""One import: sends the files, has what is asked confirmed or answered, and sends them again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.console import Console

from kinerja.imports import asking, shown
from kinerja.imports.answers import Outcome, Problem, Proposal
from kinerja.imports.sending import Registry, problem_of
from kinerja.imports.words import say
from kinerja.stack.errors import StackError

_ROUNDS = 5
"""A mapping, then questions, then questions that follow from the answers; whoever is asked more often mends the file."""


@dataclass(slots=True)
class Wish:
    """What whoever sends the files said beforehand."""

    city: str
    language: str
    dry_run: bool = False
    yes: bool = False
    """Confirm what is proposed."""
    pairs: asking.Pairs = ()
    """Columns that mean another field than is proposed."""
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


def bring(console: Console, registry: Registry, files: Sequence[Path], wish: Wish) -> bool:
    """Whether they came in; what came of them, or what is wrong, is shown. Raises StackError for a refusal."""
    propose = bool(wish.pairs)
    for _ in range(_ROUNDS):
        said = json.dumps(wish.answers)
        answer = registry.send(files, dry_run=wish.dry_run, answers=said, propose=propose)
        if answer.is_success:
            outcome = Outcome.model_validate_json(answer.content)
            shown.report(console, files, wish.city, outcome, dry_run=wish.dry_run, language=wish.language)
            return True
        problem = problem_of(answer)
        if answer.status_code != httpx.codes.UNPROCESSABLE_ENTITY or not problem.found:
            raise StackError(f"the registry refused: {problem.said}")
        if not _goes_on(console, registry, files, problem, wish):
            return False
        propose = False
    return False


def _goes_on(console: Console, registry: Registry, files: Sequence[Path], problem: Problem, wish: Wish) -> bool:
    """Whether something was confirmed or answered, so that the files are sent again."""
    if problem.mappings:
        confirmed = [_confirmed(console, registry, one, wish) for one in problem.mappings]
        return all(confirmed)
    if problem.questions and (said := asking.ask(console, problem.questions, wish.language)):
        for name, values in said.items():
            wish.answers.setdefault(name, {}).update(values)
        return True
    shown.errors(console, files, problem, language=wish.language)
    if problem.questions:
        console.print(say("answer", wish.language))
    return False


def _confirmed(console: Console, registry: Registry, proposal: Proposal, wish: Wish) -> bool:
    columns = asking.columns_of(proposal, wish.pairs)
    asking.show(console, proposal, columns, wish.language)
    missing = [name for name in proposal.missing if name not in columns and not (name == "grade" and "rank" in columns)]
    if missing:
        said = f"{say('missing', wish.language)} {', '.join(missing)}"
        console.print(said)
    if missing or wish.dry_run or not asking.is_agreed(yes=wish.yes, language=wish.language):
        console.print(say("unconfirmed", wish.language))
        return False
    registry.confirm(proposal.header, columns)
    console.print(f"{say('remembered', wish.language)} {wish.city}")
    return True
