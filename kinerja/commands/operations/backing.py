"""What the commands of backups share: options, and a bar that shows how far they are."""

from pathlib import Path
from types import TracebackType
from typing import Annotated, Self

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kinerja.options import POSTGRES, engine

PostgresOption = Annotated[
    str | None, engine(*POSTGRES, "Another server, as a superuser or what docs/operations.md says.")
]
AnchorsOption = Annotated[
    Path | None,
    typer.Option(
        "--anchors", help="Folder of the anchors.", show_default="that of the state directory", file_okay=False
    ),
]


class Bar:
    """A bar that shows what is done now; on what is no terminal, nothing."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("", total=None)
        self._begun = False

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def expect(self, steps: int) -> None:
        """So many will be told."""
        self._progress.update(self._task, total=steps)

    def say(self, service: str, doing: str) -> None:
        """A step begins: the one before it is over."""
        self._progress.update(self._task, description=f"{service}: {doing}", advance=1 if self._begun else 0)
        self._begun = True
