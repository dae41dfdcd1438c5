"""Options of the commands that look at engines: a deployment's own, else those of a stack."""

from typing import Annotated

import typer

BusOption = Annotated[
    str | None,
    typer.Option(
        "--kafka",
        metavar="HOST:PORT",
        help="The bus of a deployment, with KINERJA_KAFKA_*; else the stack's.",
        show_default=False,
    ),
]
DatabasesOption = Annotated[
    str | None,
    typer.Option(
        "--postgres",
        metavar="URL",
        help="The PostgreSQL of a deployment; passwords from passwords.json or ~/.pgpass.",
        show_default=False,
    ),
]
WorkflowsOption = Annotated[
    str | None,
    typer.Option(
        "--temporal",
        metavar="HOST:PORT[/NAMESPACE]",
        help="The Temporal of a deployment, with KINERJA_TEMPORAL_*; else the stack's.",
        show_default=False,
    ),
]
