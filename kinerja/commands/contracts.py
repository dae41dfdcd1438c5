"""`kinerja contracts`: the documents of every service's HTTP door and events, made from the code."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(contracts)


def contracts(
    to: Annotated[Path | None, typer.Option(help="Directory of the documents.", show_default="docs/api")] = None,
) -> None:
    """Write OpenAPI and AsyncAPI of every service, who may use which route, and the tables of states; needs no engine."""
    from kinerja.documents import state_tables, written  # noqa: PLC0415 - no other command pays for every service

    place = to or written.PLACE
    page = to / written.PERMISSIONS.name if to else written.PERMISSIONS
    changed = written.write(place) + written.write_permissions(page)
    if to is None:
        changed += state_tables.write()
    for name in changed:
        typer.echo(f"changed: {name}")
    if not changed:
        typer.echo(f"{place} tells what the code does")
