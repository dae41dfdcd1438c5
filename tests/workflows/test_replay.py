"""Recorded histories of every workflow still replay; a change of a workflow's steps without ``patched()`` fails here."""

import asyncio
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from tests.workflows.names import name_of
from workflows.registered import WORKFLOWS

HISTORIES = Path(__file__).parent / "histories"


@pytest.mark.parametrize("path", sorted(HISTORIES.glob("*.json")), ids=lambda path: path.stem)
async def test_a_recorded_workflow_still_replays(path: Path) -> None:
    recorded = WorkflowHistory.from_json(path.stem, await asyncio.to_thread(path.read_text))
    replayer = Replayer(workflows=WORKFLOWS, data_converter=pydantic_data_converter)
    result = await replayer.replay_workflow(recorded)
    assert result.replay_failure is None


def test_every_workflow_has_a_recorded_history() -> None:
    recorded = {path.stem.split("-")[0] for path in HISTORIES.glob("*.json")}
    assert recorded == {name_of(one) for one in WORKFLOWS}
    # The names on the wire: another one is a workflow type that no running workflow has.
    assert recorded == {"cycle", "deadlines", "objection", "improvement", "season", "visit"}
