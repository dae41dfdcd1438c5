"""`kinerja policy check`: judges policy files as an import would, and tells where and how to mend them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kinerja.commands.importing import Tongue
from kinerja.library import CITIES, Library, is_ground, read_file
from kinerja.policy_source import DirectoryOption
from kit.files.documents import Document
from kit.files.errors import FileError, FileErrors
from policy.markers import Kind
from policy.provenance import layer_name

_WARNING = {Tongue.EN: "warning: ", Tongue.ID: "peringatan: "}


def register(app: typer.Typer) -> None:
    app.command()(check)


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, help="Policies, or places with one.")],
    directory: DirectoryOption = CITIES,
    language: Annotated[Tongue, typer.Option("--language", help="Language of the mistakes.")] = Tongue.EN,
) -> None:
    """Check policies: of cities, units, provinces, and regulations; exit code 1 and a line for each mistake.

    What inherits a file that is given is checked with it. What is set otherwise than law sets it is a warning, unless
    law forbids it.
    """
    console, mistakes = Console(), FileErrors()
    files = [path / "policy.yaml" if path.is_dir() else path for path in paths]
    given = [one for path in files if (one := _read(path, mistakes)) is not None]
    library = Library(directory, given=given)
    for document in given:
        _check(library, document, console, mistakes)
    for heir in _heirs(library, given):
        library.judge(heir, mistakes)
    for warning in dict.fromkeys(mistakes.warnings_in_order()):
        console.print(_told(warning, language, _WARNING[language]), markup=False, highlight=False, soft_wrap=True)
    for mistake in dict.fromkeys(mistakes.in_order()):
        console.print(_told(mistake, language), markup=False, highlight=False, soft_wrap=True)
    if mistakes:
        raise typer.Exit(1)


def _read(path: Path, mistakes: FileErrors) -> Document | None:
    try:
        return read_file(path, mistakes)
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error}") from error


def _check(library: Library, document: Document, console: Console, mistakes: FileErrors) -> None:
    before = len(mistakes.found)
    found = library.judge(document, mistakes)
    if len(mistakes.found) > before:
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


def _told(one: FileError, language: Tongue, kind: str = "") -> str:
    wrong, mend = (one.wrong.id, one.fix.id) if language is Tongue.ID else (one.wrong.en, one.fix.en)
    return f"{one.file}:{one.line}:{one.column}: {kind}{wrong}. {mend}"
