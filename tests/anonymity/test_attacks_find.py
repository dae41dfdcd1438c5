"""Each attack finds what it looks for where that is there to be read: an attack that finds nothing must be able to find."""

import hashlib
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from contracts.base import new_id
from tests.anonymity.attacks import ATTACKS, Known, Reading, Truth, blind, drawn, guesses, silent, success
from tests.anonymity.reading import Diary, Seen

CYCLE = str(new_id())
STAFF = [str(new_id()) for _ in range(56)]
APPRAISALS = {str(new_id()): one for one in reversed(STAFF)}
RINGS = tuple(tuple(STAFF[at : at + 14]) for at in range(0, 56, 14))
KNOWN = Known(CYCLE, RINGS, {one: one for one in STAFF} | APPRAISALS, wanted=4)
NOON = 1_780_000_000


def _chance() -> Random:
    return Random(7)  # noqa: S311 - an attack that can be repeated


def _pairs(truth: Truth) -> list[tuple[str, str]]:
    pairs = [(one, peer) for one in STAFF for peer in sorted(truth[one])]
    return _chance().sample(pairs, len(pairs))


def _lists(truth: Truth) -> Iterator[Seen]:
    for about, peer in _pairs(truth):
        yield Seen(1, "office", "notify /v1/obligations", [{"debtor_id": peer, "about_id": about, "state": "OPEN"}])


def _moments(truth: Truth) -> Iterator[Seen]:
    for number, (about, peer) in enumerate(_pairs(truth)):
        at = f"2026-07-{1 + number // 24:02d}T{number % 24:02d}:00:00Z"
        yield Seen(1, "office", "notify /v1/deliveries", [{"person_id": peer, "created_at": at}])
        yield Seen(1, "anybody", "event", {"servant_id": about, "time": at.replace("00Z", "01Z")})


def _ids(truth: Truth) -> Iterator[Seen]:
    for number, (about, peer) in enumerate(_pairs(truth)):
        first, second = (f"{NOON * 1000 + number * 1000 + off:012x}" for off in (0, 5))
        one, other = (f"{at[:8]}-{at[8:]}-7000-8000-{number:012x}" for at in (first, second))
        yield Seen(1, "office", "notify /v1/deliveries", [{"person_id": peer, "id": one}])
        yield Seen(1, "anybody", "event", {"subject": about, "event_id": other})


def _differences(truth: Truth) -> Iterator[Seen]:
    """Counts that go down and up, each by itself harmless."""
    left, answered = dict.fromkeys(STAFF, 4), dict.fromkeys(STAFF, 0)
    for look, (about, peer) in enumerate([("", ""), *_pairs(truth)]):
        if about:
            left[peer] -= 1
            answered[about] += 1
        owed: list[dict[str, Any]] = [{"debtor_id": one, "overdue": left[one]} for one in STAFF]
        states: list[dict[str, Any]] = [{"servant_id": one, "count": answered[one]} for one in STAFF]
        yield Seen(look, "office", "notify owed", owed)
        yield Seen(look, "rater", "evaluation appraisals", states)


LEAKS = {
    "lists": (_lists, "lists that name both"),
    "times": (_moments, "moments and ids of the same time"),
    "ids": (_ids, "moments and ids of the same time"),
    "counts": (_differences, "differences between two looks"),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_what_can_be_read_is_found(leak: str) -> None:
    seen, attack = LEAKS[leak]
    truth = drawn(KNOWN, _chance())
    reading = Reading(Diary("13.73", seen=list(seen(truth))), KNOWN)
    guessed = guesses(ATTACKS[attack](reading, KNOWN), KNOWN, _chance())
    assert success(guessed, truth) > 0.9 > blind(guessed, KNOWN, _chance()).bound


ORDERS = {
    "the ring of md5(cycle, person)": lambda one: hashlib.md5((CYCLE + one).encode()).hexdigest(),  # noqa: S324
    "the ring of sha256(cycle, person)": lambda one: hashlib.sha256((CYCLE + one).encode()).hexdigest(),
    "the ring in the order of people": lambda one: one,
    "the ring in the order of appraisals": lambda one: {person: name for name, person in APPRAISALS.items()}[one],
}


@pytest.mark.parametrize("order", ORDERS)
def test_what_can_be_computed_is_found(order: str) -> None:
    truth = dict[str, frozenset[str]]()
    for ring in RINGS:
        ordered = sorted(ring, key=ORDERS[order])
        truth |= {one: frozenset(ordered[(at + step) % 14] for step in range(1, 5)) for at, one in enumerate(ordered)}
    guessed = guesses(ATTACKS[order](Reading(Diary("13.73"), KNOWN), KNOWN), KNOWN, _chance())
    assert success(guessed, truth) == 1.0


def test_who_is_silent_is_found() -> None:
    quiet = frozenset(STAFF[::7])
    said = [{"debtor_id": one, "kind": "ASSESS_PEER", "state": "LAPSED" if one in quiet else "DONE"} for one in STAFF]
    reading = Reading(Diary("13.73", seen=[Seen(1, "office", "notify /v1/obligations", said)]), KNOWN)
    assert silent(reading, STAFF, len(quiet), _chance()) == quiet


@pytest.mark.parametrize("attack", ATTACKS)
def test_where_nothing_is_said_nothing_is_found(attack: str) -> None:
    truth = drawn(KNOWN, _chance())
    guessed = guesses(ATTACKS[attack](Reading(Diary("13.73"), KNOWN), KNOWN), KNOWN, Random(11))  # noqa: S311
    assert success(guessed, truth) <= blind(guessed, KNOWN, _chance()).bound
