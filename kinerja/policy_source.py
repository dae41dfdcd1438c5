"""Gets an effective policy with the origin of every value: from files, or from a running stack's registry."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from contracts.policy import Policy
from kinerja.library import CITIES, Library, read_file
from kinerja.officer import token_of
from kinerja.stack.errors import StackError
from kinerja.stack.state import State
from kit.files.errors import FileErrors
from policy.provenance import SOFTWARE, Origins, parsed

StackOption = Annotated[bool, typer.Option("--stack", help="Ask the running stack's registry, not the files.")]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown."""

    policy: Policy
    origins: Origins
    labels: dict[str, str] = field(default_factory=dict)
    """What people call each layer."""

    def label(self, layer: str) -> str:
        """Plaju (16.71.14)."""
        return "the software's default" if layer == SOFTWARE else self.labels.get(layer, layer)


def of_option(named: str, cities: Path, state: State | None) -> Shown:
    """From files, or, where a state is given, from the stack that runs on it; raises BadParameter if none is named."""
    if not named:
        raise typer.BadParameter("say whose policy: --place palembang, --place 16.71.14, or --place FILE")
    if state is None:
        return of_files(named, cities)
    scope = of_files(named, cities).policy.scope if policy_file(named, cities).is_file() else named
    return of_stack(state, scope)


def of_argument(named: str, directory: Path, state: Path | None) -> Shown:
    """From a file, a unit's code, or ``CODE@VERSION`` of the running stack (``CODE@`` is the newest)."""
    code, at, version = named.partition("@")
    if at and not Path(named).exists():
        if version and not version.isdigit():
            raise StackError(f"{named}: a version is a number, e.g. {code}@2")
        return of_stack(State.find(state), code, int(version) if version else None)
    return of_files(named, directory)


def of_files(named: str, directory: Path = CITIES) -> Shown:
    """From a path, the name of a place, or the nearest policy that applies to a unit's code; raises StackError."""
    errors = FileErrors()
    library = Library(directory)
    path = policy_file(named, directory)
    document = read_file(path, errors) if path.is_file() else library.nearest(named)
    if document is None and not errors:
        known = ", ".join(library.scopes())
        raise StackError(f"{named} is neither a file nor a place nor a unit with a policy in {directory}: {known}")
    found = None if document is None else library.judge(document, errors)
    if errors:
        shown = "; ".join(f"{one.file}:{one.line}: {one.wrong.en}" for one in errors.in_order())
        raise StackError(f"{named} does not hold: {shown}")
    if found is None:
        raise StackError(f"{named} is a layer that others inherit: show a city or a unit")
    layers = {origin.layer for origin in found.origins.values()}
    return Shown(found.policy, found.origins, {layer: library.label(layer) for layer in layers})


def policy_file(named: str, directory: Path = CITIES) -> Path:
    """A file as it is, a folder's policy, or that of the place of this name; it need not exist."""
    for path in (Path(named), directory / named):
        if path.is_dir():
            return path / "policy.yaml"
    return Path(named)


def of_stack(state: State, scope: str, version: int | None = None) -> Shown:
    """From the registry's API, as the city's performance office would read it; raises StackError."""
    running = state.must_run("registry")
    token = token_of(state, running, scope[:5])
    url = f"{running.urls['registry']}/v1/policies/{scope}"
    asked = {} if version is None else {"version": version}
    try:
        answer = httpx.get(url, params=asked, headers={"Authorization": f"Bearer {token}"}, timeout=30)
    except httpx.TransportError as error:
        raise StackError(f"the registry does not answer: {error}") from error
    body: dict[str, Any] = answer.json()
    if not answer.is_success:
        raise StackError(f"the registry refused: {body.get('detail') or body.get('title')}")
    library = Library()
    origins = parsed(body["provenance"] or {})
    layers = {origin.layer for origin in origins.values()}
    return Shown(Policy.model_validate(body["policy"]), origins, {layer: library.label(layer) for layer in layers})
