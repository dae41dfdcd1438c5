"""`kinerja gateway`: serves a gateway of the national application that is none, for the cities of a local stack."""

import json
from typing import Annotated

import typer
from rich.console import Console

from kinerja.options import StateOption
from kinerja.stack.ports import HOST
from kinerja.stack.state import State

PORT = 8398


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(gateway)


def gateway(
    city: Annotated[list[str], typer.Option("--city", help="Kemendagri code of a city that sends to it; may repeat.")],
    port: Annotated[int, typer.Option("--port", help="Where it listens, on this machine alone.")] = PORT,
    faults: Annotated[bool, typer.Option("--faults", help="Let one request in three go wrong.")] = False,
    state: StateOption = None,
) -> None:
    """Serve a gateway that only looks like the national one, and tell the local stack of it; Ctrl+C ends it.

    Nothing leaves this machine. Example: kinerja gateway --city 16.71 --faults
    """
    import uvicorn  # noqa: PLC0415 - a web framework that no other command waits for

    from kinerja.national.entries import Entries  # noqa: PLC0415
    from kinerja.national.faults import EVERY, Faults  # noqa: PLC0415
    from kinerja.national.gateway import access, build  # noqa: PLC0415

    found = State.find(state)
    file = found.national_gateways
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(json.dumps(dict.fromkeys(city, access(f"http://{HOST}:{port}"))) + "\n", encoding="utf-8")
    Console().print(f"{', '.join(city)} sends to http://{HOST}:{port}", highlight=False, soft_wrap=True)
    try:
        app = build(Entries(), Faults(EVERY if faults else {}))
        uvicorn.run(app, host=HOST, port=port, log_level="warning", server_header=False)
    finally:
        file.unlink(missing_ok=True)
