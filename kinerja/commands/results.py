"""`kinerja results recompute|export`: proves that stored results follow from their traces, writes them for SIASN."""

import json
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from kinerja.commands import results_explain
from kinerja.library import CITIES
from kinerja.office import Office, city_with, office
from kinerja.options import CitiesOption, CityOption, CycleOption, JsonOption, StateOption
from kinerja.stack.state import State
from kit.sheets.tables import Table as Sheet
from kit.sheets.tables import write_csv, write_xlsx

results = typer.Typer(
    no_args_is_help=True, help="Stored results: explain one, prove that each follows from its trace, export them."
)
_SHOWN = 50
COLUMNS = (
    "hasilId",
    "versi",
    "nip",
    "nama",
    "tahun",
    "bulanMulaiPenilaian",
    "tahunMulaiPenilaian",
    "bulanSelesaiPenilaian",
    "tahunSelesaiPenilaian",
    "hasilKinerjaNilai",
    "perilakuKerjaNilai",
    "kuadranKinerjaNilai",
    "penilaiNipNrp",
    "penilaiNama",
    "penilaiJabatan",
    "penilaiGolongan",
    "penilaiUnorNama",
    "statusPenilai",
    "bagian",
    "jumlahBagian",
    "jenisJabatan",
    "penetapNipNrp",
    "penetapNama",
)
"""Of an export as a table, as docs/export.md explains them."""


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    results_explain.register(results)
    app.add_typer(results, name="results")


@results.command()
def recompute(
    cycle: CycleOption,
    city: CityOption = None,
    as_json: JsonOption = False,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Recompute every stored result of a cycle from its trace; exit code 1 if any differs. Nothing is written."""
    found = State.find(state)
    with office(found, "evaluation", city or city_with(found, f"/cycles/{cycle}", f"cycle {cycle}", cities)) as asking:
        report = recomputed(asking, cycle, Console(stderr=True))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        show(report, Console())
    if report["differing"]:
        raise typer.Exit(1)


class Format(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


@results.command()
def export(
    cycle: CycleOption,
    out: Annotated[Path, typer.Option("--out", help="The file to write.")],
    form: Annotated[Format, typer.Option("--format", help="CSV, XLSX, or a JSON list.")] = Format.CSV,
    city: CityOption = None,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Write the final results of a cycle as the national e-Kinerja names them, and say what is held back and why.

    A row for each part of the year with one rater and one position.
    """
    found = State.find(state)
    with office(found, "evaluation", city or city_with(found, f"/cycles/{cycle}", f"cycle {cycle}", cities)) as asking:
        pages = list(_export_pages(asking, cycle))
    records = [one for page in pages for one in page["items"]]
    write(out, form, records)
    console = Console()
    people = len({one["hasilId"] for one in records})
    console.print(f"{people:,} results written in {len(records):,} rows to {out}", soft_wrap=True, highlight=False)
    for reason, count in sorted(Counter(one["reason"] for page in pages for one in page["held"]).items()):
        console.print(f"{count:,} held back: {reason}", highlight=False)


def _export_pages(asking: Office, cycle: UUID) -> Iterator[dict[str, Any]]:
    more: dict[str, object] = {}
    while True:
        page = asking.get(f"/cycles/{cycle}/export", limit=500, **more)
        yield page
        if page["next"] is None:
            return
        more = {"cursor": page["next"]}


def write(out: Path, form: Format, records: list[dict[str, Any]]) -> None:
    """One file; a table has the columns of docs/export.md in their order, even without a result."""
    if form is Format.JSON:
        out.write_text(json.dumps(records, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return
    table = Sheet(out.stem, COLUMNS, ([one.get(name) for name in COLUMNS] for one in records))
    with out.open("wb") as file:
        if form is Format.XLSX:
            write_xlsx(file, table, sheet="hasil")
        else:
            write_csv(file, table, mark=False)


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
        console.print(f"and {len(differing) - _SHOWN} more: --json lists all")
    table = Table("cycle", "results", "differ")
    table.add_row(
        report["cycle_id"], f"{report['checked']:,}", f"[{'red' if differing else 'green'}]{len(differing):,}"
    )
    console.print(table)
