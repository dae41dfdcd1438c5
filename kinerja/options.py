"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
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
KAFKA, POSTGRES, TEMPORAL = ("--kafka", "HOST:PORT"), ("--postgres", "URL"), ("--temporal", "HOST:PORT[/NAMESPACE]")


def engine(flag: str, metavar: str, text: str) -> Any:
    """An option that names an engine; the text says what for, and what is used without it."""
    return typer.Option(flag, metavar=metavar, help=text, show_default=False)


KafkaOption = Annotated[str | None, engine(*KAFKA, "Use this Kafka instead of starting a broker.")]
PostgresOption = Annotated[
    str | None, engine(*POSTGRES, "Use this PostgreSQL, as a role that may create roles and databases.")
]
TemporalOption = Annotated[str | None, engine(*TEMPORAL, "Use this Temporal instead of starting one.")]
"""Engines that exist already; the state directory remembers them."""
BusOption = Annotated[str | None, engine(*KAFKA, "The bus of a deployment, with KINERJA_KAFKA_*; else the stack's.")]
DatabasesOption = Annotated[
    str | None, engine(*POSTGRES, "The PostgreSQL of a deployment; passwords from passwords.json or ~/.pgpass.")
]
WorkflowsOption = Annotated[
    str | None, engine(*TEMPORAL, "The Temporal of a deployment, with KINERJA_TEMPORAL_*; else the stack's.")
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
