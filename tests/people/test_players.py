"""People at a browser take over simulated ones: the play does nothing more for these, and waits for them a while."""

import asyncio
import re
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest
from rich.console import Console

from kinerja.commands.demo import _say_players
from kinerja.demo.conductor import LOOK_SECONDS, Conductor
from kinerja.demo.crowd import Crowd
from kinerja.demo.http import Apis
from kinerja.demo.people import Person
from kinerja.demo.players import WAITS_SECONDS, Players
from kinerja.sign_in.picked import Picked
from kinerja.stack.errors import StackError
from tests.support.clock import SetClock

_SPACE = UUID(int=0)
CYCLE = uuid5(_SPACE, "cycle")


def _person(name: str, *roles: str) -> Person:
    me = uuid5(_SPACE, name)
    return Person(
        id=me,
        nip=f"19800101{name}",
        name=name,
        city="16.71",
        scope="16.71",
        unit_id=_SPACE,
        rater_id=None,
        authority_id=None,
        roles=roles,
        position="Pejabat",
    )


PEOPLE = {one.id: one for one in (_person("ani"), _person("budi"), _person("petugas", "PERFORMANCE_OFFICE"))}
ANI, BUDI, PETUGAS = PEOPLE


class Written(Apis):
    """APIs that note who writes what: here nothing answers."""

    def __init__(self) -> None:
        super().__init__({}, lambda **who: str(who["sub"]))
        self.by: list[UUID] = []

    async def call(self, method: str, service: str, path: str, *, token: str, body: Any = None, **query: Any) -> Any:
        if method == "POST":
            self.by.append(UUID(token))
        return {"questions": []}


@pytest.fixture
def picked(tmp_path: Path) -> Picked:
    return Picked(tmp_path / "signed_in")


def _owed(clock: SetClock, who: UUID, *, days: float = 10, kind: str = "ACKNOWLEDGE_STANDARD") -> dict[str, Any]:
    row = {"kind": kind, "phase": "PREPARATION", "state": "OPEN", "handed_over": False, "about_id": str(who)}
    at = clock.now()
    when = {"opened_at": at.isoformat(), "due_at": (at + timedelta(days=days)).isoformat()}
    ids = {
        "id": str(uuid5(who, kind)),
        "cycle_id": str(CYCLE),
        "subject_id": str(uuid5(who, "it")),
        "debtor_id": str(who),
    }
    return row | when | ids


def _crowd(clock: SetClock, players: Players) -> tuple[Crowd, Written]:
    apis = Written()
    crowd = Crowd(apis, dict(PEOPLE), clock, {}, players)
    for who in PEOPLE:
        row = _owed(clock, who)
        crowd.obligations[UUID(row["id"])] = row
        crowd._consider(row)
    return crowd, apis


async def _played(crowd: Crowd) -> None:
    """Everything whose time has come is done."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.4), asyncio.TaskGroup() as group:
            await crowd.agenda.run(group)


async def test_whoever_signs_in_acts_for_oneself_from_then_on_and_all_others_go_on(picked: Picked) -> None:
    clock = SetClock()
    crowd, apis = _crowd(clock, Players(picked.people))
    picked.note(ANI)  # after it was planned what she would do
    clock.advance(days=11)
    await _played(crowd)
    assert ANI not in apis.by
    assert {BUDI, PETUGAS} <= set(apis.by)
    assert not crowd.agenda.declined


async def test_whoever_looks_around_as_the_office_takes_nothing_over(picked: Picked) -> None:
    clock = SetClock()
    crowd, apis = _crowd(clock, Players(picked.people))
    picked.note(PETUGAS)
    clock.advance(days=11)
    await _played(crowd)
    assert PETUGAS in apis.by


async def test_one_who_is_named_is_played_and_nobody_else(picked: Picked) -> None:
    clock, players = SetClock(), Players(picked.people)
    assert players.take_over("bud", PEOPLE.values()).id == BUDI
    crowd, apis = _crowd(clock, players)
    picked.note(ANI)
    clock.advance(days=11)
    await _played(crowd)
    assert BUDI not in apis.by
    assert ANI in apis.by


@pytest.mark.parametrize("name", ["tono", "i"])
def test_a_name_of_nobody_or_of_several_is_refused_before_the_play(name: str) -> None:
    with pytest.raises(StackError, match="--as names one civil servant"):
        Players().take_over(name, PEOPLE.values())


def test_the_demonstration_says_where_the_portal_is_and_whom_to_sign_in_as(picked: Picked) -> None:
    crowd, _ = _crowd(SetClock(), Players(picked.people))
    crowd.people[ANI].objects, crowd.people[ANI].rater_id = True, BUDI
    stage = SimpleNamespace(urls={"portal": "http://127.0.0.1:8109"})
    performance: Any = SimpleNamespace(director=SimpleNamespace(crowds={"16.71": crowd}), stack=stage)
    console = Console(file=StringIO(), width=200)
    _say_players(performance, console, "")
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "http://127.0.0.1:8109" in said
    for who, name in (("a servant", "ani"), ("a rater", "budi"), ("the office", "petugas"), ("a leader", "Pimpinan")):
        assert re.search(rf"{who}\s+{name}", said), who
    assert "is yours once you sign in" in said


def test_the_clock_waits_the_day_before_a_player_would_be_late_but_not_for_ever(picked: Picked) -> None:
    clock, wall, asked = SetClock(), [0.0], list[float]()
    crowd, _ = _crowd(clock, Players(picked.people, wall=lambda: wall[0]))
    crowd.agenda._acts.clear()
    conductor = Conductor(crowd.behind, asked.append, longest=1e6)

    def lingers() -> bool:
        before = len(asked)
        conductor.look(LOOK_SECONDS)
        return len(asked) > before

    clock.advance(days=9.5)
    assert not lingers()  # nobody plays
    picked.note(ANI)
    assert lingers()
    clock.advance(days=-4)
    assert not lingers()  # there is time
    clock.advance(days=4)
    wall[0] += WAITS_SECONDS - 1
    assert lingers()
    wall[0] += 2
    assert not lingers()  # she went away


def test_the_clock_goes_on_once_the_player_has_done_it(picked: Picked) -> None:
    clock = SetClock()
    crowd, _ = _crowd(clock, Players(picked.people))
    picked.note(ANI)
    clock.advance(days=9.5)
    assert crowd.players.late(crowd.obligations.values(), crowd.people, clock.now()) > timedelta(days=1)
    for row in crowd.obligations.values():
        row["state"] = "DONE"
    assert crowd.players.late(crowd.obligations.values(), crowd.people, clock.now()) == timedelta(0)
