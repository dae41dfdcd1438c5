"""`kinerja contracts`: the documents of every service's HTTP door and events, made from the code, if they break no reader."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kinerja.documents.compatibility.breaks import Break


def register(app: typer.Typer) -> None:
    app.command()(contracts)


def contracts(
    to: Annotated[Path | None, typer.Option(help="Directory of the documents.", show_default="docs/api")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a change breaks a reader.")] = False,
    accept: Annotated[str, typer.Option(help="Why what breaks is meant; kept in docs/api/released.")] = "",
    release: Annotated[
        bool, typer.Option("--release", help="Readers are promised these documents from now on.")
    ] = False,
) -> None:
    """Write OpenAPI and AsyncAPI of every service, who may use which route, runbooks and tables of states; needs no engine.

    Refused with the reader and the reason while something breaks what was last released.
    """
    from kinerja.documents import released, written  # noqa: PLC0415 - no other command pays for every service

    made = written.documents()
    today = datetime.now(UTC).date()
    found = released.refused(made | written.schemas())
    if found and not accept:
        _refuse(found)
    if check:
        typer.echo("no change breaks a reader of what was released")
        return
    if found:
        released.accept(found, accept, today)
    _write(to)
    if release:
        for name in released.release(made | written.schemas(), today):
            typer.echo(f"released: {name}")


def _refuse(found: list["Break"]) -> None:
    for one in found:
        typer.echo(f"breaks: {one.sentence}", err=True)
    typer.echo(
        f"{len(found)} changes break readers of what was last released (docs/api/released), so nothing was written. Do what"
        " each line says; or, if it is meant: kinerja contracts --accept 'why, and what readers do instead'",
        err=True,
    )
    raise typer.Exit(1)


def _write(to: Path | None) -> None:
    from kinerja.documents import runbooks, state_tables, written  # noqa: PLC0415 - as above

    place = to or written.PLACE
    page = to / written.PERMISSIONS.name if to else written.PERMISSIONS
    changed = written.write(place) + written.write_permissions(page)
    changed += runbooks.write(to / runbooks.RUNBOOKS.name if to else runbooks.RUNBOOKS)
    if to is None:
        changed += state_tables.write()
    for name in changed:
        typer.echo(f"changed: {name}")
    if not changed:
        typer.echo(f"{place} tells what the code does")
