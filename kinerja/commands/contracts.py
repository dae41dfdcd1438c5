"""`kinerja contracts`: the documents of every service's HTTP door and events, made from the code."""

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(contracts)


def contracts(
    to: Annotated[Path | None, typer.Option(help="Directory of the documents.", show_default="docs/api")] = None,
) -> None:
    """Write OpenAPI and AsyncAPI documents of every service; needs no engine."""
    from kinerja.documents.written import PLACE, write  # noqa: PLC0415 - no other command pays for every service

    place = to or PLACE
    changed = write(place)
    for name in changed:
        typer.echo(f"changed: {place / name}")
    if not changed:
        typer.echo(f"{place} tells what the code does")
