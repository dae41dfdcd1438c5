"""`kinerja up`, `status`, `down` as typed in two terminals; the engines alone, so that it is quick."""

import asyncio
import io
import signal
import sys
from pathlib import Path

import pytest
from rich.console import Console

from kinerja.commands.lifecycle import processes
from tests.stack.existing import a_postgres, a_temporal

pytestmark = [pytest.mark.connected, pytest.mark.timeout(300)]

ENGINES_ALONE = """
from kinerja import cli
from kinerja.stack.stack import LocalStack
LocalStack.__init__.__kwdefaults__["services"] = ()
cli.main()
"""


async def _kinerja(*words: str, state: Path) -> tuple[int, str]:
    process = await _started(*words, state=state)
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


async def _started(*words: str, state: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-u", "-c", ENGINES_ALONE, *words, "--state", str(state)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def _read_until(process: asyncio.subprocess.Process, words: str) -> str:
    assert process.stdout is not None
    text = ""
    async with asyncio.timeout(100):
        while words not in text:
            line = await process.stdout.readline()
            assert line, text
            text += line.decode()
    return text


async def test_up_status_second_up_and_down(tmp_path: Path) -> None:
    up = await _started("up", state=tmp_path)
    try:
        assert "ready after" in await _read_until(up, "Ctrl-C stops it")

        code, text = await _kinerja("status", state=tmp_path)
        assert code == 0
        assert all(name in text for name in ("postgres", "temporal", "broker", "mail"))
        assert "…" not in text, "on 80 columns nothing is cut: addresses are copied from here"

        code, text = await _kinerja("demo", state=tmp_path)
        assert code == 1
        assert "begun by `kinerja up`" in text.replace("\n", " ")

        code, text = await _kinerja("up", state=tmp_path)
        assert code == 1
        assert "already runs" in text
        assert "http://127.0.0.1:" in text

        assert (await _kinerja("down", state=tmp_path))[0] == 0
        assert await up.wait() == 0
    finally:
        if up.returncode is None:
            up.kill()
            await up.wait()
    code, text = await _kinerja("status", state=tmp_path)
    assert code == 1
    assert "no stack runs" in text


async def test_up_on_engines_that_exist_already_and_without_one_that_is_gone(tmp_path: Path, kafka: str) -> None:
    state = tmp_path / "state"
    async with a_postgres(tmp_path / "server") as server:
        async with a_temporal(tmp_path) as temporal:
            theirs = ("--kafka", kafka, "--postgres", server.uri(), "--temporal", temporal)
            up = await _started("up", *theirs, state=state)
            try:
                await _read_until(up, "Ctrl-C stops it")
                code, text = await _kinerja("status", state=state)
                assert (code, text.count("answers")) == (0, 3)
                assert kafka in text
                assert "broker" not in text
            finally:
                if up.returncode is None:
                    up.send_signal(signal.SIGTERM)
                    await up.wait()
        code, text = await _kinerja("up", *theirs, state=state)
        assert code == 1
        assert f"no Temporal answers at {temporal}" in text.replace("\n", " ")


async def test_an_engine_that_goes_away_shows_in_the_status(tmp_path: Path) -> None:
    state = tmp_path / "state"
    async with a_temporal(tmp_path) as temporal:
        up = await _started("up", "--temporal", temporal, state=state)
        await _read_until(up, "Ctrl-C stops it")
    try:
        code, text = await _kinerja("status", state=state)
        assert (code, "does not answer" in text) == (1, True)
    finally:
        up.send_signal(signal.SIGTERM)
        await up.wait()


async def test_down_without_a_stack_says_so(tmp_path: Path) -> None:
    code, text = await _kinerja("down", state=tmp_path)
    assert code == 1
    assert "no stack runs" in text


def test_the_longest_row_of_the_status_is_whole_on_80_columns() -> None:
    table = processes()
    table.add_row("evaluation-worker", "4194304", "starting", "12", "1024", "http://127.0.0.1:30000")
    console = Console(width=80, file=io.StringIO())
    console.print(table)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert all(one in shown for one in ("evaluation-worker", "4194304", "starting", "http://127.0.0.1:30000"))
