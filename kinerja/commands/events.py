"""`kinerja events tail|verify|replay|follow`: watch the bus, prove the journals, publish one again, follow a request.

See also `dead`.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from contracts.base import DEPLOYED
from kinerja import following, journals, logged
from kinerja.commands import dead
from kinerja.options import ServiceOption, StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.verifying import Verdict

events = typer.Typer(
    no_args_is_help=True, help="The bus and the journals: watch, [bold]verify[/bold] that nobody edited, publish again."
)


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    dead.register(events)
    app.add_typer(events, name="events")


def _services(named: list[str] | None) -> tuple[str, ...]:
    if unknown := set(named or ()) - set(DEPLOYED):
        raise StackError(f"no service {', '.join(sorted(unknown))}: choose from {', '.join(DEPLOYED)}")
    return tuple(named or DEPLOYED)


@events.command()
def tail(
    service: ServiceOption = None,
    city: Annotated[str | None, typer.Option(help="Only this city, e.g. 14.72.")] = None,
    from_start: Annotated[bool, typer.Option("--from-start", help="Begin with the oldest event on the bus.")] = False,
    limit: Annotated[int, typer.Option(help="Stop after so many events; 0 goes on until Ctrl-C.", min=0)] = 0,
    state: StateOption = None,
) -> None:
    """Print events as they pass: business time, city, type, subject."""
    from kinerja.stack.foreground import run  # noqa: PLC0415 - `verify` answers faster without the broker's client

    running = State.find(state).must_run()
    watching = journals.watch(
        running.kafka, _services(service), city=city, from_start=from_start, limit=limit, console=Console()
    )
    raise typer.Exit(run(watching))


@events.command()
def verify(service: ServiceOption = None, state: StateOption = None) -> None:
    """Recompute the hash chain of every journal and compare it with what was signed; exit code 1 if one does not hold.

    What was signed lies in the state directory (anchors, anchor.pub), outside the database; docs/security.md says
    against whom that proves what.

    Works on a running stack, or starts PostgreSQL alone on the data of one that was stopped.
    """
    raise typer.Exit(asyncio.run(_verify(State.find(state), _services(service), Console())))


async def _verify(state: State, services: tuple[str, ...], console: Console) -> int:
    table = Table("service", "events", "signed last", "not signed yet", "result")
    broken = 0
    async with AsyncExitStack() as held:
        postgres = await journals.reachable(state, held)
        for name in services:
            verdict = await journals.verify(state, postgres, name)
            broken += len(verdict.breaks)
            table.add_row(name, *_result(verdict))
            for one in verdict.breaks:
                console.print(
                    f"[red]{name}[/] city {one.tenant_id} position {one.position}"
                    f" event {one.event_id or '-'}: {one.what}",
                    soft_wrap=True,
                )
    console.print(table)
    return 1 if broken else 0


def _result(verdict: Verdict) -> tuple[str, str, str, str]:
    signed = f"{verdict.signed_at:%Y-%m-%d %H:%M:%S}" if verdict.signed_at else "never"
    result = f"[red]{len(verdict.breaks)} broken[/]" if verdict.breaks else "[green]verified[/]"
    return str(verdict.events), signed, str(verdict.unsigned), result


@events.command()
def replay(
    service: ServiceOption = None,
    after: Annotated[int, typer.Option(help="Only events after this journal position.", min=0)] = 0,
    state: StateOption = None,
) -> None:
    """Publish journals again, in order; consumers that have had an event before pass it over."""
    found = State.find(state)
    running = found.must_run()
    with Progress(console=Console()) as progress:
        for name in _services(service):
            count = asyncio.run(journals.publish_again(found, running.kafka, name, after, progress))
            progress.console.print(f"{name}: {count} events published again")


@events.command()
def follow(
    number: Annotated[
        str, typer.Argument(help="Number on the page of an error, `trace_id` of a line of the log, or a traceparent.")
    ],
    service: ServiceOption = None,
    state: StateOption = None,
) -> None:
    """Print everything that is known of one request: the events that followed from it in all services and where they were
    delivered, then what the processes of the local stack said of it in their logs, oldest first.

    Exit code 1 where there is nothing. Of several requests whose numbers begin so, all are shown.
    """
    digits, found = following.digits_said(number), State.find(state)
    steps = asyncio.run(following.followed(found, digits, _services(service or _last_run(found))))
    lines = logged.lines(found.log, digits)
    traces = sorted({one.trace_id for one in steps} | {one.trace_id for one in lines})
    if not traces:
        raise StackError(
            f"nothing is known of {digits} on {found.root}: neither an event nor a line of a log, of which the last two"
            " runs are kept"
        )
    console = Console()
    for trace_id in traces:
        console.print(f"trace {trace_id}", highlight=False)
        _print_steps(console, [one for one in steps if one.trace_id == trace_id])
        for line in (one for one in lines if one.trace_id == trace_id):
            console.print(str(line), markup=False, highlight=False, soft_wrap=True)


def _last_run(state: State) -> list[str]:
    """The services of the stack as it runs, or ran last; others have no database there."""
    running = state.read_running()
    names = {one.name for one in running.processes} if running else set()
    return [one for one in DEPLOYED if f"{one}-worker" in names]


def _print_steps(console: Console, steps: Sequence[following.Step]) -> None:
    if not steps:
        return
    table = Table("at (UTC)", "service", "city", "what", "subject", "who")
    for one in steps:
        at = f"{one.at:%Y-%m-%d %H:%M:%S.%f}"[:-3] if one.at else ""
        table.add_row(at, one.service, one.city, one.what.removeprefix("id.kinerja."), one.subject, one.actor)
    console.print(table)
