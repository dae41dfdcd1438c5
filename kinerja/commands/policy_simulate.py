"""`kinerja policy simulate`: what another policy would have made of a cycle, by unit, before anybody adopts it."""

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from contracts.policy import Policy
from kinerja.commands.results import tracked
from kinerja.library import CITIES, Library, read_file
from kinerja.office import Office, office
from kinerja.options import CitiesOption, CycleOption, JsonOption, StateOption
from kinerja.stack.state import State
from kit.files.errors import FileErrors
from scoring.names import known_names

_SHOWN = 50
_NOTE = (
    "The predicate of PermenPANRB 6/2022 follows from the two ratings; no policy changes it. "
    "What moves here is the predicate of the city's own score (bands of PP 30/2019 art. 41)."
)


def register(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(
    file: Annotated[Path, typer.Argument(metavar="NEW.yaml", exists=True, dir_okay=False, help="The policy to try.")],
    cycle: CycleOption,
    city: Annotated[str | None, typer.Option("--city", help="Code of its city, if not that of the policy.")] = None,
    cities: CitiesOption = CITIES,
    as_json: JsonOption = False,
    state: StateOption = None,
) -> None:
    """Score a closed cycle again under a changed policy and show who moves between predicates. Nothing is written."""
    policy = effective(file, cities)
    with office(State.find(state), "evaluation", city or policy.scope[:5]) as asking:
        report = simulated(asking, cycle, policy, Console(stderr=True))
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        show(report, Console())


def effective(file: Path, cities: Path) -> Policy:
    """The policy of the file on top of what it inherits; every error is shown with its line, and ends the command."""
    errors = FileErrors()
    document = read_file(file, errors)
    found = None if document is None else Library(cities, given=[document]).judge(document, errors)
    if found is None:
        console = Console(stderr=True)
        for one in errors.in_order():
            line = f"{one.file}:{one.line}:{one.column}: {one.wrong.en}. {one.fix.en}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)
        if not errors:
            console.print(f"{file}: a regulation or a province's policy applies to nobody by itself: name a city's")
        raise typer.Exit(1)
    return found.policy


def simulated(asking: Office, cycle: UUID, policy: Policy, progress: Console) -> dict[str, Any]:
    """Counts by unit and every mover, from all pages."""
    report: dict[str, Any] = {"cycle_id": str(cycle), "scope": policy.scope, "people": 0, "rescored": 0, "moderated": 0}
    counted: Counter[tuple[str, str | None, str | None, str | None]] = Counter()
    movers: list[dict[str, Any]] = []
    body = {"policy": policy.model_dump(mode="json")}
    for page in tracked(asking.pages(f"/cycles/{cycle}/simulation", body), "scoring again", progress):
        report["people"] += page["checked"]
        report["rescored"] += page["rescored"]
        report["moderated"] += page["moderated"]
        movers += page["movers"]
        for one in page["groups"]:
            counted[one["unit_id"], one["unit"], one["before"], one["after"]] += one["people"]
    keys = ("unit_id", "unit", "before", "after", "people")
    groups = [dict(zip(keys, (*group, count), strict=True)) for group, count in counted.items()]
    order = sorted(groups, key=lambda one: (str(one["unit"]), str(one["before"]), str(one["after"])))
    return report | {"groups": order, "movers": movers}


def show(report: dict[str, Any], console: Console) -> None:
    """Movers by unit, then by name, then the sums."""
    moved = [one for one in report["groups"] if one["before"] != one["after"]]
    table = Table("unit", "from", "to", title="Who moves between predicates, by unit", title_justify="left")
    table.add_column("people", justify="right")
    for one in moved:
        table.add_row(one["unit"] or one["unit_id"], _name(one["before"]), _name(one["after"]), f"{one['people']:,}")
    people = Table("name", "from", "to", title_justify="left")
    for one in report["movers"][:_SHOWN]:
        people.add_row(one["name"] or one["servant_id"], _side(one, "before"), _side(one, "after"))
    if moved:
        console.print(table, people)
    else:
        console.print("Nobody moves between predicates.")
    if len(report["movers"]) > _SHOWN:
        console.print(f"and {len(report['movers']) - _SHOWN} more: --json lists all")
    console.print(
        f"{report['people']:,} people, {len(report['movers']):,} move, {report['rescored']:,} have another score, "
        f"{report['moderated']:,} would need moderation; nothing was written.",
        highlight=False,
    )
    console.print(_NOTE, highlight=False)


def _side(one: dict[str, Any], side: str) -> str:
    score = one[f"{side}_score"]
    return _name(one[side]) if score is None else f"{_name(one[side])} ({score})"


def _name(band: str | None) -> str:
    names = known_names()
    return "no score" if band is None else names[band].en if band in names else band
