"""`kinerja policy check`: judges policy files as an import would, and says where and how to fix them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kinerja.library import CITIES, Library, is_ground, read_file
from kinerja.options import CitiesOption, Language
from kinerja.places import all_places
from kinerja.policy_source import policy_file
from kit.files.documents import Document
from kit.files.errors import MISTAKES, FileError, FileErrors
from policy.markers import Kind
from policy.provenance import layer_name

_MORE = {
    Language.EN: "{} mistakes in all, of which {} are shown",
    Language.ID: "{} kesalahan seluruhnya, {} di antaranya ditampilkan",
}
_WARNING = {Language.EN: "warning: ", Language.ID: "peringatan: "}


def register(app: typer.Typer) -> None:
    app.command()(check)


def check(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|PLACE...", help="Policies, or places with one.")
    ] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help="A place; may be repeated.")] = None,
    cities: CitiesOption = CITIES,
    language: Annotated[Language, typer.Option("--language", help="Language of the errors.")] = Language.EN,
) -> None:
    """Check policies: of cities, units, provinces, and regulations; exit code 1 and a line for each error.

    What inherits a file that is given is checked with it. What is set otherwise than law sets it is a warning, unless
    law forbids it.
    """
    console, errors = Console(emoji=False), FileErrors()
    files = [_file(named, cities) for named in (*(paths or ()), *(place or ()))]
    if not files:
        raise typer.BadParameter("name a file or a place, e.g. kinerja policy check --place palembang")
    read = [_read(path) for path in dict.fromkeys(files)]
    given = [one for one, _ in read if one is not None]
    library = Library(cities, given=given)
    for document, found in read:
        if document is not None:
            _check(library, document, console, found)
        errors.take(found)
    for heir in _heirs(library, given):
        library.judge(heir, errors)
    for warning in dict.fromkeys(errors.warnings_in_order()):
        console.print(_line(warning, language, _WARNING[language]), markup=False, highlight=False, soft_wrap=True)
    shown = dict.fromkeys(errors.in_order())
    for error in shown:
        console.print(_line(error, language), markup=False, highlight=False, soft_wrap=True)
    if errors.total > MISTAKES:
        console.print(_MORE[language].format(errors.total, len(shown)), markup=False, highlight=False)
    if errors:
        raise typer.Exit(1)


def _file(named: str, cities: Path) -> Path:
    file = policy_file(named, cities)
    if not file.is_file():
        known = ", ".join(place.name for place in all_places(cities))
        raise typer.BadParameter(f"{named} is neither a file nor a place; places: {known}")
    return file


def _read(path: Path) -> tuple[Document | None, FileErrors]:
    """The document with what is wrong in it so far."""
    errors = FileErrors()
    try:
        return read_file(path, errors), errors
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error}") from error


def _check(library: Library, document: Document, console: Console, errors: FileErrors) -> None:
    found = library.judge(document, errors)
    if errors:
        return
    named = layer_name(document.data)
    if found is None:
        holds = f"{document.file}: {named} holds, for those that inherit it"
    else:
        kinds = Counter(origin.kind for origin in found.origins.values() if not origin.implied)
        sums = ", ".join(f"{kinds[kind]} {kind.lower()}" for kind in Kind)
        holds = f"{document.file}: {named} holds ({sums})"
    console.print(holds, markup=False, highlight=False, soft_wrap=True)


def _heirs(library: Library, given: Sequence[Document]) -> list[Document]:
    named = {layer_name(one.data) for one in given}
    heirs = {layer_name(heir.data): heir for one in given for heir in library.heirs(one)}
    return [heir for name, heir in heirs.items() if name not in named and not is_ground(heir)]


def _line(one: FileError, language: Language, kind: str = "") -> str:
    wrong, fix = (one.wrong.id, one.fix.id) if language is Language.ID else (one.wrong.en, one.fix.en)
    return f"{one.file}:{one.line}:{one.column}: {kind}{wrong}. {fix}"
