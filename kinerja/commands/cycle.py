"""`kinerja cycle status|pause|resume|extend|cancel`: the status of a place's cycle, and how its office steers it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from contracts.base import Phase
from kinerja import cycle_words as words
from kinerja.library import CITIES
from kinerja.office import Answer, office
from kinerja.options import CitiesOption, JsonOption, Language, StateOption
from kinerja.places import Place, place_named
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

cycle = typer.Typer(
    no_args_is_help=True, help="A running cycle: its [bold]status[/bold], who owes what, what comes next."
)


PlaceOption = Annotated[str, typer.Option("--place", help="Whose cycle.")]
StartOption = Annotated[
    str | None, typer.Option("--period", help="First month of its period, e.g. 2027-01; else the newest.")
]
LangOption = Annotated[Language, typer.Option("--language", "--lang", help="Indonesian or English.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is kept and shown.")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    app.add_typer(cycle, name="cycle")


@cycle.command()
def status(
    place: PlaceOption,
    period: StartOption = None,
    lang: LangOption = Language.ID,
    as_json: JsonOption = False,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Say in plain words where the cycle is, who owes what, and what happens next and when."""
    report = looked_up(State.find(state), place_named(place, cities), period, lang.value)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        show(report, lang.value, Console())


@cycle.command()
def pause(
    place: PlaceOption,
    reason: ReasonOption,
    period: StartOption = None,
    lang: LangOption = Language.ID,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Pause it: no phase begins or ends, nothing is escalated."""
    _steer(place_named(place, cities), period, lang, State.find(state), "pause", {"reason": reason})


@cycle.command()
def resume(
    place: PlaceOption,
    reason: ReasonOption,
    period: StartOption = None,
    lang: LangOption = Language.ID,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Resume it: what was owed is due by the pause's working days later."""
    _steer(place_named(place, cities), period, lang, State.find(state), "resume", {"reason": reason})


@cycle.command()
def extend(
    place: PlaceOption,
    reason: ReasonOption,
    phase: Annotated[Phase, typer.Option("--phase", help="The open phase.")],
    until: Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="Its last day.")],
    period: StartOption = None,
    lang: LangOption = Language.ID,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Extend the open phase for the whole city, and what is owed in it."""
    body = {"reason": reason, "phase": phase.value, "until": until.date().isoformat()}
    _steer(place_named(place, cities), period, lang, State.find(state), "extension", body)


@cycle.command()
def cancel(
    place: PlaceOption,
    reason: ReasonOption,
    period: StartOption = None,
    lang: LangOption = Language.ID,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Cancel it for good: nobody owes anything in it any more."""
    _steer(place_named(place, cities), period, lang, State.find(state), "cancellation", {"reason": reason})


def looked_up(state: State, place: Place, period: str | None, language: str) -> dict[str, Any]:
    """The status of the place's cycle with what is owed in it; raises StackError where there is none."""
    with office(state, "evaluation", place.city, language=language) as asking:
        cycle_id = _newest(asking.get("/cycles", limit=500)["items"], place.scope, period)
        status = asking.get(f"/cycles/{cycle_id}/standing")
        done = asking.get(f"/cycles/{cycle_id}/interventions")["items"]
    with office(state, "notify", place.city, language=language) as asking:
        owed = asking.get(f"/cycles/{cycle_id}/owed")
    return {"place": place.name, **status, "owed": owed, "interventions": done}


def _newest(cycles: list[Answer], scope: str, period: str | None) -> str:
    mine = [one for one in cycles if one["scope"] == scope and (period is None or one["period_start"][:7] == period)]
    if not mine:
        raise StackError(f"no cycle of {scope}" + (f" begins in {period}" if period else "") + ": open one first")
    running = [one for one in mine if one["state"] == "OPEN"] or mine
    return str(max(running, key=lambda one: str(one["period_start"]))["id"])


def _steer(
    place: Place, period: str | None, lang: Language, state: State, act: str, body: Mapping[str, object]
) -> None:
    with office(state, "evaluation", place.city, language=lang.value) as asking:
        cycle_id = _newest(asking.get("/cycles", limit=500)["items"], place.scope, period)
        asking.post(f"/cycles/{cycle_id}/{act}", body)
    show(looked_up(state, place, period, lang.value), lang.value, Console())


def show(report: dict[str, Any], language: str, console: Console) -> None:
    """Sentences first, then who owes what."""
    zone, owed, english = ZoneInfo(report["zone"]), report["owed"], language == "en"
    console.print(
        f"[bold]{report['name']}[/bold] · {report['members']} {'people' if english else 'pegawai'}", soft_wrap=True
    )
    for sentence in words.sentences(language, report, owed, zone):
        console.print(sentence, soft_wrap=True, highlight=False)
    for one in report["interventions"]:
        day = words.day(language, one["done_at"], zone)
        console.print(f"  {day}: {one['kind']} {one['phase'] or ''}: {one['reason']}", soft_wrap=True, highlight=False)
    if owed["obligations"]:
        console.print(_obligations(owed["obligations"], language, zone))
    if owed["most_overdue"]:
        console.print(_overdue(owed["most_overdue"], language, zone))


def _obligations(items: list[Answer], language: str, zone: ZoneInfo) -> Table:
    headings = (
        ("obligation", "open", "overdue", "first due")
        if language == "en"
        else ("kewajiban", "terbuka", "terlambat", "tenggat pertama")
    )
    table = Table(*headings)
    for one in items:
        due = words.day(language, one["first_due_at"], zone) if one["first_due_at"] else "-"
        table.add_row(one["what"], str(one["open"]), str(one["overdue"]), due)
    return table


def _overdue(people: list[Answer], language: str, zone: ZoneInfo) -> Table:
    headings = (
        ("longest overdue", "unit", "owes", "since")
        if language == "en"
        else ("paling lama terlambat", "unit", "kewajiban", "sejak")
    )
    table = Table(*headings)
    for one in people:
        since = words.day(language, one["since"], zone)
        table.add_row(one["name"] or one["debtor_id"], one["unit"] or "-", "; ".join(one["what"]), since)
    return table
