"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

StateOption = Annotated[
    Path | None,
    typer.Option(
        "--state",
        envvar="KINERJA_STATE",
        help="Directory with the stack's data, logs and keys.",
        show_default=".kinerja",
    ),
]
