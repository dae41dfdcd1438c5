"""Closed appraisals scored again by their policies, and cases computed by the command, against bare decimals."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from bench import room
from bench.figures import Budget, Figure
from contracts.plans.plans import Direction
from kinerja.commands.cases import CASE, ScoreCase
from kinerja.commands.places import policy
from scoring.formula import Formula
from scoring.inputs import MeasuredIndicator, ScoreInputs
from scoring.local_score import LocalScore, score_by
from scoring.trace import Step
from tests.support.cases import cases, of_kind

SEED = 6_2022
_ROUNDS = 5
"""Every person is scored so often: a fifth of them fits into memory."""
_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_PLACES = Decimal("0.01")
_BANDS = (("VERY_GOOD", Decimal(110)), ("GOOD", Decimal(90)), ("FAIR", Decimal(70)), ("POOR", Decimal(50)))

Said = list[tuple[Decimal, list[list[Decimal]]]]
"""Of each source that is heard: its share, and the numbers of its assessors by part."""
Reached = tuple[bool, Decimal, Decimal, Decimal, Decimal]
"""Whether more is better, both ends of the target, the actual, the weight."""


class Bare(NamedTuple):
    """One person's numbers, already looked up: nothing is left to do but to calculate."""

    indicators: list[Reached]
    weight: Decimal
    """Of the criterion that indicators are for."""
    assessed: list[tuple[Decimal, Said]]
    """Weight of each other criterion and what its sources say."""
    recognised: bool


