"""The command `kinerja`: collects what the sibling modules register and turns errors into messages."""

import sys

import typer
from rich.console import Console

from kinerja.commands import (
    compute,
    contracts,
    cycle,
    demo,
    events,
    gateway,
    head,
    importing,
    integrator,
    lifecycle,
    operations,
    people,
    policy,
    results,
    secrets,
    template,
    tokens,
)
from kinerja.stack.errors import StackError

MODULES = (
    demo,
    lifecycle,
    importing,
    template,
    head,
    people,
    tokens,
    integrator,
    gateway,
    compute,
    policy,
    results,
    cycle,
    events,
    operations,
    contracts,
    secrets,
)
"""Each has a ``register(app)`` that adds its commands."""

app = typer.Typer(
    name="kinerja",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="Performance appraisal for civil servants: the local stack, its data and its events.",
)
for module in MODULES:
    module.register(app)


def main() -> None:
    """Run; what a person can fix is said in words, not as a trace."""
    try:
        app()
    except StackError as error:
        Console(stderr=True).print(f"[red]kinerja:[/red] {error}", highlight=False, soft_wrap=True)
        sys.exit(1)
