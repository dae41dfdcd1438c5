"""One child process: started so that it cannot outlive the launcher, watched, restarted with back-off, stopped."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from kinerja.stack.errors import StackError

GUARD = Path(__file__).with_name("guard.py")
START_TIMEOUT = 60.0
LONGEST_WAIT = 10.0
STEADY_AFTER = 30.0
"""A child that lived this long starts again at once; one that dies sooner waits twice as long as before."""
ASKED = (0, -signal.SIGTERM)
"""How a program ends that somebody has asked to: in good order, or by the signal itself. A failure ends otherwise."""


Changed = Callable[[str, str], None]
"""Hears the name of a program and what became of it."""


def unheard(_name: str, _state: str) -> None:
    """Nobody wants to know."""


async def _nothing() -> None:
    """The default for programs that need no word after their start."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run and how to know that it is ready."""

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    directory: Path | None = None
    ready: Callable[[], Awaitable[bool]]
    after_start: Callable[[], Awaitable[None]] = _nothing
    """Runs each time the program is ready again, e.g. to make the topics of a broker that keeps nothing."""
    url: str = ""
    user: tuple[int, int] = (0, 0)
    """User and group to become; 0 stays who we are."""
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    """What the kernel sends it when the launcher dies."""
    patience: float = 10.0
    """Seconds from the stop signal to SIGKILL."""
    start_seconds: float = START_TIMEOUT
    """After so long it is given up."""


class Child:
    """A running program and the task that watches it."""

    def __init__(self, program: Program, *, changed: Changed = unheard) -> None:
        self.program = program
        self.state = "stopped"
        self.restarts = 0
        self.created: float | None = None
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    async def start(self) -> None:
        """Start and return when it is ready; a program that ends before that is an error with its last words."""
        if self._watcher is not None:
            return
        await self._run_until_ready()
        self._watcher = asyncio.create_task(self._watch(), name=f"watch {self.program.name}")

    async def stop(self) -> None:
        """Ask it to end, insist after its patience; stopping what is stopped is fine."""
        await self._unwatch()
        if self.pid is not None:
            self._become("stopping")
            await self._end(self.program.stop_signal)
        self._become("stopped")

    async def kill(self) -> None:
        """End it at once and leave it dead, as a crash would."""
        await self._unwatch()
        await self._end(signal.SIGKILL)
        self._become("stopped")

    async def _unwatch(self) -> None:
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.cancel()
            with suppress(asyncio.CancelledError):
                await watcher

    async def _run_until_ready(self) -> None:
        self._become("starting")
        try:
            await self._spawn()
            await self._become_ready()
        except BaseException:
            await self._end(signal.SIGKILL)
            self._become("failed")
            raise
        self._become("ready")

    async def _spawn(self) -> None:
        program = self.program
        program.log.parent.mkdir(parents=True, exist_ok=True)
        with program.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *guarded(program.command, user=program.user, death_signal=program.death_signal),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=program.directory,
                env=_inherited() | dict(program.environment),
                start_new_session=True,
            )
        with suppress(psutil.NoSuchProcess):
            self.created = psutil.Process(self._process.pid).create_time()

    async def _become_ready(self) -> None:
        deadline = time.monotonic() + self.program.start_seconds
        while not await self.program.ready():
            if self.pid is None:
                raise StackError(f"{self.program.name} ended while starting\n{self.last_words()}")
            if time.monotonic() > deadline:
                patience = f"{self.program.start_seconds:.0f} s"
                raise StackError(f"{self.program.name} is not ready after {patience}\n{self.last_words()}")
            await asyncio.sleep(0.1)
        await self.program.after_start()

    async def _watch(self) -> None:
        wait = 0.2
        while True:
            born = time.monotonic()
            code = await self._process.wait() if self._process is not None else None
            wait = 0.2 if time.monotonic() - born > STEADY_AFTER else min(wait * 2, LONGEST_WAIT)
            if self.state == "ready" and code in ASKED:  # `kinerja operations restart`: no fault, so it is not counted
                self._become("starting")
            else:
                self.restarts += 1
                self._become("restarting")
            await asyncio.sleep(wait)
            with suppress(StackError, OSError):
                await self._run_until_ready()

    async def _end(self, how: signal.Signals) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        _send(process.pid, how)
        try:
            await asyncio.wait_for(process.wait(), self.program.patience)
        except TimeoutError:
            _send(process.pid, signal.SIGKILL)
            await process.wait()

    def _become(self, state: str) -> None:
        self.state = state
        self._changed(self.program.name, state)

    def last_words(self, lines: int = 15) -> str:
        """The end of the program's log, for an error message."""
        try:
            text = self.program.log.read_text(errors="replace")
        except OSError:
            return ""
        return f"last lines of {self.program.log}:\n" + "\n".join(text.splitlines()[-lines:])


async def finish(
    command: Sequence[str], *, directory: Path, environment: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a command to its end: exit code and everything it said. If we are cancelled, it is gone first."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=directory,
        env=_inherited() | dict(environment or {}),
        start_new_session=True,
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        _send(process.pid, signal.SIGKILL)
        await process.wait()
        raise
    return process.returncode or 0, output.decode(errors="replace")


def guarded(
    command: Sequence[str], *, user: tuple[int, int] = (0, 0), death_signal: signal.Signals = signal.SIGKILL
) -> list[str]:
    """The command behind the guard: as that user, and sent that signal when this process dies."""
    numbers = (death_signal.value, os.getpid(), *user)
    return [sys.executable, "-ISE", str(GUARD), *map(str, numbers), *command]


def _inherited() -> dict[str, str]:
    """Our own environment without settings that were meant for something else."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}


def _send(pid: int, how: signal.Signals) -> None:
    """To the whole group when we kill, so that a program's own children go too; else to the program alone."""
    with suppress(ProcessLookupError):
        if how == signal.SIGKILL:
            os.killpg(pid, how)
        else:
            os.kill(pid, how)
