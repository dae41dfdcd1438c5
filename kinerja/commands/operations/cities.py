"""`kinerja operations cities`: which city is hurt."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from contracts.base import DEPLOYED
from contracts.workflows import LISTENING
from kinerja.operations.ages import age
from kinerja.options import BusOption, DatabasesOption, StateOption
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

if TYPE_CHECKING:
    from kinerja.operations.cities import Counted, Hurt

NAME = 26
"""Characters of a city's code and name that stand in 80 columns beside the numbers."""


def register(operations: typer.Typer) -> None:
    """Add the command to the group."""
    operations.command()(cities)


def cities(
    days: Annotated[int, typer.Option("--days", help="Mails that failed so many days ago or later.", min=1)] = 7,
    lines: Annotated[int, typer.Option("--lines", help="Show so many cities, the worst first.", min=1)] = 40,
    postgres: DatabasesOption = None,
    kafka: BusOption = None,
    state: StateOption = None,
) -> None:
    """Which city is hurt, a line each, the worst first: what waits, was set aside, is overdue, or failed. Counts alone.

    Events that wait in outboxes and the age of the oldest; events and messages
    that were set aside; endpoints of integrators that are disabled; mails that
    failed; duties that are overdue and how late the latest is. Exit code 1 if
    events have waited for a minute or were set aside, or a service is silent.
    """
    raise typer.Exit(asyncio.run(_cities(State.find(state), postgres, kafka, days, lines)))


async def _cities(state: State, postgres: str | None, kafka: str | None, days: int, lines: int) -> int:
    from kinerja.operations import asked  # noqa: PLC0415 - the databases' client, for this command alone
    from kinerja.operations import cities as counting  # noqa: PLC0415

    console, wall, business = Console(), datetime.now(UTC), asked.business_now(state)
    async with AsyncExitStack() as held:
        services = DEPLOYED if postgres else asked.services_on(state)
        server = await asked.databases(state, postgres, held)
        counted = await counting.count(server, services, business=business, mails_since=counting.lately(days))
        not_counted = await _letters(state, kafka, counted)
        hurt = counted.worst_first(wall, business)
        await counting.name(server, hurt[:lines])
    if hurt:
        console.print(_table(hurt[:lines], wall, business))
    _say(console, counted, hurt, lines)
    for service, why in counted.without.items():
        console.print(f"[yellow]not asked: {service}[/] ({escape(why)})", soft_wrap=True, highlight=False)
    if not_counted:
        console.print(
            f"[yellow]dead letters are not counted[/]: {escape(not_counted)}", soft_wrap=True, highlight=False
        )
    return int(bool(counted.without) or any(one.aside or one.waited(wall) >= counting.STANDS for one in hurt))


async def _letters(state: State, kafka: str | None, counted: "Counted") -> str:
    """Count what consumers have set aside; returns why not, where the bus cannot be asked."""
    from aiokafka.errors import KafkaError  # noqa: PLC0415 - the broker's client, for this command alone

    from kinerja import dead_letters  # noqa: PLC0415
    from kinerja.operations import asked  # noqa: PLC0415
    from kinerja.operations.cities import NOWHERE  # noqa: PLC0415

    try:
        settings = asked.bus(state, kafka)
        for service in LISTENING:
            letters = await dead_letters.read(settings, service)
            counted.take_letters(Counter(one.said("ce_city") or NOWHERE for one in letters if not one.revived_at))
    except StackError as error:
        return str(error)
    except (KafkaError, OSError) as error:
        return f"the bus does not answer ({error!r})"
    return ""


def _table(hurt: "list[Hurt]", wall: datetime, business: datetime) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=0)
    table.add_column("city", no_wrap=True, max_width=NAME)
    for heading in ("waiting", "oldest", "aside", "hooks", "mails", "overdue", "late by"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in hurt:
        table.add_row(
            escape(f"{one.city} {one.name}".strip()),
            _number(one.waiting),
            age(one.waited(wall).total_seconds()) if one.waiting else "",
            _number(one.aside),
            _number(one.endpoints),
            _number(one.mails),
            _number(one.overdue),
            age(one.lateness(business).total_seconds()) if one.overdue else "",
        )
    return table


def _number(number: int) -> str:
    return f"{number:,}" if number else ""


def _say(console: Console, counted: "Counted", hurt: "list[Hurt]", lines: int) -> None:
    if len(hurt) > lines:
        console.print(f"{len(hurt) - lines} more cities: --lines shows them")
    well = len(counted.cities) - len(hurt)
    if not counted.cities:
        console.print("no city is known here")
    elif well or not hurt:
        others = f"{'other ' if hurt else ''}{'city' if well == 1 else 'cities'}"
        console.print(f"{well} {others}: nothing waits, was set aside or failed, and nobody is late")
