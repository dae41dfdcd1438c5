"""The state directory: what a new run leaves of the runs before it."""

from pathlib import Path

import pytest

from kinerja.stack.state import State


@pytest.fixture
def state(tmp_path: Path) -> State:
    made = State(tmp_path)
    made.prepare()
    return made


def test_a_log_holds_one_run_and_the_run_before_is_kept_beside_it(state: State) -> None:
    log = state.log / "plans-api.log"
    for run in range(4):
        state.turn_logs()
        assert not log.exists()
        log.write_text(f"run {run}\n" * 100)
    assert sorted(path.name for path in state.log.iterdir()) == ["plans-api.log", "plans-api.log.1"]
    assert log.read_text() == "run 3\n" * 100
    assert log.with_suffix(".log.1").read_text() == "run 2\n" * 100


def test_a_run_that_said_nothing_does_not_push_out_the_one_that_did(state: State) -> None:
    log = state.log / "mail.log"
    log.write_text("what mattered")
    for _ in range(3):
        state.turn_logs()
        log.touch()
    assert log.with_suffix(".log.1").read_text() == "what mattered"
