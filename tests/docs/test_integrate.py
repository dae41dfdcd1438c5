"""docs/integrate.md does what it says: its own blocks and nothing else are run, as somebody pastes them, against a stack."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from kinerja.stack.migrate import ROOT
from kinerja.stack.stack import LocalStack

pytestmark = [pytest.mark.connected, pytest.mark.timeout(600)]
PAGE = ROOT / "docs" / "integrate.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.+?)^```$", re.MULTILINE | re.DOTALL)
SECONDS, COMMANDS = 120, 25


def blocks() -> Iterator[tuple[str, str | None, str]]:
    """Language, name of the file it is pasted into, text."""
    for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        yield found["kind"], found["file"], found["text"]


def commands() -> list[str]:
    return [line for kind, _, text in blocks() if kind == "sh" for line in text.splitlines() if line.strip()]


@asynccontextmanager
async def a_city(state: Path) -> AsyncIterator[dict[str, str]]:
    """A stack with Dumai in it, as the page takes for granted; the surroundings of somebody's shell."""
    shell = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "KINERJA_STATE": str(state),
        "HOME": str(state),
    }
    async with LocalStack(state, services=("registry", "integrations"), durable=False):
        code, said = await run(shell, ROOT, f"kinerja import {ROOT}/deploy/cities/dumai")
        assert code == 0, said
        yield shell


async def run(shell: dict[str, str], place: Path, script: str) -> tuple[int | None, str]:
    """What a shell says to it."""
    out = place / "said.txt" if place != ROOT else Path(shell["KINERJA_STATE"]) / "said.txt"
    with out.open("wb") as said:
        # Into a file: a receiver that was left running would hold a pipe open.
        child = await asyncio.create_subprocess_exec(
            "bash",
            "-euo",
            "pipefail",
            "-c",
            script,
            cwd=place,
            env=shell | {"PYTHONPATH": str(ROOT)},
            stdout=said,
            stderr=said,
        )
        code = await asyncio.wait_for(child.wait(), SECONDS * 2)
    return code, out.read_text()


def test_the_page_has_few_commands() -> None:
    assert 10 < len(commands()) <= COMMANDS


def _to_paste(shown: str) -> str:
    """What `kinerja integrator create` gives to be pasted, behind its variables."""
    lines = [line.removeprefix("# ") for line in shown.splitlines() if line.startswith("# ")]
    return "\n".join(line for line in lines if line.startswith(("export ", "curl ", "  ")))


async def test_from_nothing_to_verified_events_and_a_receiver_that_dies(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    async with a_city(tmp_path / "state") as shell:
        began = time.monotonic()
        for _, file, text in blocks():
            if file is not None:
                (home / file).write_text(text)
        try:
            code, said = await run(shell, home, "".join(text for kind, _, text in blocks() if kind == "sh"))
        finally:
            with suppress(FileNotFoundError, ProcessLookupError):
                os.kill(int((home / "receiver.pid").read_text()), signal.SIGTERM)
        seconds = time.monotonic() - began
        assert code == 0, said
        code, pasted = await run(shell, home, f". ./integrator.env\n{_to_paste((home / 'integrator.env').read_text())}")
    assert code == 0, pasted
    assert '"specversion"' in pasted
    assert "id.kinerja.public.webhook-ping.v1" in pasted
    verified = re.search(r"(\d+) events verified", said)
    assert verified is not None, said
    assert int(verified[1]) > 0
    followed = [line.split()[:2] for line in (home / "followed.txt").read_text().splitlines()]
    assert [int(sequence) for sequence, _ in followed] == list(range(1, len(followed) + 1))
    ping, *received = (home / "received.txt").read_text().split()
    there = [event_id for _, event_id in followed]
    assert set(received[:3]) == set(there[-3:]), "what happened while nobody listened"
    assert ping not in there
    assert sorted(received) == sorted(there), "each once"
    assert "unit-recorded" in (home / "followed.txt").read_text()
    assert seconds <= SECONDS
