"""`kinerja up`, `down` and `status`: the local stack seen from a terminal."""

import asyncio
import os
import signal
import socket
import time
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlsplit

import psutil
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.base import SERVICES
from kinerja.options import KafkaOption, PostgresOption, StateOption, TemporalOption
from kinerja.stack.errors import AlreadyRunning, StackError
from kinerja.stack.state import Running, RunningProcess, State

if TYPE_CHECKING:
    from kinerja.stack.existing.named import Existing

STOP_PATIENCE = 60.0
POSTGRES_PORT = 5432
ADDRESS = 30
"""Characters of an address that stand in the table; longer ones stand below it, to be copied whole."""


def register(app: typer.Typer) -> None:
    app.command()(up)
    app.command()(down)
    app.command()(status)


def up(
    state: StateOption = None,
    engines: Annotated[
        bool, typer.Option("--engines", help="Start the engines and make the tables, no process of Kinerja.")
    ] = False,
    kafka: KafkaOption = None,
    postgres: PostgresOption = None,
    temporal: TemporalOption = None,
) -> None:
    """Start the local stack and stay until Ctrl-C; data of an earlier run is taken up again.

    With --kafka, --postgres or --temporal an engine that exists already is used: it gets what it lacks, loses nothing.
    """
    from kinerja.stack.existing.named import Existing  # noqa: PLC0415
    from kinerja.stack.foreground import run  # noqa: PLC0415 - `down` and `status` answer faster without the engines

    existing = Existing.named(kafka=kafka, postgres=postgres, temporal=temporal)
    raise typer.Exit(run(_up(State.find(state), existing, engines_only=engines)))


async def _up(state: State, existing: "Existing", *, engines_only: bool) -> int:
    from kinerja.stack.stack import LocalStack  # noqa: PLC0415

    console = Console()

    def say(text: str) -> None:
        console.print(f"[yellow]{escape(text)}[/yellow]", soft_wrap=True)

    try:
        with console.status("starting"):
            stack = LocalStack(state, engines_only=engines_only, existing=existing, say=say)
            await stack.start()
    except AlreadyRunning as error:
        console.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
        _print_urls(console, state.read_running())
        return 1
    try:
        console.print(f"ready after {stack.started_in:.1f} s; business time {stack.clock.now():%Y-%m-%d %H:%M} UTC")
        _print_urls(console, state.read_running())
        console.print("Ctrl-C stops it")
        await asyncio.Event().wait()
    finally:
        console.print("stopping")
        await stack.stop()
    return 0


def down(state: StateOption = None) -> None:
    """Stop the stack that runs in another terminal, and wait until it is gone."""
    found = State.find(state)
    if (running := found.running()) is None:
        raise StackError(f"no stack runs on {found.root}")
    os.kill(running.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_PATIENCE
    while found.is_held():
        if time.monotonic() > deadline:
            raise StackError(f"process {running.pid} has not stopped within {STOP_PATIENCE:.0f} s")
        time.sleep(0.1)
    Console().print("stopped")


def status(state: StateOption = None) -> None:
    """Show every process of the running stack; exit code 1 if none runs or one is not ready."""
    found = State.find(state)
    running = found.must_run()
    console, table = Console(), processes()
    for process in running.processes:
        style = "green" if process.state == "ready" else "yellow"
        pid = str(process.pid or "-")
        restarts = str(process.restarts or "")
        address = process.url if len(process.url) <= ADDRESS else ""
        table.add_row(process.name, pid, f"[{style}]{process.state}[/]", restarts, _memory(process), address)
    console.print(table)
    for process in (one for one in running.processes if len(one.url) > ADDRESS):
        console.print(f"  {process.name:<10} {escape(process.url)}", soft_wrap=True, highlight=False)
    answering = {name: _answers(address) for name, address in running.existing.items()}
    for name, answers in answering.items():
        said = "[green]answers[/]" if answers else "[yellow]does not answer[/]"
        console.print(f"  {name:<10} {said}  {escape(running.existing[name])}", soft_wrap=True, highlight=False)
    if any(process.state != "ready" for process in running.processes) or not all(answering.values()):
        raise typer.Exit(1)


def processes() -> Table:
    """Narrow enough for 80 columns with every address whole: people copy them."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=0)
    for heading in ("process", "pid", "state", "restarts", "MB", "address"):
        table.add_column(heading, justify="right" if heading in ("pid", "restarts", "MB") else "left", no_wrap=True)
    return table


def _answers(address: str) -> bool:
    """Whether somebody accepts connections at an engine that was not started here: ``host:port`` or a URL."""
    return any(_accepts(one) for one in address.split(","))


def _accepts(address: str) -> bool:
    parts = urlsplit(address if "://" in address else f"//{address}")
    directory = dict(parse_qsl(parts.query)).get("host")
    try:
        if directory is not None:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(f"{directory}/.s.PGSQL.{parts.port or POSTGRES_PORT}")
        else:
            socket.create_connection((parts.hostname or "", parts.port or POSTGRES_PORT), timeout=2).close()
    except OSError:
        return False
    return True


def _memory(process: RunningProcess) -> str:
    """What it holds for itself plus its share of what it has in common with others, like PostgreSQL's children."""
    try:
        root = psutil.Process(process.pid)
        family = [root, *root.children(recursive=True)]
        return f"{sum(_share(one) for one in family) / 2**20:.0f}"
    except psutil.Error:
        return "-"


def _share(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.uss))


def _print_urls(console: Console, running: Running | None) -> None:
    if running is None:
        return
    for name, url in running.urls.items():
        page = f"{url}/docs" if name in SERVICES else url
        console.print(f"  {name:<11} {page}", highlight=False)
