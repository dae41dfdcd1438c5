"""`kinerja operations restore-drill`: the report of the last drill, or a new one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kinerja.commands.operations.backing import AnchorsOption, Bar, PostgresOption
from kinerja.options import ServiceOption, StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

if TYPE_CHECKING:
    from kinerja.operations.backups.reports import Drill, Restored
    from kinerja.operations.backups.session import Asked


def register(operations: typer.Typer) -> None:
    """Add the command."""
    operations.command(name="restore-drill")(restore_drill)


def restore_drill(
    run: Annotated[bool, typer.Option("--run", help="Make a drill now; else the last one is told.")] = False,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="DIR", help="With --run: restore this backup, not a dump made now.", file_okay=False
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", help="File of the report.", show_default="drills/ of the state directory", dir_okay=False
        ),
    ] = None,
    warn: Annotated[int, typer.Option("--warn", help="Exit with 1 if the last one is older than so many days.")] = 90,
    service: ServiceOption = None,
    postgres: PostgresOption = None,
    anchors: AnchorsOption = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            "--anchor-keys", help="Public keys of the anchors.", show_default="anchor.pub there", dir_okay=False
        ),
    ] = None,
    work: Annotated[
        Path | None,
        typer.Option("--work", help="Where dumps lie meanwhile.", show_default="the state directory", file_okay=False),
    ] = None,
    state: StateOption = None,
) -> None:
    """Tell the last restore drill: when, what, how long it took, and whether everything came back.

    With --run each service's database is dumped as it runs, restored beside it under another name, and proven: every
    row of every table, revision, rights and forced row-level security are those of the original, and the journal is
    what was recorded and signed. The copies are removed. Exit code 1 if the last drill failed, is too old, or never was.
    """
    from kinerja.operations.backups.reports import Reports  # noqa: PLC0415 - help answers faster without the driver
    from kinerja.operations.backups.session import Asked  # noqa: PLC0415

    if source is not None and not run:
        raise StackError("--from is for --run: which backup to restore")
    console, found = Console(), State.find(state)
    reports = Reports.of(found, report)
    if run:
        with Bar(console) as bar:
            reports.keep(_made(Asked(found, postgres, service or (), anchors, keys, bar), source, work))
    if (last := reports.last()) is None:
        raise StackError("there was no restore drill yet: `kinerja operations restore-drill --run` makes one")
    age = datetime.now(UTC) - last.at
    _tell(console, last, age, warn)
    if not last.holds or age > timedelta(days=warn):
        raise typer.Exit(1)


def _made(asked: "Asked", source: Path | None, work: Path | None) -> "Drill":
    from kinerja.operations.backups.session import drill  # noqa: PLC0415
    from kinerja.stack.foreground import run  # noqa: PLC0415

    done: list[Drill] = []

    async def make() -> int:
        done.append(await drill(asked, source=source, work=work))
        return 0

    run(make())
    if not done:
        raise StackError("the drill was stopped: its copies are removed, and nothing is reported")
    return done[0]


def _tell(console: Console, last: "Drill", age: timedelta, warn: int) -> None:
    result = "[green]everything came back[/]" if last.holds else "[red]it does not hold[/]"
    ago = "today" if age < timedelta(days=1) else f"{age.days} days ago"
    source = f"of the backup {last.source}" if last.source else "of dumps made for it"
    took = f"{last.seconds:.0f} s, PostgreSQL {last.server}"
    console.print(
        f"Restore drill of {last.at:%Y-%m-%d %H:%M} UTC ({ago}): {result}; {escape(source)}; {took}.", highlight=False
    )
    if age > timedelta(days=warn):
        console.print(f"[red]It is older than {warn} days[/]: make another one with --run.", highlight=False)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=0)  # else too wide for 80 columns
    for heading in ("service", "revision", "rows", "events", "dump", "restore", "proof", "result"):
        table.add_column(heading, justify="left" if heading in ("service", "result") else "right", no_wrap=True)
    for one in sorted(last.restored, key=lambda one: not one.faults):
        table.add_row(*_row(one))
    console.print(table)
    for one in last.restored:
        for fault in one.faults:
            console.print(f"[red]{one.service}[/]: {escape(fault)}", soft_wrap=True, highlight=False)


def _row(one: "Restored") -> tuple[str, ...]:
    seconds = [f"{took:.1f} s" for took in (one.dump_seconds, one.restore_seconds, one.proof_seconds)]
    result = f"[red]{len(one.faults)} wrong[/]" if one.faults else "[green]proven[/]"
    return (one.service, one.revision, str(one.rows), str(one.events), *seconds, result)
