"""Who asks engines is told which are missing, and what to do."""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.base import DEPLOYED
from kinerja.operations import asked, stuck
from kinerja.operations.lag import lag
from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import Existing, remember
from kinerja.stack.state import State

NOBODY = "127.0.0.1:9"


@pytest.fixture
def state(tmp_path: Path) -> State:
    """Where no stack was ever started."""
    state = State(tmp_path)
    state.prepare()
    return state


async def test_without_engines_it_is_said_how_to_name_them(state: State) -> None:
    with pytest.raises(StackError, match=r"no bus to ask.*`kinerja up`.*--kafka"):
        asked.bus(state, None)
    with pytest.raises(StackError, match=r"no Temporal to ask.*--temporal"):
        asked.temporal(state, None)
    with pytest.raises(StackError, match="no data on"):
        async with AsyncExitStack() as held:
            await asked.databases(state, None, held)


async def test_an_engine_that_does_not_answer_is_named(state: State) -> None:
    with pytest.raises(StackError, match=f"Kafka at {NOBODY} does not tell"):
        await lag(asked.bus(state, NOBODY))
    with pytest.raises(StackError, match=f"no Temporal answers at {NOBODY}"):
        await stuck.connected(asked.temporal(state, f"{NOBODY}/kinerja"))


def test_what_the_directory_remembers_is_asked_and_what_is_named_wins(state: State) -> None:
    remember(state, Existing(kafka="bus:9092", temporal="flows:7233/kinerja"))
    assert asked.bus(state, None).kafka == "bus:9092"
    assert asked.bus(state, NOBODY).kafka == NOBODY
    remembered = asked.temporal(state, None)
    assert (remembered.temporal, remembered.temporal_namespace) == ("flows:7233", "kinerja")
    assert asked.temporal(state, NOBODY).temporal_namespace == "default"


def test_settings_of_the_shell_that_cannot_be_used_are_named(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_KAFKA_USER", "plans")
    with pytest.raises(StackError, match="KINERJA_KAFKA_PASSWORD"):
        asked.bus(state, NOBODY)


def test_without_a_stack_every_service_is_asked_and_the_wall_is_the_clock(state: State) -> None:
    assert asked.services_on(state) == DEPLOYED
    assert abs(asked.business_now(state) - datetime.now(UTC)) < timedelta(minutes=1)
