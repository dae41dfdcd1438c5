"""`kinerja policy schema`: the JSON Schema of a policy document, as it is published under docs/."""

import json

import typer

from policy.json_schema import policy_schema


def register(app: typer.Typer) -> None:
    app.command()(schema)


def schema() -> None:
    """Print the JSON Schema of a policy document; editors and other programs check against it."""
    typer.echo(json.dumps(policy_schema(), indent=2, ensure_ascii=False))
