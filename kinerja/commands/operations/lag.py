"""`kinerja operations lag`: how far the consumers are behind, by service and topic."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from kinerja.operations.ages import age
from kinerja.options import BusOption, StateOption
from kinerja.stack.state import State

if TYPE_CHECKING:
    from kinerja.operations.lag import Behind


def register(operations: typer.Typer) -> None:
    """Add the command to the group."""
    operations.command()(lag)


def lag(
    above: Annotated[
        float, typer.Option("--above", metavar="SECONDS", help="So far behind is too far: exit code 1.", min=0)
    ] = 60,
    kafka: BusOption = None,
    state: StateOption = None,
) -> None:
    """How far each consumer group is behind: records it has not acknowledged, and the age of the oldest; worst first.

    Looks from outside: no group is joined, no consumer disturbed. Exit code 1 if
    a group is more than 60 s behind.
    """
    from kinerja.operations import asked  # noqa: PLC0415 - the broker's client, for these commands alone
    from kinerja.operations import lag as looking  # noqa: PLC0415

    found = asyncio.run(looking.lag(asked.bus(State.find(state), kafka)))
    console = Console()
    console.print(
        _table(found) if found else "no consumer group of Kinerja is known there: no worker has ever listened"
    )
    late = [one for one in found if one.seconds > above]
    if found and not any(one.records for one in found):
        console.print("everything that was sent has taken effect")
    if late:
        console.print(f"[red]{len(late)} of {len(found)} groups are more than {age(above)} behind[/]")
        raise typer.Exit(1)


def _table(found: "list[Behind]") -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("service", "topic", "records", "behind", "readers"):
        table.add_column(heading, justify="left" if heading in ("service", "topic") else "right")
    for one in found:
        topic = f"{one.topic} (facts)" if one.facts else one.topic
        readers = str(one.readers) if one.readers else "[red]none[/]"
        table.add_row(one.service, topic, f"{one.records:,}", age(one.seconds), readers)
    return table
