"""`kinerja operations workflows`: which workflows are stuck, and what they wait for."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from kinerja.operations.ages import age
from kinerja.options import StateOption, WorkflowsOption
from kinerja.stack.state import State

if TYPE_CHECKING:
    from kinerja.operations.pending import Pending
    from kinerja.operations.stuck import Bounds, Queue, Report
    from kit.settings import Settings


def register(operations: typer.Typer) -> None:
    """Add the command to the group."""
    operations.command()(workflows)


def workflows(
    tries: Annotated[int, typer.Option("--tries", help="An activity that was begun more often is stuck.", min=1)] = 5,
    waiting: Annotated[
        float,
        typer.Option(
            "--waiting", metavar="SECONDS", help="What no worker takes for longer is stuck, if none asks for it.", min=0
        ),
    ] = 60,
    most: Annotated[int, typer.Option("--most", help="Look at so many workflows; hundreds a second.", min=1)] = 3_000,
    lines: Annotated[int, typer.Option("--lines", help="Show so many, the worst first.", min=1)] = 20,
    temporal: WorkflowsOption = None,
    state: StateOption = None,
) -> None:
    """Workflows that are stuck: what they wait for, since when, and why; the worst first.

    First a queue on which nobody works, then a workflow whose own task fails,
    then an activity that fails again and again. Who waits for a date or a person
    is not stuck. Exit code 1 if any is.
    """
    from kinerja.operations import asked  # noqa: PLC0415 - Temporal's client, for this command alone
    from kinerja.operations.stuck import Bounds  # noqa: PLC0415

    bounds = Bounds(tries=tries, waiting=timedelta(seconds=waiting), most=most)
    report = asyncio.run(_looked(asked.temporal(State.find(state), temporal), bounds, lines))
    _say(report, lines, Console())
    if report.stuck:
        raise typer.Exit(1)


async def _looked(settings: "Settings", bounds: "Bounds", lines: int) -> "Report":
    from kinerja.operations import stuck  # noqa: PLC0415

    client = await stuck.connected(settings)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("workflows", total=None)
        return await stuck.look(
            client,
            bounds,
            shown=lines,
            advance=lambda done, total: progress.update(bar, completed=done, total=total),
        )


def _say(report: "Report", lines: int, console: Console) -> None:
    if report.queues:
        console.print("[red]nobody works on these queues[/]: is the worker of that name running?")
        console.print(_queues(report.queues))
    for one in report.stuck[:lines]:
        console.print(f"[bold]{escape(_who(one))}[/]", highlight=False, soft_wrap=True)
        console.print(f"  {escape(_what(one))}", highlight=False, soft_wrap=True)
        if one.said:
            console.print(f"  [dim]{escape(one.said)}[/]", highlight=False, soft_wrap=True)
    looked_at = f"{report.looked_at:,} of {report.running:,} running workflows were looked at"
    if not report.stuck:
        console.print(f"no workflow is stuck; {looked_at}")
        return
    more = f", {len(report.stuck) - lines:,} more than are shown" if len(report.stuck) > lines else ""
    console.print(f"[red]stuck: {len({one.workflow_id for one in report.stuck}):,}[/]{more}; {looked_at}")


def _queues(queues: "Sequence[Queue]") -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("queue", "tasks", "oldest", "asked for last"):
        table.add_column(heading, justify="right" if heading in ("tasks", "oldest") else "left")
    for one in queues:
        last = f"{_ago(one.asked_at)} ago" if one.asked_at else "not lately"
        table.add_row(escape(one.name), f"{one.tasks:,}", _ago(one.since), last)
    return table


def _who(one: "Pending") -> str:
    return "  ".join(part for part in (one.city or "?", one.workflow_id, one.cycle) if part)


def _what(one: "Pending") -> str:
    what = one.what or "its own task"
    if one.waits:
        return f"{what} waits for a worker of the queue {one.queue} for {_ago(one.since)}"
    then = "runs now" if one.next_at is None else f"next in {age((one.next_at - datetime.now(UTC)).total_seconds())}"
    return f"{what}: try {one.tries} in {_ago(one.since)}, {then}"


def _ago(at: datetime) -> str:
    return age((datetime.now(UTC) - at).total_seconds())
