"""Keeps the parts of a process running until it is told to stop, and lets them finish what they hold."""

import asyncio
import contextlib
import gc
import importlib
import signal
import sys
from collections.abc import Coroutine, Iterator
from typing import Any, Literal, TypeVar

import structlog
import uvicorn

from kit.door.connections import KEEP_ALIVE_SECONDS, Watch
from kit.metrics import measurements
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
    """Serve an ASGI application until cancelled, and what was measured beside it; then answer what was asked and shut down.

    What a process has imported by now it keeps: the garbage collector need not look through it again and again, which
    takes 50 ms, thrice as much on a busy machine, and nobody is answered meanwhile.
    """
    gc.collect()
    gc.freeze()
    watch = Watch(settings)
    servers = [_server(app, settings.http_host, settings.http_port, watch, lifespan="on")]
    if settings.metrics_port:  # on a port of its own: no flood of requests hides what a process measures
        servers.append(_server(measurements, settings.metrics_host, settings.metrics_port, watch, lifespan="off"))
    watching = asyncio.create_task(watch.run(), name="connections that keep us waiting")
    serving = asyncio.gather(*(one.serve() for one in servers))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        for one in servers:
            one.should_exit = True
        await serving
    finally:
        watching.cancel()


def _server(app: Any, host: str, port: int, watch: Watch, *, lifespan: Literal["on", "off"]) -> _Server:
    proxies = watch.settings.http_proxies
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=watch.protocol(),
        ws="none",
        h11_max_incomplete_event_size=watch.settings.http_head_bytes,
        timeout_keep_alive=round(KEEP_ALIVE_SECONDS),
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        server_header=False,
        log_config=None,
        access_log=False,
        lifespan=lifespan,
    )
    return _Server(config)


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
