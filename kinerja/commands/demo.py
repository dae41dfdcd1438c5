"""`kinerja demo`: five places, each with its own policy, from the opening of a cycle to its closing."""

import asyncio
import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live

from contracts.base import SERVICES
from kinerja import journals
from kinerja.demo import report
from kinerja.demo.calendar import tempo
from kinerja.demo.director import Director
from kinerja.demo.display import board
from kinerja.demo.http import Apis
from kinerja.demo.places import chosen
from kinerja.demo.stage import Staging, rehearse
from kinerja.options import StateOption
from kinerja.stack.errors import AlreadyRunning, StackError
from kinerja.stack.foreground import run
from kinerja.stack.stack import LocalStack
from kinerja.stack.state import State
from kit.clock import Clock

GRACE_SECONDS = 180.0
"""Beyond its planned length, a demonstration that has not closed every cycle is given up."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    people: Annotated[int, typer.Option(help="People a place; 0 takes the committed samples of some 60.", min=0)] = 0,
    place: Annotated[list[str] | None, typer.Option(help="Only this place; may be repeated.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Stop when every cycle is closed.")] = False,
    seconds: Annotated[float, typer.Option(help="How long the half year takes on the wall.", min=20)] = 100,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the numbers to this file as well.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same crowd.")] = 2027,
    state: StateOption = None,
) -> None:
    """Start the stack and play a half-year appraisal cycle in five places on a fast clock.

    Simulated people act through the public HTTP APIs with their own tokens: early, late, silent, absent, objecting.
    Interrupted and started again, it goes on where it stood.
    """
    try:
        places = chosen(place or [])
    except ValueError as error:
        raise StackError(str(error)) from error
    staging = Staging(places, people, seconds, seed, once, json_file)
    raise typer.Exit(run(_play(State.find(state), staging, Console())))


async def _play(state: State, staging: Staging, console: Console) -> int:
    fresh = not state.postgres.exists()
    stack = LocalStack(
        state,
        tempo=tempo(staging.seconds) if fresh else None,
        hold=0,
        say=lambda text: console.print(f"[yellow]{text}[/yellow]", soft_wrap=True),
    )
    try:
        with console.status("starting PostgreSQL, Temporal, the broker and the services"):
            await stack.start()
    except AlreadyRunning as error:
        raise StackError(f"{error}: stop it with `kinerja down`, or give --state another directory") from error
    try:
        console.print(f"stack ready after {stack.started_in:.1f} s")
        return await _perform(stack, staging, console)
    finally:
        console.print("stopping the stack")
        await stack.stop()


async def _perform(stack: LocalStack, staging: Staging, console: Console) -> int:
    clock = Clock.from_setting(stack.clock.setting)
    apis = Apis(stack.urls, stack.mint)
    director = Director(apis, clock, seed=staging.seed)
    try:
        await rehearse(apis, director, staging, console)
        code = await _act(stack, director, staging, clock, console)
        if not staging.once:
            _say_where(stack, director, console)
            await asyncio.Event().wait()
        return code
    finally:
        await apis.close()


async def _act(stack: LocalStack, director: Director, staging: Staging, clock: Clock, console: Console) -> int:
    """Let the crowds act until every cycle is closed; then tell, prove and count."""
    crowds = [asyncio.create_task(crowd.run()) for crowd in director.crowds.values()]
    began = time.monotonic()
    try:
        closed = await _watch(director, staging, clock, console, crowds)
        await asyncio.sleep(1.0)
    finally:
        for task in crowds:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*crowds)
    return await _tell(stack, director, staging, console, closed=closed, took=time.monotonic() - began)


async def _watch(
    director: Director, staging: Staging, clock: Clock, console: Console, crowds: list["asyncio.Task[None]"]
) -> bool:
    deadline = time.monotonic() + staging.seconds + GRACE_SECONDS
    with Live(console=console, refresh_per_second=4, transient=True) as live:
        while time.monotonic() < deadline:
            closed = await director.look()
            live.update(board(director.scenes, director.crowds, clock))
            if closed:
                return True
            for task in crowds:
                if task.done():
                    task.result()
            await asyncio.sleep(0.5)
    return False


async def _tell(
    stack: LocalStack, director: Director, staging: Staging, console: Console, *, closed: bool, took: float
) -> int:
    columns = {s.place.label: report.flatten(await director.summaries(s)) for s in director.scenes}
    console.print(report.table(columns))
    wrong = [] if closed else [f"{s.place.label}: the cycle is not closed" for s in director.scenes if not s.closed]
    wrong += [f"open: {one}" for one in report.still_open(director.scenes, director.crowds)]
    counts, breaks = await _verified(stack)
    wrong += breaks
    if len(staging.places) == 5:
        wrong += [f"not seen: {what}" for what in report.missing(columns)]
    report.print_refusals(console, director.crowds)
    calls = director.calls
    console.print(f"{sum(counts.values())} events in {len(counts)} journals, {calls} API calls, {took:.0f} s")
    for one in wrong:
        console.print(f"[red]{one}[/red]", soft_wrap=True, highlight=False)
    if not wrong:
        console.print("[green]every obligation closed, every journal verified[/green]")
    if staging.json_file is not None:
        told = {"places": columns, "events": counts, "calls": calls, "seconds": round(took, 1), "wrong": wrong}
        staging.json_file.write_text(json.dumps(told, indent=2))
    return 1 if wrong else 0


async def _verified(stack: LocalStack) -> tuple[dict[str, int], list[str]]:
    counts: dict[str, int] = {}
    wrong: list[str] = []
    for service in SERVICES:
        counts[service], breaks = await journals.verify(stack.postgres, service)
        wrong += [f"journal of {service}, city {b.tenant_id}, position {b.position}: {b.what}" for b in breaks]
    return counts, wrong


def _say_where(stack: LocalStack, director: Director, console: Console) -> None:
    """Where to look while it stays up."""
    for name in SERVICES:
        console.print(f"  {name:<11} {stack.urls[name]}/docs", highlight=False)
    console.print(f"  {'temporal':<11} {stack.urls['temporal']}", highlight=False)
    crowd = next(iter(director.crowds.values()))
    sample = next(person for person in crowd.people.values() if person.objects)
    console.print(f"inbox of {sample.name}, who objected:", highlight=False)
    console.print(
        f'  curl -H "Authorization: Bearer $(.venv/bin/kinerja token --sub {sample.id} --city {sample.city})"'
        f" {stack.urls['notify']}/v1/inbox",
        soft_wrap=True,
        highlight=False,
    )
    console.print("Ctrl-C stops everything")
