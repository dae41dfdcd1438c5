"""Before the curtain rises: places imported, crowds assembled, cycles opened; on a second start, found again."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from kinerja.demo.director import Director, until_ready
from kinerja.demo.places import Place
from kinerja.stack.stack import LocalStack


@dataclass(frozen=True, slots=True)
class Staging:
    """What was asked for on the command line."""

    places: tuple[Place, ...]
    people: int
    seconds: float
    seed: int
    once: bool
    json_file: Path | None


async def rehearse(stack: LocalStack, director: Director, staging: Staging, console: Console) -> None:
    """Import every place (a second time changes nothing), meet its people, open its cycle."""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True) as progress:
        for place in staging.places:
            task = progress.add_task(f"importing {place.label}")
            await _import(stack, director, place, staging)
            progress.remove_task(task)
        for place in staging.places:
            if place.city not in director.crowds:
                await director.assemble(place)
            await until_ready(director, place)


async def _import(stack: LocalStack, director: Director, place: Place, staging: Staging) -> None:
    raise NotImplementedError


_ = tempfile
