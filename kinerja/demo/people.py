"""Simulated people: who they are, and how each of them behaves; the same seed gives the same crowd."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from uuid import UUID


class Habit(StrEnum):
    """How somebody deals with what he or she owes."""

    EARLY = "early"
    ON_TIME = "on time"
    LATE = "late"
    SILENT_SERVANT = "silent servant"
    SILENT_RATER = "silent rater"
    ABSENT_RATER = "absent rater"


@dataclass
class Person:
    """One simulated civil servant."""

    id: UUID
    nip: str
    name: str
    city: str
    scope: str
    """Whose policy applies: the city's, or that of a unit with its own."""
    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    roles: tuple[str, ...]
    position: str
    habit: Habit = Habit.ON_TIME
    objects: bool = False
    clarifies: bool = False
    has_idea: bool = False
    innovates: bool = False
    excels: bool = False
    struggles: bool = False
    unclear: bool = False
    """The first plan that this person proposes is returned."""
    peers_silent: bool = False
    """Too few of this person's peers answer."""
    luck: random.Random = field(default_factory=random.Random)


def give_habits(people: list[Person], *, seed: int) -> None:
    """Deal out habits in fixed shares, at least one of each to every place that is large enough.

    What decides an outcome is dealt here; a person's own luck is drawn in an order that depends on the others.
    """
    for person in people:
        person.luck = random.Random(f"{seed}/{person.nip}")
        person.excels = person.luck.random() < 0.12
    raters = {person.rater_id for person in people if person.rater_id}
    for scope in sorted({person.scope for person in people}):
        _give(sorted((p for p in people if p.scope == scope), key=lambda p: p.nip), raters, random.Random(seed))


def _give(people: list[Person], raters: set[UUID], luck: random.Random) -> None:
    staff = [p for p in people if p.id not in raters and not p.roles]
    leaders = [p for p in people if p.id in raters and p.rater_id and p.authority_id]
    luck.shuffle(staff)
    luck.shuffle(leaders)
    # The performance office rates whoever nobody leads; there is no superior to take that over from a silent office.
    leaders.sort(key=lambda p: bool(p.roles))
    _deal(
        leaders,
        (0.10, lambda p: setattr(p, "habit", Habit.SILENT_RATER)),
        (0.08, lambda p: setattr(p, "habit", Habit.ABSENT_RATER)),
    )
    _deal(
        staff,
        (0.08, lambda p: setattr(p, "habit", Habit.LATE)),
        (0.04, lambda p: setattr(p, "habit", Habit.SILENT_SERVANT)),
        (0.18, lambda p: setattr(p, "habit", Habit.EARLY)),
        (0.08, lambda p: setattr(p, "objects", True)),
        (0.08, lambda p: setattr(p, "clarifies", True)),
        (0.08, lambda p: setattr(p, "has_idea", True)),
        (0.10, _shine),
        (0.10, _struggle),
        (0.06, lambda p: setattr(p, "peers_silent", True)),
    )
    _spare_objectors(people)


def _shine(person: Person) -> None:
    person.innovates = person.excels = True
    person.struggles = False


def _struggle(person: Person) -> None:
    person.struggles, person.excels = True, False
    person.unclear = person.luck.random() < 0.5


def _spare_objectors(people: list[Person]) -> None:
    """A silent rater's people get a final result of the superior, to which nobody can object (L V.A.8)."""
    quiet = {p.id for p in people if p.habit in (Habit.SILENT_RATER, Habit.ABSENT_RATER)}
    for person in people:
        if person.objects and person.rater_id in quiet:
            person.objects = False
    willing = [p for p in people if p.rater_id and p.rater_id not in quiet and p.authority_id and not p.roles]
    if willing and sum(p.objects for p in people) < 2:
        for person in sorted(willing, key=lambda p: p.nip)[-2:]:
            person.objects = True


def _deal(people: list[Person], *shares: tuple[float, Callable[[Person], None]]) -> None:
    """Give each share its people, one at least, nobody twice."""
    remaining = iter(people)
    for share, give in shares:
        for person in islice(remaining, max(1, round(share * len(people)))):
            give(person)
