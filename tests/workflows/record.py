"""Records histories of the workflows from a running stack: ``python -m tests.workflows.record``.

Run it after a demonstration, when the steps of a workflow have changed on purpose and old runs have ended.
"""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHandle

from kinerja.stack.state import State

HISTORIES = Path(__file__).parent / "histories"
NAMES = ("cycle", "deadlines", "objection")
EACH = 1
_WORKER = re.compile(r"\d+@[A-Za-z0-9.-]+")
"""Process and host of a worker: of no use for a replay."""


async def main() -> None:
    """Write the longest history of each workflow."""
    client = await Client.connect(State.find().must_run().temporal)
    for name in NAMES:
        found = [one async for one in client.list_workflows(f"WorkflowType = '{name}'")]
        for number, one in enumerate(sorted(found, key=lambda w: -(w.history_length or 0))[:EACH], 1):
            await keep(client.get_workflow_handle(one.id, run_id=one.run_id), f"{name}-{number}")


async def keep(handle: WorkflowHandle[Any, Any], name: str) -> None:
    """Write the history of one run; workflows that no demonstration plays are recorded by their test.

    ``KINERJA_WRITE_HISTORY=1 pytest tests/workflows/test_improvement.py``
    """
    history = await handle.fetch_history()
    path = HISTORIES / f"{name}.json"
    text = json.dumps(json.loads(history.to_json()), separators=(",", ":"))
    path.write_text(_WORKER.sub("worker", text) + "\n")
    print(path.name, len(history.events), "events")


if __name__ == "__main__":
    asyncio.run(main())
