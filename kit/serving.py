"""Keeps the parts of a process running until it is told to stop, and lets them finish what they hold."""

import asyncio
import contextlib
import gc
import importlib
import signal
import sys
from collections.abc import Awaitable, Coroutine, Iterator
from typing import Any, TypeVar

import uvicorn

from kit.settings import Settings

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a process's main coroutine on the fastest loop there is and return what it returns; uvloop is not for Windows."""
    loops = importlib.import_module("asyncio" if sys.platform == "win32" else "uvloop")
    with asyncio.Runner(loop_factory=loops.new_event_loop) as runner:
        return runner.run(main)


class _Server(uvicorn.Server):
    """Leaves the signals to :func:`until_stopped`, which stops all parts of a process together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


async def serve(app: Any, settings: Settings) -> None:
    """Serve an ASGI application until cancelled; then answer what was asked and run its shutdown.

    What a process has imported by now it keeps: the garbage collector need not look through it again and again, which
    takes 50 ms, thrice as much on a busy machine, and nobody is answered meanwhile.
    """
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app, host=settings.http_host, port=settings.http_port, log_config=None, access_log=False, lifespan="on"
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving


async def until_stopped(*parts: Awaitable[None]) -> None:
    """Run all parts until SIGTERM or SIGINT; if one fails, all stop and its error is raised."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.ensure_future(part) for part in parts]
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    for task in (*tasks, waiting):
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result
