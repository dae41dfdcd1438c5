"""`kinerja template`: a file to fill in, as the registry of the running stack makes it for a city."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kinerja.imports.sending import registry
from kinerja.options import Language, StateOption
from kinerja.stack.state import State


class Kind(StrEnum):
    """What the file is of."""

    SERVANTS = "servants"


class FileFormat(StrEnum):
    """As which file."""

    XLSX = "xlsx"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(template)


def template(
    kind: Annotated[Kind, typer.Argument(help="What the file is of.")],
    city: Annotated[str, typer.Option("--city", help="Code of the city, whose units may be chosen.")],
    file_format: Annotated[
        FileFormat, typer.Option("--format", help="A workbook with lists, or CSV.")
    ] = FileFormat.XLSX,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Where to write it; by default <kind>.<format> here, - for the output."),
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="Language of refusals.")] = Language.EN,
    state: StateOption = None,
) -> None:
    """Write a file to fill in, with lists of allowed values and an example line that no import takes for somebody.

    Example: kinerja template servants --city 16.71 --format xlsx --output pegawai.xlsx
    """
    with registry(State.find(state), city, language.value) as asked:
        content = asked.template(kind.value, file_format.value)
    target = output or Path(f"{kind.value}.{file_format.value}")
    if str(target) == "-":
        sys.stdout.buffer.write(content)
        return
    target.write_bytes(content)
    typer.echo(str(target))
