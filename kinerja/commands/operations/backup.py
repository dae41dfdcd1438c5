"""`kinerja operations backup`: a dump of each service's database that a drill can restore and prove."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.base import DEPLOYED
from kinerja.commands.operations.backing import AnchorsOption, Bar, PostgresOption
from kinerja.operations import disk
from kinerja.options import ServiceOption, StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.state import State


def register(operations: typer.Typer) -> None:
    """Add the command."""
    operations.command()(backup)


def backup(
    directory: Annotated[Path, typer.Argument(help="Where it is made: a new or empty directory.", file_okay=False)],
    service: ServiceOption = None,
    postgres: PostgresOption = None,
    anchors: AnchorsOption = None,
    state: StateOption = None,
) -> None:
    """Dump the database of each service while everything runs, with what a restore drill compares: `--from DIR`.

    For each service a dump of pg_dump, its anchors as they were just before, and in backup.json every table's rows,
    counted and hashed. It holds everything about everybody: keep it as closed as the databases, and elsewhere.
    """
    from kinerja.operations.backups.session import Asked, back_up  # noqa: PLC0415 - help answers faster without the driver
    from kinerja.operations.backups.taking import Backup  # noqa: PLC0415
    from kinerja.stack.foreground import run  # noqa: PLC0415

    console, done = Console(), list[Backup]()
    with Bar(console) as bar:
        asked = Asked(State.find(state), postgres, service or (), anchors, None, bar)

        async def make() -> int:
            done.append(await back_up(asked, directory.absolute()))
            return 0

        run(make())
    if not done:
        raise StackError(f"it was stopped: what lies in {directory} is no backup, remove it")
    made = [one.service for one in done[0].dumps]
    size = disk.shown(sum(one.bytes for one in done[0].dumps))
    console.print(
        f"{directory}: {', '.join(made)}; {size}, PostgreSQL {done[0].server}", soft_wrap=True, highlight=False
    )
    if absent := [one for one in DEPLOYED if not service and one not in made]:
        console.print(f"[yellow]no database here: {', '.join(absent)}[/]")
