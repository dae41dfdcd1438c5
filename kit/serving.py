"""Keeps the parts of a process running until it is told to stop, and lets them finish what they hold."""

import asyncio
import contextlib
import gc
import importlib
import signal
import sys
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import structlog
import uvicorn

from kit.settings import Settings

T = TypeVar("T")
log = structlog.get_logger()


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


class PartEnded(Exception):
    """A part of a process that should run for ever came to an end; says which."""


async def until_stopped(*parts: Coroutine[Any, Any, None]) -> None:
    """Run all parts until SIGTERM or SIGINT; if one fails, all stop and its error is raised.

    A part that ends without being asked, whether it returns or is cancelled from inside, is an error as well (PartEnded): a
    worker without its relay looks healthy, and nothing moves.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(part, name=getattr(part, "__qualname__", "part")) for part in parts]
    waiting = asyncio.create_task(stop.wait())
    ended, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    for task in (*tasks, waiting):
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    if waiting in ended:  # asked to stop: what comes to light now is said, but nobody failed
        ended.clear()
    for task, result in zip(tasks, results, strict=True):
        _judge(task, result, unasked=task in ended)


def _judge(task: asyncio.Task[None], result: BaseException | None, *, unasked: bool) -> None:
    if isinstance(result, Exception):
        log.error("a part of the process failed", part=task.get_name(), exc_info=result)
        raise result
    if unasked:
        log.error("a part of the process ended without being asked", part=task.get_name())
        raise PartEnded(f"{task.get_name()} ended without being asked") from result
