"""`kinerja demo`: every place with its own policy, from the opening of a cycle to its closing."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live

from contracts.base import SERVICES, Role
from kinerja.demo import report
from kinerja.demo.staging import Staging
from kinerja.library import CITIES
from kinerja.options import CitiesOption, KafkaOption, PostgresOption, StateOption, TemporalOption
from kinerja.places import chosen
from kinerja.stack.errors import AlreadyRunning, StackError
from kinerja.stack.existing.named import Existing, remembered
from kinerja.stack.foreground import run
from kinerja.stack.state import State

if TYPE_CHECKING:
    from kinerja.demo.crowd import Crowd
    from kinerja.demo.people import Person
    from kinerja.demo.performance import Performance
    from kinerja.stack.stack import LocalStack


SECONDS, WATCHED_SECONDS = 100.0, 1800.0
"""How long the half year takes if nobody says so: to look on, and to live in it."""
FETCH_WAIT_MS = 200
"""Hundreds of people act at once: what is saved on empty fetches is theirs."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    people: Annotated[int, typer.Option(help="People a place; 0 takes the committed samples of some 60.", min=0)] = 0,
    place: Annotated[list[str] | None, typer.Option(help="Only this place; may be repeated.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Stop when every cycle is closed.")] = False,
    seconds: Annotated[
        float | None,
        typer.Option(help="How long the half year takes, unless people are behind; 100, with --watch 1800.", min=20),
    ] = None,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="Play slowly: sign in at the portal as a civil servant and live the half year."),
    ] = False,
    player: Annotated[
        str, typer.Option("--as", help="With --watch: the one civil servant whom you play, by name.")
    ] = "",
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the numbers to this file as well.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same crowd.")] = 2027,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove what an earlier run left and begin anew.")] = False,
    cities: CitiesOption = CITIES,
    kafka: KafkaOption = None,
    postgres: PostgresOption = None,
    temporal: TemporalOption = None,
    state: StateOption = None,
) -> None:
    """Start the stack and play a half-year appraisal cycle in every place on a fast clock.

    Simulated people act through the public HTTP APIs with their own tokens: early, late, silent, absent, objecting.
    With --watch the play does nothing more for whoever you sign in as, and waits a while for what he or she owes.
    Interrupted and started again, it goes on where it stood; after it has ended, it shows what happened.
    """
    places, found = chosen(place or [], cities), State.find(state)
    existing = Existing.named(kafka=kafka, postgres=postgres, temporal=temporal)
    if fresh:
        _clear(found, existing)
    _require_own_clock(found)
    pace = seconds or (WATCHED_SECONDS if watch or player else SECONDS)
    staging = Staging(places, people, pace, seed, once, json_file, all_places=not place, watch=watch or bool(player))
    raise typer.Exit(run(_play(found, existing, staging, Console(), player)))


def _clear(state: State, existing: Existing) -> None:
    if there := existing.beside(remembered(state)).shown():
        raise StackError(
            f"--fresh removes what lies in {state.root}, never what is in an engine of your own ({', '.join(there)}):"
            " empty that yourself, or give --state another directory"
        )
    if state.is_held():
        raise StackError(f"a stack runs on {state.root}: stop it with `kinerja down` first")
    shutil.rmtree(state.root, ignore_errors=True)


def _require_own_clock(state: State) -> None:
    """What `kinerja up` has begun runs at the wall's time, and would go on so: a half year would take half a year."""
    if state.begun and not state.clock.exists():
        raise StackError(
            f"what lies in {state.root} was begun by `kinerja up` and runs at the wall's time; the demonstration needs a"
            " fast clock of its own: give it --state another-directory, or --fresh to remove what lies there"
        )


