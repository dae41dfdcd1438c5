"""Runs the measurements: ``python -m bench [names...] [--json FILE] [--quick]``."""

import asyncio
import importlib
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console

from bench import room
from bench.figures import Figure, Run, table

MODULES = {
    "relay": "bench.relay",
    "sweep": "bench.sweep",
    "rush": "bench.rush",
    "importing": "bench.importing",
    "enrol": "bench.enrol",
    "http": "bench.command",
    "door": "bench.slow",
    "effect": "bench.effect",
    "memory": "bench.memory",
    "feed": "bench.feed",
    "rescoring": "bench.rescoring",
    "papers": "bench.papers",
    "pages": "bench.pages",
    "webhooks": "bench.webhooks",
}
"""Each has ``measure(say, *, quick) -> list[Figure]``; a module is imported when its turn comes."""


Name = StrEnum("Name", list(MODULES))  # type: ignore[misc]


def main(
    names: Annotated[list[Name] | None, typer.Argument(help="Which measurements; all without.")] = None,
    json: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file as well.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the size: does it run at all?")] = False,  # noqa: FBT002
    apache_kafka: Annotated[  # noqa: FBT002
        bool, typer.Option("--apache-kafka", help="On Apache Kafka, not the embedded broker.")
    ] = False,
) -> None:
    """Measure Kinerja against its budgets, each figure beside a baseline of the same run.

    Nothing fails here: what a figure is worth depends on the machine and on what else it does.
    """
    room.ENGINE.apache_kafka = apache_kafka
    console = Console(stderr=True)
    run = Run.begin(quick=quick)
    figures: list[Figure] = []
    with console.status("starting") as status, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for name in (str(one) for one in names or Name):
            measure = importlib.import_module(MODULES[name]).measure
            try:
                figures += runner.run(measure(status.update, quick=quick))
            except Exception as error:
                console.print(f"[red]{name} could not be measured:[/red] {error!r}", highlight=False)
                raise
    _show(run.model_copy(update={"figures": tuple(figures)}), json)


def _show(run: Run, file: Path | None) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table(run.figures))
    console.print(f"{run.at:%Y-%m-%d %H:%M} UTC, {run.cpus} CPUs, load before the run {run.load:.1f}", highlight=False)
    if file is not None:
        file.write_text(run.model_dump_json(indent=2) + "\n")


if __name__ == "__main__":
    typer.run(main)
