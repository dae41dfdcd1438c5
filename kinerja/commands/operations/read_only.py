"""`kinerja operations read-only`: everything can be read and nothing is changed, until it is taken back."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from enum import StrEnum
from typing import Annotated

import asyncpg
import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kinerja import journals
from kinerja.operations import read_only as asked
from kinerja.operations.read_only import Standing
from kinerja.operations.renewing import PATIENCE_SECONDS, Renewed
from kinerja.options import PostgresOption, StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.existing.named import Existing
from kinerja.stack.existing.postgres import ExistingPostgres
from kinerja.stack.state import State

ANSWER_SECONDS = 10


class Switch(StrEnum):
    """What to do."""

    ON = "on"
    OFF = "off"


def register(operations: typer.Typer) -> None:
    """Add the command to the group."""
    operations.command("read-only")(read_only)


def read_only(
    switch: Annotated[Switch | None, typer.Argument(help="Left out: say whether it is on.", show_default=False)] = None,
    reason: Annotated[str, typer.Option(help="Why, for whoever finds it so; `on` wants it.", show_default=False)] = "",
    patience: Annotated[
        float, typer.Option(min=0, max=600, help="Seconds that running transactions get to end by themselves.")
    ] = PATIENCE_SECONDS,
    state: StateOption = None,
    postgres: PostgresOption = None,
) -> None:
    """Let everything be read and nothing be changed: PostgreSQL refuses each change, whoever asks for it.

    People sign in, read, and keep what they type as drafts; a change is answered 503 `read-only`, and nothing of it is kept.
    Events and workflows wait, and go on when it is `off`: nothing is lost and nothing is done twice. What was written
    before is still sent. When `on` returns, no connection is left that could change anything.

    Exit code 1 if some services take changes and others do not, or connections from before are left: switch once more.
    """
    raise typer.Exit(asyncio.run(_switched(State.find(state), postgres, switch, reason, patience)))


async def _switched(state: State, postgres: str | None, switch: Switch | None, reason: str, patience: float) -> int:
    async with AsyncExitStack() as held:
        connection = await _entered(state, postgres, held)
        if switch is Switch.ON:
            _say_renewed(await asked.switch_on(connection, reason, patience=patience))
        elif switch is Switch.OFF:
            _say_renewed(await asked.switch_off(connection, patience=patience))
        found = await asked.standing(connection)
    return _shown(found)


async def _entered(state: State, postgres: str | None, held: AsyncExitStack) -> asyncpg.Connection:
    named = Existing.named(postgres=postgres).postgres
    server = ExistingPostgres(named, state) if named else await journals.reachable(state, held)
    try:
        connection = await asyncpg.connect(server.uri(), timeout=ANSWER_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise StackError(f"PostgreSQL does not let us in: {str(error) or 'too late'}") from error
    held.push_async_callback(connection.close)
    return connection


def _say_renewed(renewed: Renewed) -> None:
    console = Console()
    console.print(f"{renewed.ended} connections were ended; they are made anew by themselves", highlight=False)
    if renewed.broken_off:
        console.print(
            f"[yellow]{renewed.broken_off} of them in a transaction that did not end in time: nothing of it was kept[/]",
            highlight=False,
        )


def _shown(found: Sequence[Standing]) -> int:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("service", "changes", "since (UTC)", "connections from before"):
        table.add_column(heading, justify="right" if heading.startswith("connections") else "left", no_wrap=True)
    for one in found:
        changes = "[yellow]refused[/]" if one.is_read_only else "[green]taken[/]"
        table.add_row(one.service, changes, _since(one), _left(one))
    console = Console()
    console.print(table)
    console.print(_said(found), soft_wrap=True, highlight=False)
    switched = sum(one.is_read_only for one in found)
    return 1 if switched not in (0, len(found)) or any(one.from_before for one in found) else 0


def _since(one: Standing) -> str:
    if not one.is_read_only:
        return ""
    return f"{one.since:%Y-%m-%d %H:%M:%S}" if one.since else "set by hand"


def _left(one: Standing) -> str:
    if not one.is_read_only:
        return ""
    return f"[red]{one.from_before}[/]" if one.from_before else "0"


def _said(found: Sequence[Standing]) -> str:
    switched = [one for one in found if one.is_read_only]
    if not switched:
        return "read-only is off: every service takes changes"
    first = min(switched, key=lambda one: (one.since is None, one.since))
    some = (
        "read-only"
        if len(switched) == len(found)
        else "[red]read-only for some services alone: switch once more[/], on"
    )
    when = f"{_since(first)} UTC" if first.since else "somebody set it by hand"
    return f"{some} since {when}: {escape(first.reason) or 'no reason is told'}"
