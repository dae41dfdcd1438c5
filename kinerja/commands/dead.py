"""`kinerja events dead|revive`: look at what consumers set aside, and send it once more when it is put right."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.workflows import LISTENING
from kinerja.options import BusOption, StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

if TYPE_CHECKING:
    from kinerja.dead_letters import DeadLetter
    from kit.settings import Settings

ServiceArgument = Annotated[str, typer.Argument(help=f"Who set it aside: {', '.join(LISTENING)}.")]


def register(events: typer.Typer) -> None:
    """Add the commands to the group of events."""
    events.command()(dead)
    events.command()(revive)


def dead(
    service: Annotated[str | None, typer.Argument(help="Only this service; all if left out.")] = None,
    number: Annotated[int | None, typer.Argument(help="Show this one whole.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Those that were revived, too.")] = False,
    kafka: BusOption = None,
    state: StateOption = None,
) -> None:
    """List the messages that consumers have set aside, with the reason; with a number, show one whole."""
    console = Console()
    if service is not None and number is not None:
        _show(service, number, kafka, state, console)
        return
    table = Table("service", "no.", "since", "event", "from", "reason")
    for name in LISTENING if service is None else (_known(service),):
        for one in _read(name, kafka, state):
            if one.revived_at and not every:
                continue
            event = one.said("ce_type").removeprefix("id.kinerja.") or "?"
            place = "/".join(one.said(f"dead_{part}") for part in ("topic", "partition", "offset"))
            reason = f"revived {one.revived_at}" if one.revived_at else " ".join(one.said("dead_reason").split())[:160]
            table.add_row(name, str(one.number), one.said("dead_at")[:16], *map(escape, (event, place, reason)))
    console.print(table if table.rows else "nothing was set aside")


def revive(
    service: ServiceArgument,
    number: Annotated[int, typer.Argument(help="Its number in `kinerja events dead`.")],
    body: Annotated[Path | None, typer.Option(help="File with the mended body.", exists=True, dir_okay=False)] = None,
    header: Annotated[list[str] | None, typer.Option(help="A mended header, e.g. ce_id=...; may be repeated.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Although it was revived before.")] = False,
    kafka: BusOption = None,
    state: StateOption = None,
) -> None:
    """Send a dead letter to its topic again, as it was or mended; who has had it before passes it over.

    It comes after what was sent meanwhile: look first whether a later event has made it needless.
    """
    from kinerja import dead_letters  # noqa: PLC0415 - the broker's client, for these commands alone

    mended = dict(_pair(one) for one in header or ())
    letter = dead_letters.find(_read(_known(service), kafka, state), number)
    if letter.revived_at and not again:
        raise StackError(f"dead letter {number} was revived {letter.revived_at}: --again sends it once more")
    text = None if body is None else body.read_bytes()
    asyncio.run(dead_letters.revive(_settings(kafka, state), service, letter, body=text, headers=mended))
    Console().print(f"sent to {letter.origin.topic} again; `kinerja events dead {service}` shows whether it came back")


def _show(service: str, number: int, kafka: str | None, state: Path | None, console: Console) -> None:
    from kinerja import dead_letters  # noqa: PLC0415

    one = dead_letters.find(_read(_known(service), kafka, state), number)
    for name, value in one.record.headers:
        console.print(f"[bold]{escape(name)}[/] {escape(value.decode(errors='backslashreplace'))}", highlight=False)
    console.print(escape((one.record.value or b"").decode(errors="backslashreplace")), highlight=False)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise StackError(f"--header {text}: write NAME=VALUE")
    return name, value


def _known(service: str) -> str:
    if service not in LISTENING:
        raise StackError(f"no service {service}: choose from {', '.join(LISTENING)}")
    return service


def _read(service: str, kafka: str | None, state: Path | None) -> "list[DeadLetter]":
    from kinerja import dead_letters  # noqa: PLC0415

    return asyncio.run(dead_letters.read(_settings(kafka, state), service))


def _settings(kafka: str | None, state: Path | None) -> "Settings":
    from kinerja.operations import asked  # noqa: PLC0415

    return asked.bus(State.find(state), kafka)
