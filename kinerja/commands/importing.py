"""`kinerja import`: submits the files of a place to the running stack's registry, as the city's performance office."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from kinerja.library import CITIES
from kinerja.officer import token_of
from kinerja.options import CitiesOption, Language, StateOption
from kinerja.places import FILES, chosen
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

PATIENCE = 300.0
"""Seconds; a hundred thousand people take less than one minute."""
_SCOPE = re.compile(rb"""^scope:\s*["']?(\d{2}\.\d{2})""", re.MULTILINE)
_LOOKED_AT = 1_000
"""Lines, and characters of each, in which a code is looked for; what is wrong with a file the registry says."""
_SEPARATOR = re.compile("[,;]")
_CODE = re.compile(r"(\d{2}\.\d{2})(\..+)?")


class Finding(BaseModel):
    """One error as the registry describes it."""

    file: str
    line: int
    column: int
    wrong: str
    mend: str


class Outcome(BaseModel):
    """What the registry answered."""

    import_id: str | None
    policies: list[str]
    counts: dict[str, dict[str, int]]


def register(app: typer.Typer) -> None:
    app.command("import")(import_files)


def import_files(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", exists=True, help="A place's directory, or single files of one place."),
    ] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help="A place; may be repeated.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge and rehearse, change nothing.")] = False,
    city: Annotated[str | None, typer.Option("--city", help="Code of the city, if no file says it.")] = None,
    language: Annotated[Language, typer.Option("--language", help="Language of the errors.")] = Language.EN,
    cities: CitiesOption = CITIES,
    state: StateOption = None,
) -> None:
    """Import units, people, policies and the competences of positions; all or nothing, and a second time changes nothing.

    Each directory is imported by itself, in the order given: a city before its units, whose people have raters there.
    """
    found, failed = State.find(state), False
    wanted = [*(paths or ()), *(one.directory for one in (chosen(place, cities) if place else ()))]
    if not wanted:
        raise typer.BadParameter("name a directory, files or a place, e.g. kinerja import --place palembang")
    for files in _imports(wanted):
        failed = not _one(found, files, city or _city(files), language, dry_run=dry_run) or failed
    if failed:
        raise typer.Exit(1)


def _imports(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """A directory is one import; single files together are one."""
    single = [path for path in paths if path.is_file()]
    for directory in (path for path in paths if path.is_dir()):
        inside = [directory / name for name in FILES if (directory / name).is_file()]
        if not inside:
            raise StackError(f"{directory} holds none of {', '.join(FILES)}")
        yield inside
    if single:
        yield single


def _city(files: Sequence[Path]) -> str:
    """From the policy's scope, else from the first unit code in a table."""
    for path in files:
        if path.suffix in (".yaml", ".yml") and (scope := _SCOPE.search(path.read_bytes())):
            return scope[1].decode()
    for path in files:
        if path.suffix == ".csv" and (code := _first_code(path)):
            return code
    raise StackError("no file says which city this is: add --city, e.g. --city 14.72")


def _first_code(path: Path) -> str | None:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for line in islice(file, _LOOKED_AT):
            for cell in _SEPARATOR.split(line[:_LOOKED_AT]):
                if code := _CODE.fullmatch(cell.strip().strip('"')):
                    return code[1]
    return None


def _one(state: State, files: Sequence[Path], city: str, language: Language, *, dry_run: bool) -> bool:
    answer = _send(state, files, city, language, dry_run=dry_run)
    console = Console(emoji=False)
    if answer.is_success:
        _print_counts(console, files, city, Outcome.model_validate_json(answer.content), dry_run=dry_run)
        return True
    problem = _problem(answer)
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY and isinstance(problem.get("errors"), list):
        _print_errors(console, files, problem)
        return False
    raise StackError(f"the registry refused: {problem.get('detail') or problem.get('title')}")


def _problem(answer: httpx.Response) -> dict[str, Any]:
    """Something between here and the registry may answer with no problem of ours."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"title": f"{answer.status_code} {answer.reason_phrase}"}


def _send(state: State, files: Sequence[Path], city: str, language: Language, *, dry_run: bool) -> httpx.Response:
    running = state.read_running()
    if running is None or not state.is_held() or "registry" not in running.urls:
        raise StackError(f"no stack runs on {state.root}: start one with `kinerja up`")
    try:
        return httpx.post(
            f"{running.urls['registry']}/v1/imports",
            params={"dry_run": dry_run},
            files=[("files", (path.name, path.read_bytes())) for path in files],
            headers={"Authorization": f"Bearer {token_of(state, running, city)}", "Accept-Language": language.value},
            timeout=PATIENCE,
        )
    except httpx.TransportError as error:
        raise StackError(f"the registry does not answer: {error}") from error


def _print_counts(console: Console, files: Sequence[Path], city: str, outcome: Outcome, *, dry_run: bool) -> None:
    names = ", ".join(path.name for path in files)
    table = Table(title=f"{city}: {names}" + (" (rehearsal, nothing was changed)" if dry_run else ""))
    for name in ("", "created", "changed", "unchanged", "not in file"):
        table.add_column(name, justify="left" if not name else "right")
    for kind in ("units", "servants", "competences"):
        counts = outcome.counts.get(kind, {})
        if kind == "competences" and not any(counts.values()):
            continue
        shown = [str(counts[name]) for name in ("created", "changed", "unchanged", "not in file")]
        table.add_row(kind, *shown)
    console.print(table)
    news = [f"policy {one}" for one in outcome.policies]
    news += ["calendar"] if outcome.counts["calendar"]["published"] else []
    console.print(f"published: {', '.join(news) if news else 'nothing new'}", highlight=False)


def _print_errors(console: Console, files: Sequence[Path], problem: dict[str, Any]) -> None:
    """One a line, in the form that editors make a link of."""
    paths = {path.name: str(path) for path in files}
    for error in problem["errors"]:
        one = Finding.model_validate(error)
        place = f"{paths.get(one.file, one.file)}:{one.line}:{one.column}"
        console.print(f"{place}: {one.wrong}. {one.mend}", markup=False, highlight=False, soft_wrap=True)
    console.print(problem["detail"], markup=False, highlight=False, soft_wrap=True)
