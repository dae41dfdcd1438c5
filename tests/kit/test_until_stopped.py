"""A process whose part comes to an end says so and fails; one that is told to stop does neither."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PROGRAM = """
import asyncio
from kit.log import configure
from kit.serving import run, until_stopped
from kit.settings import Settings

async def healthy():
    print("running", flush=True)
    await asyncio.Event().wait()

async def returns():
    await asyncio.sleep(0.05)

async def cancelled_from_inside():
    await asyncio.sleep(0.05)
    raise asyncio.CancelledError

async def cancels_what_it_waits_for():
    waiting = asyncio.ensure_future(asyncio.sleep(60))
    asyncio.get_running_loop().call_later(0.05, waiting.cancel)
    await waiting

async def fails():
    await asyncio.sleep(0.05)
    raise ValueError("what went wrong")

configure("test", Settings(environment="test"))
run(until_stopped(healthy(), {parts}))
"""


def started(parts: str) -> subprocess.Popen[str]:
    program = textwrap.dedent(_PROGRAM).replace("{parts}", parts)
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("part", ["returns", "cancelled_from_inside", "cancels_what_it_waits_for"])
def test_a_part_that_ends_without_being_asked_ends_the_process_with_an_error_that_names_it(part: str) -> None:
    process = started(f"{part}()")
    _, said = process.communicate(timeout=60)
    assert process.returncode not in {0, None}
    assert f'"part": "{part}"' in said
    assert '"level": "error"' in said


def test_a_part_that_fails_is_named_with_its_reason() -> None:
    process = started("fails()")
    _, said = process.communicate(timeout=60)
    assert process.returncode not in {0, None}
    assert '"part": "fails"' in said
    assert "what went wrong" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_told_to_stop_ends_well_and_in_silence(number: signal.Signals) -> None:
    process = started("healthy()")
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")
