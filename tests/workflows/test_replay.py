"""Recorded histories of every story still replay; a change of a story's steps without ``patched()`` fails here."""

import asyncio
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from workflows.stories import STORIES

HISTORIES = Path(__file__).parent / "histories"


@pytest.mark.parametrize("path", sorted(HISTORIES.glob("*.json")), ids=lambda path: path.stem)
async def test_a_recorded_story_still_replays(path: Path) -> None:
    recorded = WorkflowHistory.from_json(path.stem, await asyncio.to_thread(path.read_text))
    replayer = Replayer(workflows=STORIES, data_converter=pydantic_data_converter)
    result = await replayer.replay_workflow(recorded)
    assert result.replay_failure is None


def test_every_story_has_a_recorded_history() -> None:
    recorded = {path.stem.split("-")[0] for path in HISTORIES.glob("*.json")}
    assert recorded == {"cycle", "deadlines", "objection", "improvement", "season", "visit"}
