"""The scaled clock and the times it promises."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.clock import Clock


def test_without_knots_it_is_the_wall() -> None:
    assert abs(Clock().now().timestamp() - time.time()) < 1
    assert Clock.from_setting("").now().tzinfo is UTC


def test_a_single_knot_shifts_the_wall() -> None:
    wall = datetime.now(UTC)
    clock = Clock.from_setting(f'{{"knots": [["{wall.isoformat()}", "2026-01-05T09:00:00+07:00"]]}}')
    assert abs(clock.now() - datetime(2026, 1, 5, 2, tzinfo=UTC)) < timedelta(seconds=1)


def test_pieces_run_at_their_own_speed_and_the_last_goes_on() -> None:
    now = time.time()
    clock = Clock([(now - 20, 0), (now - 10, 1000), (now, 1010)])
    assert abs(clock.now().timestamp() - 1010) < 1
    assert abs(clock.seconds_until(datetime.fromtimestamp(1015, UTC)) - 5) < 1
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
    monkeypatch.setattr("time.monotonic", lambda: moment)
    monkeypatch.setattr("time.time", lambda: moment)
    told = tmp_path / "knots.json"
    told.write_text(f'{{"knots": [["{_iso(moment)}", "{_iso(0)}"]]}}')
    clock = Clock.from_setting(f'{{"follow": "{told}"}}')
    assert clock.now() == datetime.fromtimestamp(0, UTC)

    told.write_text(f'{{"knots": [["{_iso(moment)}", "{_iso(0)}"], ["{_iso(moment + 10)}", "{_iso(1000)}"]]}}')
    os.utime(told, ns=(1, 1))  # a file system may not tell two writes within a few milliseconds apart
    moment += 5
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
    wall, business = time.time(), 1_000_000_000
    knots: list[tuple[float, float]] = [(wall, business)]
    for seconds, told in steps:
        wall, business = wall + seconds, business + told
        knots.append((wall, business))
    clock = Clock(knots)
    instant = datetime.fromtimestamp(clock._map(knots[0][0] + ahead, clock._wall, clock._business), UTC)
    assert abs(clock.seconds_until(instant) - max(0.0, knots[0][0] + ahead - time.time())) < 1
