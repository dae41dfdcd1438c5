"""`kinerja policy`: the group of commands about policies; each lives in a module of its own."""

import typer

from kinerja.commands import policy_check, policy_diff, policy_explain, policy_schema, policy_show, policy_simulate

PARTS = (policy_check, policy_show, policy_diff, policy_explain, policy_simulate, policy_schema)
"""Each has a ``register(app)`` that adds its command to the group."""

policy = typer.Typer(
    no_args_is_help=True,
    help="Policies as files: [bold]check[/bold] what you wrote, see what applies and where it comes from.",
)
for part in PARTS:
    part.register(policy)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(policy, name="policy")
