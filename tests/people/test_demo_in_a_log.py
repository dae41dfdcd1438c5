"""The demonstration where nobody watches a terminal, and beside what `kinerja up` has begun."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from typer.testing import CliRunner

from kinerja.cli import app
from kinerja.demo.director import Scene
from kinerja.demo.display import Phases
from kinerja.places import place_named
from kinerja.stack.state import Running, State
from tests.support.clock import SetClock


def test_after_up_it_says_at_once_that_the_clock_there_is_the_walls(tmp_path: Path) -> None:
    state = State(tmp_path / "state")
    state.prepare()
    state.write_running(Running(pid=1, started=0, ports={}, urls={}))
    result = CliRunner().invoke(app, ["demo", "--state", str(state.root), "--once"])
    assert result.exit_code == 1
    assert "was begun by `kinerja up`" in str(result.exception)
    assert "--state another-directory" in str(result.exception)


def test_without_a_terminal_each_phase_of_a_place_is_one_line() -> None:
    clock, said = SetClock(datetime(2026, 7, 1, tzinfo=UTC)), list[str]()
    scenes = [Scene(place_named(name), UUID(int=at)) for at, name in enumerate(("dumai", "binjai"))]
    phases = Phases(said.append, clock)
    for seen in ({"phase": "PLANNING"}, {"phase": "PLANNING"}, {"phase": "EXECUTION"}, {"state": "CLOSED"}):
        scenes[0].seen = seen
        phases.tell(scenes)
    assert said == [
        "01 July 2026  Dumai: planning",
        "01 July 2026  Binjai: opening",
        "01 July 2026  Dumai: execution",
        "01 July 2026  Dumai: closed",
    ]
