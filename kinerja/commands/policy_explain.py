"""`kinerja policy explain`: says for every value of a policy which layer it comes from, and where in it."""

from collections import Counter
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from kinerja.commands.importing import Tongue
from kinerja.library import CITIES
from kinerja.options import StateOption
from kinerja.policy_source import DirectoryOption, Shown, StackOption, of_files, of_stack
from kinerja.policy_words import COLOURS, kind_of, told
from kinerja.stack.state import State
from kit.files.documents import Path as Keys
from policy.markers import Kind
from policy.phrases import phrase
from policy.provenance import IDENTITY, Origin, dotted, leaves


class Only(StrEnum):
    """What stands behind the values that are asked for."""

    LAW = "law"
    OWN = "own"
    PLACEHOLDER = "placeholder"


def register(app: typer.Typer) -> None:
    app.command()(explain)


def explain(
    unit: Annotated[str, typer.Option("--unit", help="Code of a city or unit, e.g. 16.71.14, or a policy's file.")],
    about: Annotated[str, typer.Option("--about", help="Only values below this key, e.g. objection.")] = "",
    only: Annotated[Only | None, typer.Option("--only", help="Only law, own rules or placeholders.")] = None,
    language: Annotated[Tongue, typer.Option("--language", help="Language of the sentences.")] = Tongue.EN,
    directory: DirectoryOption = CITIES,
    stack: StackOption = False,
    state: StateOption = None,
) -> None:
    """Say for every value whether a regulation, the province, the city or the unit set it, and on which line."""
    shown = of_stack(State.find(state), unit) if stack else of_files(unit, directory)
    console, content = Console(), shown.policy.model_dump(mode="json", exclude=set(IDENTITY))
    rows = [
        (path, value, shown.origins[path])
        for path, value in leaves(content)
        if path in shown.origins and _asked(path, shown.origins[path], about, only)
    ]
    for path, value, origin in rows:
        name = phrase(path, content)
        words = name.id if language is Tongue.ID else name.en
        line = Text(f"{dotted(path)} = {_shown(value)}", style="bold")
        line.append(f"\n    {words}\n    ", style="not bold dim")
        line.append(told(shown, origin, language), style=f"not bold {COLOURS[origin.kind]}")
        console.print(line, highlight=False, soft_wrap=True)
    _sum(console, shown, [origin for _, _, origin in rows], language)


def _asked(path: Keys, origin: Origin, about: str, only: Only | None) -> bool:
    inside = not about or f"{dotted(path)}.".startswith(f"{about}.")
    return inside and (only is None or origin.kind is Kind(only.upper()))


def _sum(console: Console, shown: Shown, origins: list[Origin], language: Tongue) -> None:
    """How many values each layer set, and of what kind."""
    console.print()
    layers = Counter(origin.layer for origin in origins)
    for layer, count in layers.most_common():
        kinds = Counter(kind_of(one, language) for one in origins if one.layer == layer)
        parts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
        console.print(f"{count:4} {shown.label(layer)}: {parts}", markup=False, highlight=False, soft_wrap=True)


def _shown(value: object) -> str:
    return "-" if value is None or value in ([], {}) else str(value)
