"""`kinerja token`: a bearer token of the development issuer, for trying the API by hand."""

from typing import Annotated
from uuid import UUID

import typer

from contracts.base import Role
from kinerja.options import StateOption
from kinerja.stack import issuer
from kinerja.stack.state import State


def register(app: typer.Typer) -> None:
    app.command()(token)


def token(
    sub: Annotated[UUID, typer.Option("--sub", help="Id of the civil servant.")],
    city: Annotated[str, typer.Option("--city", help="Kemendagri code of the city, e.g. 14.72 for Dumai.")],
    role: Annotated[list[Role] | None, typer.Option("--role", help="A role of office; may be repeated.")] = None,
    scope: Annotated[list[str] | None, typer.Option("--scope", help="What a machine may read; repeatable.")] = None,
    hours: Annotated[float, typer.Option("--hours", help="How long it is good for.", min=0.01, max=24)] = 12,
    state: StateOption = None,
) -> None:
    """Print a bearer token for a person; only a local stack accepts it."""
    found = State.find(state)
    typer.echo(issuer.mint(found, sub=sub, city=city, roles=role or (), scopes=scope or (), hours=hours))
