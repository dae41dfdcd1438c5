"""Simulated people: every place has somebody for everything that a demonstration must show."""

from uuid import UUID, uuid5

import pytest

from kinerja.demo.people import Habit, Person, give_habits
from kinerja.people import people
from kinerja.places import place_named

_NOBODY = UUID(int=0)
SCOPES = {"palembang": "16.71", "plaju": "16.71.14"}


def _crowd() -> list[Person]:
    """The sixty of Palembang and the sixty of Plaju, as one registry knows them."""
    rows = [(scope, row) for place, scope in SCOPES.items() for row in people(place_named(place), 60)]
    rater = {row.nip: row.rater_nip or "" for _, row in rows}
    return [
        Person(
            id=_id(row.nip),
            nip=row.nip,
            name=row.name,
            city="16.71",
            scope=scope,
            unit_id=_id(row.unit_code),
            rater_id=_id(row.rater_nip) if row.rater_nip else None,
            authority_id=_id(rater[row.rater_nip]) if row.rater_nip and rater[row.rater_nip] else None,
            roles=(row.roles,) if row.roles else (),
            position=row.position,
        )
        for scope, row in rows
    ]


def _id(text: str) -> UUID:
    return uuid5(_NOBODY, text)


@pytest.mark.parametrize("scope", SCOPES.values())
@pytest.mark.parametrize("seed", [1, 2026, 77])
def test_each_place_has_its_share_of_everybody(scope: str, seed: int) -> None:
    crowd = _crowd()
    give_habits(crowd, seed=seed)
    here = [person for person in crowd if person.scope == scope]
    assert {person.habit for person in here} == set(Habit)
    for trait in ("clarifies", "has_idea", "innovates", "struggles", "peers_silent"):
        assert any(getattr(person, trait) for person in here), trait
    assert sum(person.objects for person in here) >= 2
    assert not any(person.struggles and person.excels for person in here)


@pytest.mark.parametrize("seed", range(40))
def test_the_performance_office_is_never_silent(seed: int) -> None:
    crowd = _crowd()
    give_habits(crowd, seed=seed)
    quiet = (Habit.SILENT_RATER, Habit.ABSENT_RATER)
    assert not any(person.roles and person.habit in quiet for person in crowd)


def test_the_same_seed_gives_the_same_people_however_they_are_listed() -> None:
    one, other = _crowd(), list(reversed(_crowd()))
    for crowd in (one, other):
        give_habits(crowd, seed=7)
    traits = [
        {p.nip: (p.habit, p.objects, p.struggles, p.excels, p.unclear, p.luck.random()) for p in crowd}
        for crowd in (one, other)
    ]
    assert traits[0] == traits[1]
