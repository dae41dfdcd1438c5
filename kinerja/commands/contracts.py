"""`kinerja contracts`: the documents of every service's HTTP door and events, made from the code."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(contracts)


def contracts(
    to: Annotated[Path | None, typer.Option(help="Directory of the documents.", show_default="docs/api")] = None,
) -> None:
    """Write OpenAPI and AsyncAPI documents of every service, and the tables of states in README files; needs no engine."""
    from kinerja.documents import state_tables  # noqa: PLC0415 - no other command pays for every service
    from kinerja.documents.written import PLACE, write  # noqa: PLC0415 - no other command pays for every service

    place = to or PLACE
    changed = [str(place / name) for name in write(place)]
    if to is None:
        changed += state_tables.write()
    for name in changed:
        typer.echo(f"changed: {name}")
    if not changed:
        typer.echo(f"{place} tells what the code does")
