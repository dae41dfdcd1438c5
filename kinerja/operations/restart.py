"""A rolling restart of a local stack: one process after the other, each at work again before the next one ends.

The launcher in the other terminal starts whatever ends; one that was asked to end and did so in good order counts as no
failure there (``kinerja.stack.processes.ASKED``). So each is sent SIGTERM, as `docker stop` would send it.
"""

import os
import signal
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

from contracts.base import PORTAL
from contracts.workflows import QUEUE
from kinerja.stack.environment import SIGN_IN
from kinerja.stack.errors import StackError
from kinerja.stack.processes import START_TIMEOUT
from kinerja.stack.state import Running, RunningProcess, State

ENDING_SECONDS = 60.0
"""Longer than the slowest activity's grace of 30 s; nobody is killed after it, the restart stops and says so."""
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Restarted:
    """One process that is at work again under another pid."""

    before: int | None
    pid: int
    ended: float
    """Seconds in which it finished what it held."""
    ready: float
    """Seconds from its end until it was ready again."""


def in_order(names: Iterable[str]) -> list[str]:
    """Whoever hears before whoever is heard: workers, workflows, APIs, the issuer's pages, the portal's pages.

    With a newer release on the disk an event of a new version has consumers that know it, and a workflow the activities that
    it asks for, before anybody is asked for the first one. The portal asks all the others, so it is last: by then its
    pages find routes and answers of its own age.
    """
    return sorted(names, key=_turn)


def _turn(name: str) -> int:
    """Processes of one kind keep the order of the services, in which the registry, whom all copy, is first."""
    if name.endswith("-worker"):
        return 0
    return {QUEUE: 1, SIGN_IN: 3, f"{PORTAL}-api": 4}.get(name, 2)


def chosen(running: Running, only: Sequence[str]) -> list[str]:
    """Kinerja's own processes in their order, all or those named: a process, or a service for its two.

    Raises StackError for a name that is none of them.
    """
    own = in_order(one.name for one in running.processes if _is_ours(one.name))
    known = {*own, *(name.rpartition("-")[0] for name in own if name.endswith("-worker"))}
    if unknown := [name for name in only if name not in known]:
        raise StackError(f"no process {', '.join(unknown)} here: choose from {', '.join(own)}")
    return [name for name in own if not only or name in only or name.rpartition("-")[0] in only]


def _is_ours(name: str) -> bool:
    return name.endswith(("-api", "-worker")) or name in (QUEUE, SIGN_IN)


def restart(state: State, name: str) -> Restarted:
    """End one process in good order and wait until it is ready again.

    Raises StackError if it does not end in time, does not come back, or the launcher is gone; it is never killed.
    """
    before = _seen(state, name)
    began = time.monotonic()
    _ask(before)
    while (now := _seen(state, name)).pid == before.pid and _lives(before):
        _wait(state, name, began, ENDING_SECONDS, "has not ended")
    ended = time.monotonic()
    while now.state != "ready" or now.pid is None or now.pid == before.pid:
        _wait(state, name, ended, START_TIMEOUT, "is not ready again")
        now = _seen(state, name)
    return Restarted(before.pid, now.pid, ended - began, time.monotonic() - ended)


def _seen(state: State, name: str) -> RunningProcess:
    return next(one for one in state.must_run().processes if one.name == name)


def _ask(process: RunningProcess) -> None:
    """One that is not there is started by its launcher without us."""
    if process.pid is not None and _lives(process):
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)


def _lives(process: RunningProcess) -> bool:
    """Whether it is still that process: a pid may have been given to somebody else since."""
    try:
        found = psutil.Process(process.pid)
        return process.created is not None and abs(found.create_time() - process.created) < 1
    except psutil.NoSuchProcess:
        return False


def _wait(state: State, name: str, since: float, seconds: float, what: str) -> None:
    if time.monotonic() - since > seconds:
        raise StackError(
            f"{name} {what} after {seconds:.0f} s: the others run on as they did; see {state.log / f'{name}.log'}, and go on"
            " with `kinerja operations restart --only` when it is mended"
        )
    time.sleep(_LOOK_SECONDS)
