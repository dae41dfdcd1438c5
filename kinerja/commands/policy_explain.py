"""`kinerja policy explain`: says for every value of a policy which layer it comes from, and where in it."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, cast

import typer
from rich.console import Console
from rich.text import Text

from kinerja.library import CITIES
from kinerja.options import UNIT_HELP, CitiesOption, Language, StateOption
from kinerja.policy_source import Shown, StackOption, of_option
from kinerja.policy_words import COLOURS, kind_of, sourced
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.files.documents import Path as Keys
from policy.markers import Kind
from policy.phrases import phrase
from policy.provenance import IDENTITY, Origin, dotted, leaves

NAMING = ("code", "role", "phase", "name")
"""Keys by which items of lists are distinguished: criteria, sources, phases, bands."""


class Only(StrEnum):
    """What stands behind the values that are asked for."""

    LAW = "law"
    OWN = "own"
    PLACEHOLDER = "placeholder"


def register(app: typer.Typer) -> None:
    app.command()(explain)


def explain(
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="One value, or all below a key, e.g. objection.", show_default=False)
    ] = "",
    place: Annotated[str, typer.Option("--place", "--unit", help=f"{UNIT_HELP}.", show_default=False)] = "",
    about: Annotated[str, typer.Option("--about", help="The same as KEY.", hidden=True)] = "",
    only: Annotated[Only | None, typer.Option("--only", help="Only law, own rules or placeholders.")] = None,
    language: Annotated[Language, typer.Option("--language", help="Language of the sentences.")] = Language.EN,
    cities: CitiesOption = CITIES,
    stack: StackOption = False,
    state: StateOption = None,
) -> None:
    """Say for every value whether a regulation, the province, the city or the unit set it, and on which line.

    What stands in a list is named by its code or by its number: criteria.discipline.weight, criteria.2.weight.

    Example: kinerja policy explain --place palembang criteria.discipline.weight
    """
    shown, wanted = of_option(place, cities, State.find(state) if stack else None), key or about
    console, content = Console(), shown.policy.model_dump(mode="json", exclude=set(IDENTITY))
    rows = [
        (path, value, shown.origins[path])
        for path, value in leaves(content)
        if path in shown.origins and is_below(path, wanted, content) and _is_of(shown.origins[path], only)
    ]
    if wanted and not any(is_below(path, wanted, content) for path, _ in leaves(content)):
        raise StackError(
            f"nothing is called {wanted} in this policy: choose from {', '.join(choices(wanted, content))}"
        )
    for path, value, origin in rows:
        name = phrase(path, content)
        words = name.id if language is Language.ID else name.en
        line = Text(f"{dotted(path)} = {_shown(value)}", style="bold")
        line.append(f"\n    {words}\n    ", style="not bold dim")
        line.append(sourced(shown, origin, language), style=f"not bold {COLOURS[origin.kind]}")
        console.print(line, highlight=False, soft_wrap=True)
    _sum(console, shown, [origin for _, _, origin in rows], language)


def is_below(path: Keys, wanted: str, content: Mapping[str, Any]) -> bool:
    """Whether a value is the one that is wanted, or lies below it; items of lists also go by their own name."""
    parts, here = wanted.split(".") if wanted else [], cast("Any", content)
    for key, part in zip(path, parts, strict=False):
        here = here[key]
        if part != str(key) and not (isinstance(key, int) and part in _names(here)):
            return False
    return len(parts) <= len(path)


def choices(wanted: str, content: Any) -> list[str]:
    """What could be asked for where a key that does not exist first goes wrong."""
    for part in wanted.split("."):
        items = content.items() if isinstance(content, Mapping) else enumerate(content)
        below = [item for key, item in items if part == str(key) or (isinstance(key, int) and part in _names(item))]
        if not below or not isinstance(below[0], Mapping | list):
            break
        content = below[0]
    if isinstance(content, Mapping):
        return list(content)
    return [next(iter(_names(item)), str(number)) for number, item in enumerate(content)]


def _names(item: object) -> list[str]:
    return [str(item[key]) for key in NAMING if key in item] if isinstance(item, Mapping) else []


def _is_of(origin: Origin, only: Only | None) -> bool:
    return only is None or origin.kind is Kind(only.upper())


def _sum(console: Console, shown: Shown, origins: list[Origin], language: Language) -> None:
    """How many values each layer set, and of what kind."""
    console.print()
    layers = Counter(origin.layer for origin in origins)
    for layer, count in layers.most_common():
        kinds = Counter(kind_of(one, language) for one in origins if one.layer == layer)
        parts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        console.print(f"{count:4} {shown.label(layer)}: {parts}", markup=False, highlight=False, soft_wrap=True)


def _shown(value: object) -> str:
    return "-" if value is None or value in ([], {}) else str(value)
