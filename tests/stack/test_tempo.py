"""The scaled clock: what the stack computes is what the processes see, and no time passes while it stands."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kinerja.stack.clockwork import AHEAD, Clockwork
from kinerja.stack.state import State
from kinerja.stack.tempo import Tempo, resume, save
from kit.clock import LOOK_SECONDS, Clock
from tests.support.wall import stand_in

WALL = datetime(2026, 11, 22, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
TEMPO = Tempo(((0, JUNE), (10, JUNE + timedelta(days=10)), (20, JUNE + timedelta(days=110))))


@pytest.mark.parametrize(("seconds", "days"), [(0, 0), (5, 5), (10, 10), (12, 30), (20, 110), (21, 120)])
def test_business_time_follows_straight_lines_and_the_last_slope_goes_on(seconds: float, days: float) -> None:
    assert TEMPO.at(seconds) == JUNE + timedelta(days=days)
    assert TEMPO.seconds_at(JUNE + timedelta(days=days)) == pytest.approx(seconds)


@pytest.mark.parametrize("seconds", [0, 3, 10, 17, 20, 400])
def test_the_processes_read_the_same_clock(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock.from_setting(TEMPO.setting(WALL))
    stand_in(monkeypatch, WALL + timedelta(seconds=seconds))
    assert abs(clock.now() - TEMPO.at(seconds)) < timedelta(seconds=1)


@pytest.mark.parametrize("seconds", [0, 4, 10, 15, 20, 60])
def test_what_was_saved_goes_on_from_its_instant_with_the_slopes_that_are_left(seconds: float, tmp_path: Path) -> None:
    save(tmp_path / "clock.json", TEMPO, TEMPO.at(seconds))
    resumed = resume(tmp_path / "clock.json")
    assert resumed is not None
    for later in (0, 3, 8, 30):
        assert abs(resumed.at(later) - TEMPO.at(seconds + later)) < timedelta(seconds=1)


def test_a_single_point_runs_at_the_speed_of_the_wall() -> None:
    tempo = Tempo(((0, JUNE),))
    assert tempo.at(90) == JUNE + timedelta(seconds=90)
    assert tempo.from_instant(JUNE + timedelta(days=1)).at(60) == JUNE + timedelta(days=1, seconds=60)


def test_while_the_processes_start_the_clock_creeps() -> None:
    held = TEMPO.held(10)
    assert held.at(0) == JUNE
    assert held.at(10) == JUNE + timedelta(seconds=10)
    assert held.at(20) == TEMPO.at(10)
    assert held.at(30) == TEMPO.at(20)


@pytest.mark.parametrize("begin", [4, 12, 25])
def test_a_lingering_clock_loses_a_while_and_then_goes_on_as_before(begin: float) -> None:
    lingering = TEMPO.lingering(begin, seconds=6, pace=0.5)
    for seconds in (0, begin / 2, begin):
        assert lingering.at(seconds) == TEMPO.at(seconds)
    assert lingering.at(begin + 6) == TEMPO.at(begin + 3)
    for later in (7, 30):
        assert abs(lingering.at(begin + later) - TEMPO.at(begin + later - 3)) < timedelta(seconds=1)


@pytest.mark.parametrize("pace", [0, 1, -1, 2])
def test_a_pace_that_does_not_linger_is_refused(pace: float) -> None:
    with pytest.raises(ValueError, match="pace"):
        TEMPO.lingering(5, seconds=1, pace=pace)


def test_the_speed_of_the_wall_does_not_linger() -> None:
    assert Tempo(((0, JUNE),)).lingering(5, seconds=10) == Tempo(((0, JUNE),))


async def test_asked_to_linger_again_and_again_it_stands_without_a_gap_and_every_process_sees_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = stand_in(monkeypatch, WALL)
    fast = Tempo(((0, JUNE), (1000, JUNE + timedelta(days=10_000))))  # ten days a second
    clock = Clockwork(State(tmp_path), fast, hold=0)
    clock.start()
    process = Clock.from_setting(clock.setting)
    clock.linger(1)
    wall.pass_by(AHEAD + LOOK_SECONDS)
    began = clock.now()
    for _ in range(8):
        clock.linger(1)
        wall.pass_by(0.1)
        assert abs(process.now() - clock.now()) < timedelta(seconds=1)
    await clock.stop()
    assert clock.now() - began < timedelta(days=2)


async def test_however_long_a_start_takes_the_business_waits_for_it(tmp_path: Path) -> None:
    fast = Tempo(((0, JUNE), (1000, JUNE + timedelta(days=10_000))))  # ten days a second
    clock = Clockwork(State(tmp_path), fast, hold=0)
    clock.start()
    began = time.monotonic()
    async with clock.standing():
        await asyncio.sleep(2)
        passed = clock.now() - JUNE
    meant = timedelta(days=10 * (time.monotonic() - began))
    await clock.stop()
    assert passed < meant / 3


@pytest.mark.parametrize(
    "points",
    [
        (),
        ((0, JUNE), (0, JUNE + timedelta(days=1))),
        ((0, JUNE), (1, JUNE)),
        ((0, JUNE.replace(tzinfo=None)),),
    ],
)
def test_a_tempo_that_does_not_rise_or_has_no_zone_is_refused(points: tuple[tuple[float, datetime], ...]) -> None:
    with pytest.raises(ValueError, match="tempo"):
        Tempo(points)


async def test_no_business_time_passes_between_stop_and_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = stand_in(monkeypatch, WALL)
    state = State(tmp_path)
    first = Clockwork(state, TEMPO, hold=0)
    first.start()
    wall.pass_by(2)
    before = first.now()
    await first.stop()
    wall.pass_by(3600)

    second = Clockwork(state, None, hold=0)
    second.start()
    started = second.now()
    await second.stop()
    assert before == started == JUNE + timedelta(days=2)


async def test_after_a_crash_the_clock_does_not_run_backwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = stand_in(monkeypatch, WALL)
    crashed = Clockwork(State(tmp_path), TEMPO, hold=0)
    crashed.start()
    await asyncio.sleep(0)  # it saves at once, and then each second
    wall.pass_by(0.3)
    reached = crashed.now()

    again = Clockwork(State(tmp_path), None, hold=0)
    again.start()
    assert reached <= again.now() < reached + timedelta(days=2)
    await again.stop()
    await crashed.stop()


def test_a_directory_without_a_tempo_runs_at_real_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = stand_in(monkeypatch, WALL)
    wall.pass_by(60)
    clock = Clockwork(State(tmp_path), None)
    assert clock.setting == ""
    assert clock.now() == wall.now()
