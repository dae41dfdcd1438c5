"""The scaled clock and the times it promises."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.clock import Clock
from tests.support.wall import stand_in

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_without_knots_it_is_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, NOON)
    assert Clock().now() == NOON
    assert Clock.from_setting("").now().tzinfo is UTC


def test_a_single_knot_shifts_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = stand_in(monkeypatch, NOON)
    clock = Clock.from_setting(f'{{"knots": [["{NOON.isoformat()}", "2026-01-05T09:00:00+07:00"]]}}')
    wall.pass_by(90)
    assert clock.now() == datetime(2026, 1, 5, 2, 1, 30, tzinfo=UTC)


def test_pieces_run_at_their_own_speed_and_the_last_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    now = stand_in(monkeypatch, NOON).time()
    clock = Clock([(now - 20, 0), (now - 10, 1000), (now, 1010)])
    assert clock.now().timestamp() == 1010
    assert clock.seconds_until(datetime.fromtimestamp(1015, UTC)) == 5
    assert clock.seconds_until(datetime.fromtimestamp(500, UTC)) == 0


@pytest.mark.parametrize("knots", [[(1, 1), (1, 2)], [(1, 2), (2, 2)], [(2, 1), (1, 2)]])
def test_knots_that_do_not_rise_are_refused(knots: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="must rise"):
        Clock(knots)


def test_a_knot_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock.from_setting('{"knots": [["2026-01-05T09:00:00", "2026-01-05T09:00:00+07:00"]]}')


def test_a_clock_that_follows_a_file_sees_what_changes_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1_000_000.0
    wall = stand_in(monkeypatch, datetime.fromtimestamp(moment, UTC))
    told = tmp_path / "knots.json"
    told.write_text(f'{{"knots": [["{_iso(moment)}", "{_iso(0)}"]]}}')
    clock = Clock.from_setting(f'{{"follow": "{told}"}}')
    assert clock.now() == datetime.fromtimestamp(0, UTC)

    told.write_text(f'{{"knots": [["{_iso(moment)}", "{_iso(0)}"], ["{_iso(moment + 10)}", "{_iso(1000)}"]]}}')
    os.utime(told, ns=(1, 1))  # a file system may not tell two writes within a few milliseconds apart
    wall.pass_by(5)
    assert clock.now() == datetime.fromtimestamp(500, UTC)
    assert clock.seconds_until(datetime.fromtimestamp(1000, UTC)) == 5


def test_a_clock_without_its_file_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Clock.from_setting(f'{{"follow": "{tmp_path / "knots.json"}"}}')


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


STEPS = st.lists(st.tuples(st.integers(1, 10_000), st.integers(1, 1_000_000)), min_size=1, max_size=6)


@given(STEPS, st.floats(0, 50_000))
def test_waiting_so_long_makes_it_that_late(steps: list[tuple[int, int]], ahead: float) -> None:
    """The inverse of the map is its inverse: what lies ``ahead`` on the wall is waited for that long."""
    wall, business = NOON.timestamp(), 1_000_000_000
    knots: list[tuple[float, float]] = [(wall, business)]
    for seconds, told in steps:
        wall, business = wall + seconds, business + told
        knots.append((wall, business))
    clock = Clock(knots)
    instant = datetime.fromtimestamp(clock._map(knots[0][0] + ahead, clock._wall, clock._business), UTC)
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch, NOON)
        # Instants are known to the microsecond, and a slow piece of the clock makes much wall of one.
        assert clock.seconds_until(instant) == pytest.approx(ahead, abs=0.02)
