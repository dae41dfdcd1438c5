"""The conductor: the clock of a demonstration waits for people, but not for ever."""

from datetime import timedelta

from kinerja.demo.conductor import BEHIND, LINGER_SECONDS, LOOK_SECONDS, Conductor


def test_the_clock_lingers_only_while_somebody_is_more_than_a_day_behind() -> None:
    lags = [timedelta(0), BEHIND, BEHIND + timedelta(hours=1), timedelta(days=9), timedelta(hours=3)]
    asked: list[float] = []
    conductor = Conductor(iter(lags).__next__, asked.append, longest=60)
    heard = []
    for _ in lags:
        conductor.look(LOOK_SECONDS)
        heard.append(len(asked))
    assert heard == [0, 0, 1, 2, 2]
    assert asked == [LINGER_SECONDS] * 2


def test_a_machine_that_never_keeps_up_is_not_waited_for_for_ever() -> None:
    asked: list[float] = []
    conductor = Conductor(lambda: timedelta(days=9), asked.append, longest=3 * LOOK_SECONDS)
    for _ in range(50):
        conductor.look(LOOK_SECONDS)
    assert 3 <= len(asked) <= 4


def test_looks_that_come_late_on_a_busy_machine_count_as_long_as_they_took() -> None:
    asked: list[float] = []
    conductor = Conductor(lambda: timedelta(days=9), asked.append, longest=60)
    for _ in range(50):
        conductor.look(20.0)
    assert len(asked) == 3
