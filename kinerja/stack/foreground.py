"""Run a command until it ends or somebody asks it to stop (Ctrl-C, SIGTERM, a closed terminal)."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(command: Coroutine[Any, Any, int]) -> int:
    """The command's exit code; 0 when it was asked to stop and stopped cleanly. Asking twice changes nothing."""
    return asyncio.run(_run(command))


async def _run(command: Coroutine[Any, Any, int]) -> int:
    task = asyncio.ensure_future(command)
    asked = False

    def ask() -> None:
        nonlocal asked
        if not asked:
            asked = True
            task.cancel()

    loop = asyncio.get_running_loop()
    for number in STOPPING:
        loop.add_signal_handler(number, ask)
    try:
        return await task
    except asyncio.CancelledError:
        return 0
