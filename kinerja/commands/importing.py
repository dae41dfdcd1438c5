"""`kinerja import`: submits the files of a place to the running stack's registry, as the city's performance office."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kinerja.imports.asking import answers_of, pairs_of
from kinerja.imports.cities import city_of, imports_of
from kinerja.imports.importing import Wish, bring
from kinerja.imports.sending import registry
from kinerja.library import CITIES
from kinerja.options import CitiesOption, Language, StateOption
from kinerja.places import chosen
from kinerja.stack.state import State

_PEOPLE = "servants"
"""Before the file: it is a table of people, whatever it is called."""


def register(app: typer.Typer) -> None:
    app.command("import")(import_files)


def import_files(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[servants] PATH...",
            help="A place's directory, or single files of one place; an office's own table of people has any name.",
        ),
    ] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help="A place; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge and rehearse, change nothing.")] = False,
    city: Annotated[str | None, typer.Option("--city", help="Code of the city, if no file says it.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Confirm what the columns are proposed to mean.")] = False,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=field", help="What a column means (- for nothing); may be repeated."),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--answer", metavar="field:VALUE=meaning", help="What an ambiguous value means; may be repeated."),
    ] = None,
    language: Annotated[Language, typer.Option("--language", help="Language of the errors.")] = Language.EN,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Import units, people, policies and the competences of positions; all or nothing, and a second time changes nothing.

    Each directory is imported by itself, in the order given: a city before its units, whose people have raters there.
    What the columns of an office's own table mean is proposed, confirmed once and remembered for the city.

    Example: kinerja import servants "Data Pegawai.xlsx" --city 16.71
    """
    wanted = [*_named(paths or []), *(one.directory for one in (chosen(place, cities) if place else ()))]
    if not wanted:
        raise typer.BadParameter("name a directory, files or a place, e.g. kinerja import --place palembang")
    found, failed, console = State.find(state), False, Console(emoji=False, markup=False, highlight=False)
    pairs, said = pairs_of(mapped or ()), answers_of(answers or ())
    for files in imports_of(wanted):
        code = city or city_of(files)
        wish = Wish(code, language.value, dry_run=dry_run, yes=yes, pairs=pairs, answers=said)
        with registry(found, code, language.value) as asked:
            failed = not bring(console, asked, files, wish) or failed
    if failed:
        raise typer.Exit(1)


def _named(paths: list[Path]) -> list[Path]:
    """The paths that there are; raises BadParameter for others."""
    given = paths[1:] if len(paths) > 1 and str(paths[0]) == _PEOPLE and not paths[0].exists() else paths
    if missing := next((one for one in given if not one.exists()), None):
        raise typer.BadParameter(f"there is no file or directory {missing}")
    return given
