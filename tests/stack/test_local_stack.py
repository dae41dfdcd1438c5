"""The engines of the local stack together: up, watched, refused twice, and gone even when the launcher is killed."""

import asyncio
import os
import signal
import smtplib
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from kinerja.stack import probes
from kinerja.stack.errors import AlreadyRunning, StackError
from kinerja.stack.processes import Child
from kinerja.stack.stack import LocalStack
from kinerja.stack.state import State

pytestmark = pytest.mark.connected

LAUNCHER = """
import asyncio, sys
from pathlib import Path
from kinerja.stack.foreground import run
from kinerja.stack.stack import LocalStack

async def stay():
    async with LocalStack(Path(sys.argv[1]), services=(), durable=False):
        print("ready", flush=True)
        await asyncio.Event().wait()
    return 0

raise SystemExit(run(stay()))
"""


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[LocalStack]:
    async with LocalStack(tmp_path, services=(), durable=False) as running:
        yield running


async def _until(true: object, seconds: float = 15) -> None:
    assert callable(true)
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - a process has no event to wait for
            await asyncio.sleep(0.05)


def _pids(state: State) -> list[int]:
    running = state.read_running()
    assert running is not None
    return [process.pid for process in running.processes if process.pid]


async def test_every_engine_runs_and_is_listed(stack: LocalStack) -> None:
    running = stack.state.read_running()
    assert running is not None
    assert {(process.name, process.state) for process in running.processes} == {
        (name, "ready") for name in ("postgres", "temporal", "broker", "mail")
    }
    assert await probes.answers(stack.ports["temporal-ui"], "/api/v1/namespaces/default")
    assert stack.mint(sub=uuid4(), city="16.71").count(".") == 2


async def test_a_second_start_on_the_same_directory_is_refused(stack: LocalStack) -> None:
    with pytest.raises(AlreadyRunning):
        await LocalStack(stack.state, services=()).start()
    assert all(child.state == "ready" for child in stack.processes.values())


async def test_a_process_that_dies_is_started_again(stack: LocalStack) -> None:
    child = stack.processes["mail"]
    before = child.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    await _until(lambda: child.state == "ready" and child.pid not in {before, None})
    assert child.restarts == 1


async def test_a_process_that_was_killed_on_purpose_stays_dead_until_it_is_started(stack: LocalStack) -> None:
    child: Child = stack.processes["mail"]
    await stack.kill_process("mail")
    await asyncio.sleep(0.5)  # more than a restart waits; that nothing happens cannot be waited for
    assert (child.state, child.pid) == ("stopped", None)
    await stack.start_process("mail")
    assert child.state == "ready"


async def test_mail_is_kept_as_a_file(stack: LocalStack) -> None:
    def send() -> None:
        with smtplib.SMTP("127.0.0.1", stack.ports["mail"]) as post:
            post.sendmail("kinerja@example.go.id", ["siti@example.go.id"], "Subject: Rencana\r\n\r\nHalo")

    await asyncio.to_thread(send)
    (letter,) = stack.state.mail.glob("*.eml")
    assert b"Subject: Rencana" in letter.read_bytes()


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -signal.SIGKILL)])
async def test_nothing_is_left_behind_however_the_launcher_ends(tmp_path: Path, how: int, code: int) -> None:
    launcher = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LAUNCHER, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert launcher.stdout is not None
    async with asyncio.timeout(30):
        assert await launcher.stdout.readline() == b"ready\n"
    pids = _pids(State(tmp_path))
    assert len(pids) == 4
    launcher.send_signal(how)
    assert await launcher.wait() == code
    await _until(lambda: not any(psutil.pid_exists(pid) for pid in pids))

    async with LocalStack(tmp_path, services=(), durable=False) as again:  # and its data can be taken up
        assert again.processes["postgres"].state == "ready"
        assert "database system" in (again.state.log / "postgres.log.1").read_text()  # what was said before


async def test_a_start_that_fails_says_where_to_look_and_leaves_nothing(tmp_path: Path) -> None:
    stack = LocalStack(tmp_path, services=("nobody",), durable=False)
    with pytest.raises(StackError, match=r"(?s)migrations failed.*migrate\.log.*nobody"):
        await stack.start()
    assert {child.state for child in stack.processes.values()} == {"stopped"}
    assert not State(tmp_path).is_held()


@pytest.mark.parametrize("seconds", [0.2, 0.6, 1.0])
async def test_a_start_that_is_interrupted_can_be_tried_again(tmp_path: Path, seconds: float) -> None:
    stack = LocalStack(tmp_path, services=(), durable=False)
    start = asyncio.create_task(stack.start())
    await asyncio.sleep(seconds)
    start.cancel()
    with suppress(asyncio.CancelledError):
        await start
    await stack.stop()  # it may have been ready by then
    async with LocalStack(tmp_path, services=(), durable=False) as again:
        assert again.processes["postgres"].state == "ready"
