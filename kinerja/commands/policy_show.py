"""`kinerja policy show`: an effective policy as YAML, with the origin of every value beside it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer
import yaml
from rich.console import Console
from rich.text import Text

from kinerja.library import CITIES
from kinerja.options import UNIT_HELP, CitiesOption, Language, StateOption
from kinerja.policy_source import Shown, StackOption, of_option
from kinerja.policy_words import COLOURS, sourced
from kinerja.stack.state import State
from kit.files.documents import Path
from policy.provenance import IDENTITY, Origin, leaves, written

COLUMN = 64
"""Where origins begin, if the line leaves room."""
WIDE = 110
"""Characters; a mapping that is longer in one line gets a line for each key."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Line(NamedTuple):
    """One line of YAML, and where what it says comes from."""

    text: str
    origins: list[Origin]


def register(app: typer.Typer) -> None:
    app.command()(show)


def show(
    unit: Annotated[str, typer.Argument(metavar="UNIT|FILE", help=f"{UNIT_HELP}.", show_default=False)] = "",
    place: Annotated[str, typer.Option("--place", help="The same, as in other commands.", show_default=False)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Policy and provenance for other programs.")] = False,
    language: Annotated[Language, typer.Option("--language", help="Language of the origins.")] = Language.EN,
    cities: CitiesOption = CITIES,
    stack: StackOption = False,
    state: StateOption = None,
) -> None:
    """Show the policy that applies, inheritance resolved; beside every value the layer that set it."""
    shown = of_option(unit or place, cities, State.find(state) if stack else None)
    content = shown.policy.model_dump(mode="json", exclude=set(IDENTITY))
    if as_json:
        both = {"scope": shown.policy.scope, "policy": content, "provenance": written(shown.origins)}
        typer.echo(json.dumps(both, indent=2, ensure_ascii=False))
        return
    console = Console()
    console.print(f'scope: "{shown.policy.scope}"', markup=False, highlight=False)
    for line in _mapping(shown, content, (), ""):
        console.print(_beside(shown, line, language), highlight=False, soft_wrap=True)


def _beside(shown: Shown, line: Line, language: Language) -> Text:
    text = Text(line.text.ljust(COLUMN) if line.origins else line.text)
    for number, origin in enumerate(line.origins):
        text.append(f"{'  # ' if number == 0 else '; '}{sourced(shown, origin, language)}", style=COLOURS[origin.kind])
    return text


def _mapping(shown: Shown, content: Mapping[str, Any], path: Path, indent: str) -> Iterator[Line]:
    for key, value in content.items():
        yield from _one(shown, f"{indent}{key}:", value, (*path, key), f"{indent}  ")


def _one(shown: Shown, start: str, value: Any, path: Path, indent: str) -> Iterator[Line]:
    """On one line what is short and comes from one place, else a line for each thing inside."""
    origins = _of_all(shown, value, path)
    line = f"{start} {_flow(value)}"
    if (
        not isinstance(value, Mapping | list)
        or not value
        or (len(line) < WIDE and len(origins) == 1 and _is_flat(value))
    ):
        yield Line(line, origins)
    elif isinstance(value, Mapping):
        yield Line(start, [])
        yield from _mapping(shown, value, path, indent)
    else:
        yield Line(start, [])
        yield from _list(shown, value, path, indent)


def _list(shown: Shown, items: Sequence[Any], path: Path, indent: str) -> Iterator[Line]:
    for index, item in enumerate(items):
        inside = (*path, index)
        origins, line = _of_all(shown, item, inside), f"{indent}- {_flow(item)}"
        if not isinstance(item, Mapping) or (len(line) < WIDE and len(origins) == 1 and _is_flat(item)):
            yield Line(line, origins)
            continue
        first, *rest = _mapping(shown, item, inside, f"{indent}  ")
        yield Line(f"{indent}- {first.text.lstrip()}", first.origins)
        yield from rest


def _of_all(shown: Shown, value: Any, path: Path) -> list[Origin]:
    """Each origin inside once; defaults of what is written there are not repeated."""
    found = [shown.origins[inner] for inner, _ in leaves(value, path) if inner in shown.origins]
    wrote = [origin for origin in found if not origin.implied] or found
    return list(dict.fromkeys(wrote))


def _is_flat(item: Mapping[str, Any] | list[Any]) -> bool:
    inside = item.values() if isinstance(item, Mapping) else item
    return not any(isinstance(one, Mapping) or (isinstance(one, str) and " " in one) for one in inside)


def _flow(value: Any) -> str:
    """As YAML on one line."""
    plain = _plain(value)
    text = yaml.safe_dump(plain, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000)
    return text.removesuffix("\n").removesuffix("\n...")


def _plain(value: Any) -> Any:
    """Decimals that JSON keeps as text are numbers again."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value
