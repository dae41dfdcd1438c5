"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer


class Language(StrEnum):
    """The language of the answer."""

    ID = "id"
    EN = "en"


StateOption = Annotated[
    Path | None,
    typer.Option(
        "--state",
        envvar="KINERJA_STATE",
        help="Directory with the stack's data, logs and keys.",
        show_default=".kinerja",
    ),
]
ServiceOption = Annotated[
    list[str] | None, typer.Option("--service", "-s", help="Only this service; may be repeated. All if left out.")
]
KafkaOption = Annotated[
    str | None,
    typer.Option(
        "--kafka", metavar="HOST:PORT", help="Use this Kafka instead of starting a broker.", show_default=False
    ),
]
PostgresOption = Annotated[
    str | None,
    typer.Option(
        "--postgres",
        metavar="URL",
        help="Use this PostgreSQL, as a role that may create roles and databases.",
        show_default=False,
    ),
]
TemporalOption = Annotated[
    str | None,
    typer.Option(
        "--temporal",
        metavar="HOST:PORT[/NAMESPACE]",
        help="Use this Temporal instead of starting one.",
        show_default=False,
    ),
]
"""Engines that exist already; the state directory remembers them."""
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
"""Engines that are only asked, on a deployment or on the stack that runs."""
CitiesOption = Annotated[
    Path,
    typer.Option(
        "--cities",
        "--directory",
        envvar="KINERJA_CITIES",
        help="Folder of the places: each has a folder of its own with policy.yaml, units.csv, servants.csv.",
        show_default="deploy/cities",
        exists=True,
        file_okay=False,
    ),
]
"""Provinces and regulations are looked for beside this folder, then among those that ship with the software."""
CycleOption = Annotated[UUID, typer.Option("--cycle", help="Id of the cycle.")]
CityOption = Annotated[
    str | None, typer.Option("--city", help="Code of its city; the known places are asked without it.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")]
UNIT_HELP = "A place (palembang), the code of a city or unit (16.71.14), or a policy's file"
