"""`kinerja secrets`: the passwords, keys and certificates that docker-compose.yml asks for."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kinerja.secrets import anchor, passwords, webhooks
from kinerja.secrets.authority import Authority

READABLE = 0o644
"""Processes in containers run as other users; the directory itself is closed."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(secrets)


def secrets(
    directory: Annotated[
        Path, typer.Option("--directory", help="Where .env and deploy/secrets/ are made.", file_okay=False)
    ] = Path(),
) -> None:
    """Make the passwords, keys and certificates of a deployment with containers; what exists stays as it is.

    .env gets a password for each database role and each name on the bus; deploy/secrets/ the certificate of the bus with
    the authority that issued it, the key that signs the journals, and the one that the secrets of webhooks are encrypted with. Run it again after an update: it adds what is new.
    """
    kept = directory / "deploy" / "secrets"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = passwords.ensure(directory / ".env")
    made += _certificates(kept)
    if anchor.ensure(kept / "anchor.key", kept / "anchor.pub", mode=READABLE):
        made += ["anchor.key", "anchor.pub"]
    if webhooks.ensure(kept / "webhooks.keys", mode=READABLE):
        made += ["webhooks.keys"]
    console = Console()
    console.print(f"made: {', '.join(made)}" if made else "everything is there already", soft_wrap=True)


def _certificates(kept: Path) -> list[str]:
    """The authority's key is forgotten at once: a new certificate means a new authority, for all."""
    if (kept / "ca.pem").exists() and (kept / "kafka.pem").exists():
        return []
    authority = Authority.make("kinerja")
    authority.write(kept / "ca.pem")
    authority.issue(kept / "kafka.pem", "kafka", mode=READABLE)
    return ["ca.pem", "kafka.pem"]
