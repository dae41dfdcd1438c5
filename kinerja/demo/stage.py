"""Before the curtain rises: places imported, crowds assembled, cycles opened; on a second start, found again."""

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from kinerja.demo.director import Director, until_ready
from kinerja.demo.http import Apis
from kinerja.demo.staging import Staging
from kinerja.people import SAMPLE, csv_lines
from kinerja.places import FILES, Place

PEOPLE = "servants.csv"


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
            await director.declare_authority(place)
            await director.declare_onlookers(place)
            await until_ready(director, place)


async def _import(apis: Apis, director: Director, place: Place, staging: Staging) -> None:
    """Import the committed sample, or as many generated people as were asked for or as a place without one needs."""
    files = {name: path.read_bytes() for name in FILES if (path := place.directory / name).is_file()}
    if staging.people or PEOPLE not in files:
        count = staging.people or SAMPLE
        files[PEOPLE] = "".join(csv_lines(place, count, seed=staging.seed)).encode()
    await director.meet_office(place.city)  # an earlier place of the city, or an earlier run, has brought it in
    await apis.upload("registry", "/imports", token=director.office_token(place.city), files=list(files.items()))
