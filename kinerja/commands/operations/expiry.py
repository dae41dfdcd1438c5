"""`kinerja operations expiry`: which certificates end when, and how old the keys are that do not end."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kinerja.operations import certificates, keys
from kinerja.operations.certificates import Ending
from kinerja.options import StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

DEPLOYED = Path("deploy/secrets")


def register(operations: typer.Typer) -> None:
    """Add the command."""
    operations.command()(expiry)


def expiry(
    secrets: Annotated[
        Path | None,
        typer.Option(
            "--secrets", help="Folder of a deployment's secrets.", show_default=str(DEPLOYED), file_okay=False
        ),
    ] = None,
    gateways: Annotated[
        Path | None,
        typer.Option(
            "--gateways",
            envvar="KINERJA_NATIONAL_GATEWAYS",
            help="File of the national gateways, whose `ca` files are looked at.",
            show_default="that of the state directory",
            dir_okay=False,
        ),
    ] = None,
    connect: Annotated[
        list[str] | None,
        typer.Option("--connect", metavar="HOST:PORT", help="Ask this server for its certificate; may be repeated."),
    ] = None,
    warn: Annotated[int, typer.Option("--warn", help="Exit with 1 if one ends within so many days.", min=0)] = 30,
    state: StateOption = None,
) -> None:
    """List the certificates of a deployment, what ends soonest first, and the age of every key that does not end.

    Names and dates alone: no secret is printed. Exit code 1 if a certificate ends within --warn days, has ended, or
    cannot be read.
    """
    folder, found = secrets or DEPLOYED, State.find(state)
    if secrets is not None and not secrets.is_dir():
        raise StackError(f"there is no folder {secrets}: `kinerja secrets` makes deploy/secrets")
    named = gateways or (found.national_gateways if found.national_gateways.exists() else None)
    ending = certificates.soonest(
        [
            *certificates.below(folder),
            *(certificates.of_gateways(named) if named else ()),
            *map(certificates.shown_by, connect or ()),
        ]
    )
    console, now = Console(), datetime.now(UTC)
    _endings(console, ending, now, warn)
    _ages(console, keys.found(folder, found), now)
    if any(_is_pressing(one, now, warn) for one in ending):
        raise typer.Exit(1)


def _is_pressing(one: Ending, now: datetime, warn: int) -> bool:
    left = one.left(now)
    return left is None or left < warn


def _endings(console: Console, ending: list[Ending], now: datetime, warn: int) -> None:
    if not ending:
        console.print("No certificates here.")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("days", "ends", "subject", "where"):
        table.add_column(heading, justify="right" if heading == "days" else "left", overflow="fold")
    for one in ending:
        left = one.left(now)
        style = "red" if _is_pressing(one, now, warn) else ""
        days = "?" if left is None else str(left) if left >= 0 else "ended"
        ends = f"{one.ends:%Y-%m-%d}" if one.ends else ""
        subject = ": ".join(part for part in (one.subject, one.fault) if part)
        table.add_row(days, ends, escape(subject), escape(_near(one.where)), style=style)
    console.print(table)


def _ages(console: Console, old: Iterable[keys.Key], now: datetime) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("days old", "key", "how to change it: section of docs/operations.md"):
        table.add_column(heading, justify="right" if heading == "days old" else "left", overflow="fold")
    for one in old:
        table.add_row(str(one.days(now)), escape(f"{_near(str(one.path))}\n{one.what}"), one.change)
    console.print(table if table.rows else "No keys here.")


def _near(path: str) -> str:
    """As seen from here, where that is shorter."""
    return min(path, os.path.relpath(path) if path.startswith("/") else path, key=len)
