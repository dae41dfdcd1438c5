"""Somebody at a terminal who runs commands of `kinerja`, one press each, on a stack that runs."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from kinerja.stack.migrate import ROOT
from tests.portal.tasks import TASKS


@dataclass
class Terminal:
    """Counts the commands; what is typed into one is free, as it is into a page."""

    state: Path
    count: int = 0

    async def run(self, *words: str, code: int = 0) -> str:
        """Run ``kinerja`` with these words; what it said, after it ended with the code that is expected."""
        self.count += 1
        child = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).parent / "kinerja"),
            *words,
            env={
                "PATH": os.environ["PATH"],
                "KINERJA_STATE": str(self.state),
                "PYTHONPATH": str(ROOT),
                "COLUMNS": "80",
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await child.communicate()
        assert child.returncode == code, said.decode()
        return said.decode()

    def within(self, role: str, task: str) -> None:
        """No more commands were run than the task allows presses."""
        allowed = TASKS[role][task].presses
        assert self.count <= allowed, f"{role}, {task}: {self.count} of {allowed} commands"
