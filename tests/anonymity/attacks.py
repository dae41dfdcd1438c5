"""How one may guess who assessed whom, from what was read; and how well anybody guesses who has read nothing.

An attack gives every pair (person assessed, colleague) a number and takes the best colleagues of each person. Attacks know
nothing of how the system chooses but what stands in its source: that the choice is a ring, and the hash it once used.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from random import Random
from statistics import fmean, pstdev
from typing import Any
from uuid import UUID

from tests.anonymity.reading import Diary, Seen, nodes

Pair = tuple[str, str]
"""Who is assessed, and who may have assessed."""
Scores = Mapping[Pair, float]
Truth = Mapping[str, frozenset[str]]

_ABOUT = ("about", "servant", "subject", "appraisal", "key", "result")
"""Beginnings of keys that name whom something is about; whoever else is named in it may have done it."""
_NEAR_SECONDS = 2
_SILENCE = frozenset({"LAPSED", "reminder", "colleague_reminder", "escalation"})


@dataclass(frozen=True)
class Known:
    """What everybody of the town may know: who could assess whom, and by which words people are named."""

    cycle_id: str
    rings: tuple[tuple[str, ...], ...]
    """The staff of each section, in the order of the registry."""
    names: Mapping[str, str]
    """Ids by what stands for a person: the id itself, the name, the appraisal."""
    wanted: int

    def candidates(self) -> Iterator[tuple[str, list[str]]]:
        """Each of the staff with the colleagues who could have been asked."""
        for ring in self.rings:
            for one in ring:
                yield one, [other for other in ring if other != one]


Persons = tuple[frozenset[str], frozenset[str]]
"""Whom something is about, and who else stands in it."""


class Reading:
    """What was seen, as persons in objects."""

    def __init__(self, diary: Diary, known: Known) -> None:
        self._known = known
        self.items = [(seen, node, *self._persons(node)) for seen in diary.seen for node in nodes(seen.said)]

    def answers(self) -> Iterator[tuple[Seen, dict[str, Persons]]]:
        """One answer after the other, each as the objects in it with their persons."""
        for _, items in groupby(self.items, key=lambda item: id(item[0])):
            some = list(items)
            yield some[0][0], {json.dumps(node, sort_keys=True): (about, others) for _, node, about, others in some}

    def _persons(self, node: Mapping[str, Any]) -> Persons:
        about, others = set[str](), set[str]()
        for key, value in node.items():
            found = set(self._in(value))
            text = isinstance(value, str) and " " in value  # a sentence may say either of anybody
            about |= found if text or key.startswith(_ABOUT) else set()
            others |= found if text or not key.startswith(_ABOUT) else set()
        return frozenset(about), frozenset(others)

    def _in(self, value: object) -> Iterator[str]:
        if not isinstance(value, str):
            return
        if (person := self._known.names.get(value)) is not None:
            yield person
        elif " " in value:
            yield from (person for name, person in self._known.names.items() if " " in name and name in value)


def named_together(reading: Reading, known: Known) -> Scores:
    """Lists that name both: obligations, notices, events."""
    scores = defaultdict[Pair, float](float)
    for _, _, about, others in reading.items:
        for one in about:
            for other in others - {one}:
                scores[one, other] += 1 / (len(about) * len(others))
    return scores


def same_moment(reading: Reading, known: Known) -> Scores:
    """Times, and the times in ids (UUIDv7), of what names the one and of what names the other."""
    about, others = defaultdict[Any, set[str]](set), defaultdict[Any, set[str]](set)
    for _, node, *persons in reading.items:
        for moment in _moments(node):
            about[moment] |= persons[0]
            others[moment] |= persons[1]
    scores = defaultdict[Pair, float](float)
    for (clock, at), people in about.items():
        near = [others.get((clock, at + step), set()) for step in (-1, 0, 1)]
        doing = set().union(*near)
        for one in people:
            for other in doing - {one}:
                scores[one, other] += 1 / (len(people) * len(doing))
    return scores


def _moments(node: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for key, value in node.items():
        if not isinstance(value, str):
            continue
        if len(value) == 36 and value[14] == "7" and value.count("-") == 4:
            yield "id", int(UUID(value).hex[:12], 16) // 20  # of twenty milliseconds each
        elif key.endswith(("_at", "at", "time", "since", "by", "until")) and value[:2] == "20" and "T" in value:
            yield "time", int(datetime.fromisoformat(value).timestamp()) // _NEAR_SECONDS


def changed_together(reading: Reading, known: Known) -> Scores:
    """What is new between two looks about the one, and what about the other: rows, counts, states, orders."""
    about, others = defaultdict[int, set[str]](set), defaultdict[int, set[str]](set)
    before = dict[tuple[str, str], dict[str, Persons]]()
    for seen, now in reading.answers():
        last = before.get((seen.reader, seen.source), {})
        for node in now.keys() ^ last.keys():
            persons = now.get(node) or last[node]
            about[seen.look] |= persons[0]
            others[seen.look] |= persons[1]
        before[seen.reader, seen.source] = now
    scores = defaultdict[Pair, float](float)
    for look, people in about.items():
        for one in people:
            for other in others[look] - {one}:
                scores[one, other] += 1 / (len(people) * len(others[look]))
    return scores


def _order(key: Callable[[str], Any], *, backwards: bool = False) -> Callable[[Reading, Known], Scores]:
    """The next ones in a ring whose order everybody can compute."""

    def attack(_: Reading, known: Known) -> Scores:
        scores = dict[Pair, float]()
        for ring in known.rings:
            ordered = sorted(ring, key=key, reverse=backwards)
            for at, one in enumerate(ordered):
                for step in range(1, len(ordered)):
                    scores[one, ordered[(at + step) % len(ordered)]] = -step
        return scores

    return attack


def _md5(reading: Reading, known: Known) -> Scores:
    return _order(lambda one: hashlib.md5((known.cycle_id + one).encode()).hexdigest())(reading, known)  # noqa: S324


def _sha256(reading: Reading, known: Known) -> Scores:
    return _order(lambda one: hashlib.sha256((known.cycle_id + one).encode()).hexdigest())(reading, known)


def _appraisals(reading: Reading, known: Known) -> Scores:
    of = {person: name for name, person in known.names.items() if name != person and len(name) == 36}
    return _order(lambda one: of[one])(reading, known)


ATTACKS: Mapping[str, Callable[[Reading, Known], Scores]] = {
    "lists that name both": named_together,
    "moments and ids of the same time": same_moment,
    "differences between two looks": changed_together,
    "the ring of md5(cycle, person)": _md5,
    "the ring of sha256(cycle, person)": _sha256,
    "the ring in the order of people": _order(lambda one: one),
    "the same backwards": _order(lambda one: one, backwards=True),
    "the ring in the order of appraisals": _appraisals,
}


def guesses(scores: Scores, known: Known, chance: Random) -> dict[str, frozenset[str]]:
    """The most likely colleagues of each person; of equally likely ones any."""
    found = dict[str, frozenset[str]]()
    for one, candidates in known.candidates():
        ranked = sorted(candidates, key=lambda other: (-scores.get((one, other), 0.0), chance.random()))
        found[one] = frozenset(ranked[: known.wanted])
    return found


def success(guessed: Mapping[str, frozenset[str]], truth: Truth) -> float:
    """The part of the guesses that is true."""
    hits = sum(len(guessed[one] & truth[one]) for one in truth)
    return hits / sum(len(guessed[one]) for one in truth)


@dataclass(frozen=True)
class Blind:
    """How well the same guesses do where nothing can be known: against choices drawn at random."""

    mean: float
    spread: float

    @property
    def bound(self) -> float:
        """Six standard deviations: one attack in a thousand million does better by chance."""
        return self.mean + 6 * self.spread


def blind(guessed: Mapping[str, frozenset[str]], known: Known, chance: Random, *, draws: int = 400) -> Blind:
    """The same guesses against choices as the system makes them, each with a secret of its own."""
    successes = [success(guessed, drawn(known, chance)) for _ in range(draws)]
    return Blind(fmean(successes), pstdev(successes))


def drawn(known: Known, chance: Random) -> dict[str, frozenset[str]]:
    """A choice: a ring in any order, and any distances in it."""
    found = dict[str, frozenset[str]]()
    for ring in known.rings:
        order = chance.sample(ring, len(ring))
        steps = chance.sample(range(1, len(ring)), known.wanted)
        for at, one in enumerate(order):
            found[one] = frozenset(order[(at + step) % len(order)] for step in steps)
    return found


def silent(reading: Reading, people: Sequence[str], count: int, chance: Random) -> frozenset[str]:
    """Those of whom it is said most often that something lapsed, or that they were reminded or are late."""
    said = dict.fromkeys(people, 0)
    for _, node, _, others in reading.items:
        if not _SILENCE.isdisjoint(value for value in node.values() if isinstance(value, str)):
            for one in others & said.keys():
                said[one] += 1
    ranked = sorted(people, key=lambda one: (-said[one], chance.random()))
    return frozenset(ranked[:count])
