"""`kinerja operations capacity`: how many days until the disk is full."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kinerja.operations import disk
from kinerja.options import POSTGRES, StateOption, engine
from kinerja.stack.state import State

FAR_DAYS = 3650
"""Nobody plans so far, and no estimate reaches there."""


def register(operations: typer.Typer) -> None:
    """Add the command."""
    operations.command()(capacity)


def capacity(
    days: Annotated[int, typer.Option("--days", help="Measure the growth of so many days, by the wall.", min=1)] = 7,
    warn: Annotated[int, typer.Option("--warn", help="Exit with 1 if fewer days than this are left.", min=0)] = 30,
    free: Annotated[
        str | None,
        typer.Option(
            "--free", metavar="BYTES", help="What is free, e.g. 200G; else the disk of the local stack is asked."
        ),
    ] = None,
    postgres: Annotated[
        str | None, engine(*POSTGRES, "Another server, as a role that reads everything; with --free.")
    ] = None,
    state: StateOption = None,
) -> None:
    """Say how many days until the disk is full, and what fills it: each database, Kafka and Temporal, the largest first.

    Growth is estimated from the journals: the events that the last days brought, times the room that an event has
    taken so far. Exit code 1 if fewer than --warn days are left.
    """
    from kinerja.operations.capacity import measured  # noqa: PLC0415 - help answers faster without the driver

    given = disk.bytes_said(free) if free is not None else None
    found = asyncio.run(measured(State.find(state), url=postgres, free=given, window=days))
    console, table = Console(), Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("what", "now", "a day", "of the growth"):
        table.add_column(heading, justify="left" if heading == "what" else "right", no_wrap=True)
    for one in found.holdings:
        share = f"{one.a_day / found.a_day:.0%}" if one.a_day else ""
        table.add_row(one.what, disk.shown(one.bytes), disk.shown(one.a_day) if one.a_day else "-", share)
    table.add_row(
        "together", disk.shown(found.bytes), disk.shown(found.a_day) if found.a_day else "-", "", style="bold"
    )
    console.print(_answer(found.days, found.free, found.a_day, days, warn), highlight=False)
    console.print(table)
    if found.days is not None and found.days < warn:
        raise typer.Exit(1)


def _answer(left: float | None, free: int, a_day: float, window: int, warn: int) -> str:
    if left is None:
        return (
            f"No growth measured: no event in the last {window} days, so nobody can say when the disk is full."
            f" {disk.shown(free)} are free."
        )
    of = f"{disk.shown(free)} free, {disk.shown(a_day)} a day"
    if left > FAR_DAYS:
        return f"[green]More than 10 years[/] at the present growth ({of})."
    end = datetime.now(UTC) + timedelta(days=left)
    style = "red" if left < warn else "green"
    unit = "day" if int(left) == 1 else "days"
    return f"[{style}]{int(left)} {unit}[/] at the present growth, until {end:%d %B %Y} ({of})."
