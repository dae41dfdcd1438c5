"""`kinerja results recompute`: makes every stored result of a cycle again from its trace, and tells which differ."""

import json
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kinerja.office import Office, city_of, office
from kinerja.options import StateOption
from kinerja.stack.state import State

results = typer.Typer(no_args_is_help=True, help="Stored results: prove that each follows from its own trace.")
CycleOption = Annotated[UUID, typer.Option("--cycle", help="Id of the cycle.")]
CityOption = Annotated[
    str | None, typer.Option("--city", help="Code of its city; the known places are asked without it.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]
_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(results, name="results")


@results.callback()
def group() -> None:
    """Keep the group a group while it has one command."""


@results.command()
def recompute(
    cycle: CycleOption, city: CityOption = None, as_json: JsonOption = False, state: StateOption = None
) -> None:
    """Recompute every stored result of a cycle from its trace; exit code 1 if any differs. Nothing is written."""
    found = State.find(state)
    with office(found, "evaluation", city or city_of(found, cycle)) as asking:
        report = recomputed(asking, cycle, Console(stderr=True))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        show(report, Console())
    if report["differing"]:
        raise typer.Exit(1)


def recomputed(asking: Office, cycle: UUID, progress: Console) -> dict[str, Any]:
    """How many results were made again and which differ."""
    report: dict[str, Any] = {"cycle_id": str(cycle), "checked": 0, "differing": []}
    for page in tracked(asking.pages(f"/cycles/{cycle}/recomputation", {}), "recomputing", progress):
        report["checked"] += page["checked"]
        report["differing"] += page["differing"]
    return report


def tracked(pages: Iterator[dict[str, Any]], what: str, console: Console) -> Iterator[dict[str, Any]]:
    """The pages, with a bar that counts their people."""
    shapes = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*shapes, console=console, transient=True) as progress:
        task = progress.add_task(what, total=None)
        for page in pages:
            progress.update(task, total=page["total"], advance=page["checked"])
            yield page


def show(report: dict[str, Any], console: Console) -> None:
    """A table of what differs, and the count of both."""
    differing = report["differing"]
    if differing:
        table = Table("result", "servant", "version", "difference", title="Results that do not follow from their trace")
        for one in differing[:_SHOWN]:
            table.add_row(one["result_id"], one["servant_id"], str(one["version"]), "\n".join(one["differences"]))
        console.print(table)
    if len(differing) > _SHOWN:
        console.print(f"and {len(differing) - _SHOWN} more: --json tells all")
    table = Table("cycle", "results", "differ")
    table.add_row(
        report["cycle_id"], f"{report['checked']:,}", f"[{'red' if differing else 'green'}]{len(differing):,}"
    )
    console.print(table)