async def measure(say: room.Say, *, quick: bool) -> list[Figure]:
    """Processor seconds for ten thousand people, and seconds for ten thousand cases."""
    count = 10_000 if quick else 100_000
    say(f"rescoring: {count:,} closed appraisals of the five places")
    people = _people(count // _ROUNDS)
    bare = [_bare(formula, material) for formula, material in people]
    say("rescoring: the bare loop")
    loop = _seconds(lambda: _each(_calculated, bare))
    say("rescoring: the engine")
    engine = _seconds(lambda: _each(_scored, people))
    say("rescoring: the engine, and every trace told")
    some = people[: len(people) // 5]
    told = _seconds(lambda: _each(_told, some)) * 5
    per, against = 10_000 / count, "a bare loop of the same decimals, numbers looked up before"
    budget = Budget(limit=3, kind="at most", of="ratio")
    return [
        _figure(f"processor time for 10,000 of {count:,} appraisals", engine * per, loop * per, against, budget),
        _figure("the same with every trace told", told * per, loop * per, against, None),
        *await _command(1_000 if quick else 10_000, say),
    ]


def _figure(what: str, measured: float, baseline: float, against: str, budget: Budget | None) -> Figure:
    return Figure(
        bench="rescoring",
        what=what,
        measured=measured,
        unit="s",
        baseline=baseline,
        against=against,
        budget=budget,
    )


def _seconds(work: Callable[[], object]) -> float:
    """Processor time of this process, the best of three: what else runs here costs time, not arithmetic."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


_Person = TypeVar("_Person")


def _each(work: Callable[[_Person], object], people: Sequence[_Person]) -> None:
    for _ in range(_ROUNDS):
        for one in people:
            work(one)


def _scored(person: tuple[Formula, ScoreInputs]) -> LocalScore:
    return score_by(*person)


def _told(person: tuple[Formula, ScoreInputs]) -> tuple[Step, ...]:
    return score_by(*person).trace


def _people(count: int) -> list[tuple[Formula, ScoreInputs]]:
    """Complete appraisals: in a closed cycle nothing is missing."""
    random, made = Random(SEED), list[tuple[Formula, ScoreInputs]]()  # noqa: S311
    formulas: dict[str, Formula] = {}
    while len(made) < count:
        case = CASE.validate_python(json.loads(json.dumps(of_kind("score", random)), parse_float=Decimal))
        assert isinstance(case, ScoreCase)
        formula = formulas.setdefault(case.policy, Formula.of(policy(case.policy)))
        material = case.material()
        if score_by(formula, material).score is not None:
            made.append((formula, material))
    return made


def _bare(formula: Formula, material: ScoreInputs) -> Bare:
    heard = [source for source in formula.sources if _count(source.role, material) >= source.minimum]
    assessed, weight = [], Decimal(0)
    for part in formula.criteria:
        if part.measured:
            weight = part.weight
            continue
        said = [
            (
                source.share,
                [
                    [one.scores[code] for one in material.assessments if one.source is source.role]
                    for code in part.codes
                ],
            )
            for source in heard
        ]
        assessed.append((part.weight, said))
    return Bare([_reached(one) for one in material.indicators], weight, assessed, material.innovation_recognised)


def _count(role: object, material: ScoreInputs) -> int:
    return sum(one.source is role for one in material.assessments)


def _reached(one: MeasuredIndicator) -> Reached:
    higher = one.direction is Direction.HIGHER_BETTER
    return higher, one.target_lo, one.target_hi, one.actual or Decimal(0), one.weight


def _calculated(one: Bare) -> tuple[Decimal, str, Decimal]:
    """Score, band and gap: what the engine does, rounded where a decimal has 28 digits."""
    total = one.weight * _mean_of(one.indicators) if one.indicators else Decimal(0)
    means: dict[int, Decimal] = {}
    for weight, said in one.assessed:
        value = shares = Decimal(0)
        for number, (share, parts) in enumerate(said):
            mean = sum((sum(numbers, _ZERO) / len(numbers) for numbers in parts), _ZERO) / len(parts)
            means[number] = means.get(number, Decimal(0)) + mean
            value += share * mean
            shares += share
        total += weight * value / shares
    score = (total / _HUNDRED).quantize(_PLACES, rounding=ROUND_HALF_UP)
    gap = abs(means[0] - means[1]) / len(one.assessed) if len(means) > 1 else Decimal(0)
    for name, edge in _BANDS:
        if score >= edge and (one.recognised or name != "VERY_GOOD"):
            return score, name, gap
    return score, "VERY_POOR", gap


def _mean_of(indicators: Sequence[Reached]) -> Decimal:
    total = Decimal(0)
    for higher, lo, hi, actual, weight in indicators:
        if lo <= actual <= hi:
            used = _HUNDRED
        else:
            nearest = lo if actual < lo else hi
            if not nearest:
                used = Decimal(0)
            elif higher:
                used = _HUNDRED * actual / nearest
            else:
                used = _HUNDRED * (2 - actual / nearest)
            used = min(max(used, Decimal(0)), Decimal(120))
        total += weight * used
    return total / _HUNDRED


async def _command(count: int, say: room.Say) -> list[Figure]:
    """The whole command: start, reading, computing, traces, writing."""
    say(f"rescoring: {count:,} random cases through `kinerja compute`")
    with tempfile.TemporaryDirectory(prefix="kinerja-bench-") as place:
        file = Path(place) / "cases.jsonl"
        lines = "".join(json.dumps(case) + "\n" for case in cases(count, seed=SEED))
        await asyncio.to_thread(file.write_text, lines)
        start = await asyncio.to_thread(_ran, "compute", "--help")
        took = await asyncio.to_thread(_ran, "compute", str(file))
    what, against = f"{count:,} random cases through the command", "the command's start alone"
    return [
        _figure(what, took.seconds, start.seconds, against, Budget(limit=20, kind="at most")),
        _figure(f"{what}, processor time", took.processor, start.processor, against, None),
    ]


class Ran(NamedTuple):
    """How long a command took, and how long of it a processor worked for it."""

    seconds: float
    processor: float


def _ran(*arguments: str) -> Ran:
    watch, before = room.Stopwatch.start(), os.times()
    program = [sys.executable, "-c", "from kinerja.cli import main; main()", *arguments]
    subprocess.run(program, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(watch.seconds, worked)