async def _play(state: State, existing: Existing, staging: Staging, console: Console, player: str) -> int:
    # The engines' clients are loaded only when there is something to start.
    from kinerja.demo.calendar import tempo  # noqa: PLC0415
    from kinerja.stack.stack import LocalStack  # noqa: PLC0415
    from kinerja.stack.tempo import HOLD  # noqa: PLC0415

    def say(text: str) -> None:
        console.print(f"[yellow]{text}[/yellow]", soft_wrap=True)

    begins = not state.begun
    stack = LocalStack(
        state,
        tempo=tempo(staging.seconds) if begins else None,
        hold=0 if begins else HOLD,
        fetch_wait_ms=FETCH_WAIT_MS,
        existing=existing,
        say=say,
    )
    try:
        with console.status("starting PostgreSQL, Temporal, the broker and the services"):
            await stack.start()
    except AlreadyRunning as error:
        raise StackError(f"{error}: stop it with `kinerja down`, or give --state another directory") from error
    try:
        console.print(f"stack ready after {stack.started_in:.1f} s")
        return await _perform(stack, staging, console, player)
    finally:
        console.print("stopping the stack")
        await stack.stop()


async def _perform(stack: "LocalStack", staging: Staging, console: Console, player: str) -> int:
    from kinerja.demo.performance import Performance, as_json  # noqa: PLC0415
    from kinerja.demo.stage import rehearse  # noqa: PLC0415

    performance = Performance(stack, staging)
    try:
        async with stack.clock.standing():
            await rehearse(performance.apis, performance.director, staging, console)
        if staging.watch:
            _say_players(performance, console, player)
        await _show(performance, console)
        outcome = await performance.outcome()
        report.show(console, outcome, performance.director.crowds)
        if staging.json_file is not None:
            staging.json_file.write_text(json.dumps(as_json(outcome), indent=2) + "\n")
        if not staging.once:
            _say_where(performance, console)
            await asyncio.Event().wait()
        return 1 if outcome.wrong else 0
    finally:
        await performance.apis.close()


async def _show(performance: "Performance", console: Console) -> None:
    """A board that is drawn again and again; where nobody watches a terminal, a line for every phase that begins."""
    from kinerja.demo.display import Phases, board  # noqa: PLC0415

    if not console.is_terminal:
        phases = Phases(console.print, performance.clock)
        await performance.play(lambda director: phases.tell(director.scenes))
        return
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        await performance.play(lambda director: live.update(board(director.scenes, director.crowds, performance.clock)))


def _say_where(performance: "Performance", console: Console) -> None:
    """Where to look while it stays up."""
    urls = performance.stack.urls
    _say_portal(performance, console)
    for name in SERVICES:
        console.print(f"  {name:<11} {urls[name]}/docs", highlight=False)
    if "temporal" in urls:  # one that was there already has its pages elsewhere
        console.print(f"  {'temporal':<11} {urls['temporal']}", highlight=False)
    sample, _ = _samples(performance)
    token = f"$(.venv/bin/kinerja token --sub {sample.id} --city {sample.city})"
    console.print(f"inbox of {sample.name}, who objected:", highlight=False)
    address = f"{urls['notify']}/v1/inbox"
    console.print(f'  curl -H "Authorization: Bearer {token}" {address}', soft_wrap=True, highlight=False)
    console.print("Ctrl-C stops everything")


def _say_players(performance: "Performance", console: Console, player: str) -> None:
    """Where a person takes over, before the play begins."""
    whom = (
        f"{performance.take_over(player).name} is yours"
        if player
        else "whoever has no office is yours once you sign in"
    )
    _say_portal(performance, console)
    console.print(f"  {whom}: the play does nothing more there, and waits a while for what you owe", soft_wrap=True)


def _say_portal(performance: "Performance", console: Console) -> None:
    """The pages, and who may be picked on the page that signs in."""
    from kinerja.demo.words import ONLOOKERS  # noqa: PLC0415

    sample, crowd = _samples(performance)
    rater = crowd.people[sample.rater_id].name if sample.rater_id in crowd.people else ""
    office = next(one.name for one in crowd.people.values() if Role.PERFORMANCE_OFFICE.value in one.roles)
    console.print(f"  {'portal':<11} {performance.stack.urls['portal']}", highlight=False)
    console.print("  sign in there (no password) as", highlight=False)
    picks = {"a servant": sample.name, "a rater": rater, "the office": office, "a leader": ONLOOKERS["CITY_LEADER"]}
    for who, name in picks.items():
        console.print(f"    {who:<11} {name}", highlight=False)


def _samples(performance: "Performance") -> "tuple[Person, Crowd]":
    """Somebody who objected, and whom he or she lives among."""
    crowd = next(iter(performance.director.crowds.values()))
    return next(person for person in crowd.people.values() if person.objects), crowd
