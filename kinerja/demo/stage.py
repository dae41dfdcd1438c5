"""Before the curtain rises: places imported, crowds assembled, cycles opened; on a second start, found again."""

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from kinerja.demo.director import Director, until_ready
from kinerja.demo.http import Apis
from kinerja.demo.places import Place
from kinerja.demo.staging import Staging
from kinerja.people import csv_lines


async def rehearse(apis: Apis, director: Director, staging: Staging, console: Console | None = None) -> None:
    """Import every place (a second time changes nothing), meet its people, open its cycle."""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True) as progress:
        for place in staging.places:
            task = progress.add_task(f"importing {place.label}")
            await _import(apis, director, place, staging)
            progress.remove_task(task)
        for place in staging.places:
            if place.city not in director.crowds:
                await director.assemble(place)
            await until_ready(director, place)


async def _import(apis: Apis, director: Director, place: Place, staging: Staging) -> None:
    """Import the committed sample, or as many generated people as were asked for."""
    files = [(path.name, path.read_bytes()) for path in sorted(place.directory.iterdir())]
    if staging.people:
        people = "".join(csv_lines(place.name, staging.people, seed=staging.seed)).encode()
        files = [(name, people if name == "servants.csv" else content) for name, content in files]
    await apis.upload("registry", "/imports", token=director.office_token(place.city), files=files)
