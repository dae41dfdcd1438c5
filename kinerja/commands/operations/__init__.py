"""`kinerja operations ...`: what whoever runs Kinerja looks at and does, one command each."""

from types import ModuleType

import typer

from kinerja.commands.operations import (
    backup,
    capacity,
    cities,
    expiry,
    lag,
    read_only,
    restart,
    restore_drill,
    workflows,
)

MODULES: tuple[ModuleType, ...] = (backup, capacity, cities, expiry, lag, read_only, restart, restore_drill, workflows)
"""Each has a ``register(operations)`` that adds its commands."""

operations = typer.Typer(
    no_args_is_help=True,
    help="For whoever runs it: which city is hurt, what is behind or stuck, what runs out and when.",
)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    for module in MODULES:
        module.register(operations)
    app.add_typer(operations, name="operations")
