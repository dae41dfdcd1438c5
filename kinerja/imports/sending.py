"""Sends files to the registry of the running stack, as the performance office of a city."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from kinerja.imports.answers import Problem
from kinerja.officer import token_of
from kinerja.stack.errors import StackError
from kinerja.stack.state import State

PATIENCE = 300.0
"""Seconds; a hundred thousand people take less than one minute."""
Answers = Mapping[str, Mapping[str, str]]
"""By field: what values mean that the registry asked about."""


class Registry:
    """The registry, asked by the performance office."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def send(self, files: Sequence[Path], *, dry_run: bool, answers: str, propose: bool) -> httpx.Response:
        """The files, judged whole; ``propose`` asks what their columns mean though that is confirmed already."""
        return self._asked(
            "POST",
            "/imports",
            params={"dry_run": dry_run, "propose": propose},
            files=[("files", (path.name, path.read_bytes())) for path in files],
            data={"answers": answers},
        )

    def confirm(self, header: Sequence[str], columns: Mapping[str, str]) -> None:
        """What the columns mean, from now on; raises StackError with what the registry refused."""
        answer = self._asked("PUT", "/imports/mappings", json={"header": list(header), "columns": dict(columns)})
        if not answer.is_success:
            raise StackError(f"the registry refused: {problem_of(answer).said}")

    def template(self, kind: str, form: str) -> bytes:
        """A file to fill in; raises StackError with what the registry refused."""
        answer = self._asked("GET", f"/imports/templates/{kind}", params={"format": form})
        if not answer.is_success:
            raise StackError(f"the registry refused: {problem_of(answer).said}")
        return answer.content

    def _asked(self, method: str, path: str, **what: object) -> httpx.Response:
        try:
            return self._client.request(method, f"/v1{path}", **what)  # type: ignore[arg-type]
        except httpx.TransportError as error:
            raise StackError(f"the registry does not answer: {error}") from error


@contextmanager
def registry(state: State, city: str, language: str) -> Iterator[Registry]:
    """Of the stack that runs on this state; raises StackError if none does."""
    running = state.must_run("registry")
    headers = {"Authorization": f"Bearer {token_of(state, running, city)}", "Accept-Language": language}
    with httpx.Client(base_url=running.urls["registry"], headers=headers, timeout=PATIENCE) as client:
        yield Registry(client)


def problem_of(answer: httpx.Response) -> Problem:
    """Something between here and the registry may answer with no problem of ours."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return Problem(title=f"{answer.status_code} {answer.reason_phrase}")
    return Problem.model_validate(found)
