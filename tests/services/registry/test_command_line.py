import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from kinerja.cli import app
from kinerja.stack.state import State
from kit.db import Database
from services.registry.api import build
from tests.services.registry.place_files import CITIES
from tests.support.emitted import emitted
from tests.support.served import served

pytestmark = pytest.mark.connected


@pytest.fixture
async def state(tmp_path: Path, registry_db: Database) -> AsyncIterator[State]:
    """A state directory in which a registry runs, as the command finds it beside a stack."""
    async with served(tmp_path / "state", {"registry": (build, registry_db)}) as found:
        yield found


async def run(state: State, *words: str) -> Result:
    """What the command says; the registry logs in the same process here, and elsewhere in its own."""
    with capture_logs():
        return await _run(state, *words)


async def _run(state: State, *words: str) -> Result:
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, ["import", "--state", str(state.root), *words]))


async def test_a_directory_comes_in_and_its_counts_are_shown(state: State) -> None:
    result = await run(state, str(CITIES / "palembang"), str(CITIES / "plaju"))
    assert result.exit_code == 0, result.output
    assert "published: policy 16.71 v1, calendar" in result.output
    assert "published: policy 16.71.14 v1" in result.output
    again = await run(state, str(CITIES / "plaju" / "servants.csv"))
    assert "published: nothing new" in again.output


async def test_five_errors_give_five_lines_and_change_nothing(
    state: State, registry_db: Database, tmp_path: Path
) -> None:
    bad = tmp_path / "dumai"
    shutil.copytree(CITIES / "dumai", bad)
    lines = (bad / "servants.csv").read_text().splitlines()
    lines[3] = lines[3][1:]
    lines[10] = lines[10].replace("14.72.SETDA", "14.72.NOWHERE")
    lines[12] = lines[12].replace(",PNS,", ",HONORER,")
    (bad / "servants.csv").write_text("\n".join(lines) + "\n")
    for name, old, new in (("policy.yaml", "weight: 50", "weight: 45"), ("units.csv", "OFFICE", "DINAS")):
        (bad / name).write_text((bad / name).read_text().replace(old, new, 1))
    result = await run(state, str(bad))
    assert result.exit_code == 1
    told_lines = [line.split(": ")[0] for line in result.output.splitlines()]
    assert told_lines == [
        f"{bad}/policy.yaml:16:1",
        f"{bad}/servants.csv:4:1",
        f"{bad}/servants.csv:11:7",
        f"{bad}/servants.csv:13:3",
        f"{bad}/units.csv:6:3",
        "5 mistakes in the files",
    ]
    assert await emitted(registry_db) == []


async def test_without_a_running_stack_it_says_so(tmp_path: Path) -> None:
    result = await run(State(tmp_path), str(CITIES / "dumai"))
    assert result.exit_code == 1
    assert "no stack runs" in str(result.exception)


async def test_import_refuses_what_policy_check_refuses_with_the_same_words(state: State, tmp_path: Path) -> None:
    bad = tmp_path / "policy.yaml"
    bad.write_text((CITIES / "palembang" / "policy.yaml").read_text().replace("weight: 40", "weight: 39.9", 1))
    imported = await run(state, str(bad))
    checked = await asyncio.to_thread(lambda: CliRunner().invoke(app, ["policy", "check", str(bad)]))
    assert (imported.exit_code, checked.exit_code) == (1, 1)
    assert "the weights of the criteria sum to 99.9" in checked.output
    assert imported.output.splitlines()[0] == checked.output.splitlines()[0]


async def test_policies_of_a_running_stack_are_explained_and_compared(state: State, tmp_path: Path) -> None:
    await run(state, str(CITIES / "palembang"), str(CITIES / "plaju"))
    stricter = tmp_path / "policy.yaml"
    text = (CITIES / "plaju" / "policy.yaml").read_text()
    stricter.write_text(text.replace("development_below: 90", "development_below: 95", 1))
    await run(state, str(stricter))

    async def policy(*words: str) -> str:
        asked = ["policy", *words, "--state", str(state.root)]
        result = await asyncio.to_thread(lambda: CliRunner().invoke(app, asked))
        assert result.exit_code == 0, result.output
        return result.output

    explained = await policy("explain", "--unit", "16.71.14", "--stack", "--about", "consequences.development_below")
    assert "consequences.development_below = 95" in explained
    assert "Plaju (16.71.14), placeholder" in explained
    assert "Nilai batas usulan pembinaan naik dari 90 menjadi 95" in await policy("diff", "16.71.14@1", "16.71.14@")
