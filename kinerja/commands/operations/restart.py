"""`kinerja operations restart`: everything of Kinerja's own anew, one process after the other."""

import time
from typing import Annotated

import typer
from rich.console import Console

from kinerja.options import StateOption
from kinerja.stack.state import State


def register(operations: typer.Typer) -> None:
    """Add the command to the group."""
    operations.command()(restart)


def restart(
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="NAME", help="Only this process (plans-api) or service (plans); may be repeated."
        ),
    ] = None,
    state: StateOption = None,
) -> None:
    """Restart the stack that runs in another terminal, one process after the other; nothing is lost.

    Each finishes what it holds (SIGTERM) and is ready again before the next one ends; the order is workers, workflows, APIs,
    the portal. Engines run on. It stops at the first that does not come back, with exit code 1.

    Containers have `deploy/restart`, which does the same.
    """
    from kinerja.operations import restart as rolling  # noqa: PLC0415 - the command line answers faster without it

    found, console, began = State.find(state), Console(), time.monotonic()
    names = rolling.chosen(found.must_run(), only or ())
    for number, name in enumerate(names, 1):
        done = rolling.restart(found, name)
        console.print(
            f"{number:>2}/{len(names)} {name:<20} ended in {done.ended:4.1f} s, ready after {done.ready:4.1f} s"
            f"  {done.before or '-'} -> {done.pid}",
            highlight=False,
        )
    console.print(f"{len(names)} processes restarted in {time.monotonic() - began:.0f} s")
