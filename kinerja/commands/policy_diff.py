"""`kinerja policy diff`: what changed between two policies, in words."""

from typing import Annotated

import typer
from rich.console import Console

from kinerja.library import CITIES
from kinerja.options import CitiesOption, Language, StateOption
from kinerja.policy_source import of_argument
from policy.differences import differences

_WHICH = "A place, the code of a unit, a file, or CODE@VERSION of the running stack."
_SAME = {Language.EN: "The two say the same.", Language.ID: "Tidak ada perbedaan."}


def register(app: typer.Typer) -> None:
    app.command()(diff)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=_WHICH)],
    new: Annotated[str, typer.Argument(metavar="NEW", help=_WHICH)],
    cities: CitiesOption = CITIES,
    language: Annotated[Language, typer.Option("--language", help="Language of the sentences.")] = Language.ID,
    state: StateOption = None,
) -> None:
    """Tell in sentences how two effective policies differ: "Bobot disiplin turun dari 20 menjadi 15"."""
    found = differences(*(of_argument(named, cities, state).policy for named in (old, new)))
    console = Console()
    for one in found:
        words = one.id if language is Language.ID else one.en
        console.print(words, markup=False, highlight=False, soft_wrap=True)
    if not found:
        console.print(_SAME[language])
