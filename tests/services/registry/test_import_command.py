"""`kinerja import` of an office's own table: the mapping is proposed, confirmed once, remembered; what is asked is answered."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kinerja.cli import app
from kinerja.stack.state import State
from kit.db import Database
from services.registry.api import build
from tests.services.registry.place_files import CITIES, HEAD, SEKDA, small
from tests.support.emitted import emitted
from tests.support.served import served

pytestmark = pytest.mark.connected
TABLE = """\
DAFTAR NOMINATIF PEGAWAI;;;;;;
;;;;;;
NIP BARU;NAMA PEGAWAI;GOL;NAMA JABATAN;JENIS JABATAN;UNOR;NIP ATASAN
197505052000121005;Rina Lestari;III/D;Analis Data;Jabatan Pelaksana;Dinas Kesehatan;{head}
197606062001122006;Joko Susilo;Penata Tk. I (III/d);Analis Data;{kind};dinas kesehatan;{head}
JUMLAH;2;;;;;
"""
COMMAND = "servants"


@pytest.fixture
async def state(tmp_path: Path, registry_db: Database) -> AsyncIterator[State]:
    """A registry that knows a small city."""
    async with served(tmp_path / "state", {"registry": (build, registry_db)}) as found:
        place = tmp_path / "place"
        place.mkdir()
        for name, content in small().items():
            (place / name).write_bytes(content)
        assert (await run(found, str(place))).exit_code == 0
        yield found


async def run(state: State, *words: str, answers: str = "") -> Result:
    asked = ["import", "--state", str(state.root), *words]
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, asked, input=answers))


def table(directory: Path, *, kind: str = "Jabatan Pelaksana") -> Path:
    file = directory / "Data Pegawai.csv"
    file.write_text(TABLE.format(head=HEAD, kind=kind), encoding="utf-8")
    return file


async def test_a_mapping_is_proposed_confirmed_once_and_remembered(state: State, tmp_path: Path) -> None:
    file = table(tmp_path)
    words = (COMMAND, str(file), "--city", "16.71")
    shown = await run(state, *words)
    assert shown.exit_code == 1, shown.output
    assert "NIP BARU" in shown.output
    assert "a known name of nip" in shown.output
    assert "nothing was changed" in shown.output
    assert all(len(line) <= 80 for line in shown.output.splitlines() if "│" in line)
    refused = await run(state, *words, answers="n\n")
    assert refused.exit_code == 1
    taken = await run(state, *words, answers="y\n")
    assert taken.exit_code == 0, taken.output
    assert "grade: III/D -> III/d, 1 rows" in taken.output
    assert "row 6: JUMLAH 2 (footer)" in taken.output
    again = await run(state, *words)
    assert again.exit_code == 0, again.output
    assert "NIP BARU" not in again.output


async def test_yes_confirms_and_map_says_another_column(state: State, registry_db: Database, tmp_path: Path) -> None:
    file = table(tmp_path)
    file.write_text(file.read_text().replace("NAMA JABATAN;JENIS", "PEKERJAAN;JENIS"))
    words = (COMMAND, str(file), "--city", "16.71", "--yes")
    before = len(await emitted(registry_db))
    missing = await run(state, *words)
    assert missing.exit_code == 1
    assert "No column gives position" in missing.output
    unknown = await run(state, *words, "--map", "TUGAS=position")
    assert "has no column 'TUGAS'" in str(unknown.exception)
    assert len(await emitted(registry_db)) == before
    named = await run(state, *words, "--map", "pekerjaan=position")
    assert named.exit_code == 0, named.output
    assert "chosen by --map" in named.output
    asked_again = await run(state, *words, "--map", "PEKERJAAN=position")
    assert asked_again.exit_code == 0, asked_again.output
    assert "PEKERJAAN" in asked_again.output


async def test_what_is_ambiguous_is_asked_and_answered(state: State, tmp_path: Path) -> None:
    file = table(tmp_path, kind="Struktural")
    words = (COMMAND, str(file), "--city", "16.71", "--yes")
    asked = await run(state, *words)
    assert asked.exit_code == 1
    assert "'Struktural' does not say which level (rows 5)" in asked.output
    assert f"{file}:5:5" in asked.output
    wrong = await run(state, *words, "--answer", "Struktural")
    assert wrong.exit_code == 2
    assert (await run(state, *words, "--dry-run", answers="PENGAWAS\n")).exit_code == 0
    told = await run(state, *words, "--answer", "position_kind:Struktural=PENGAWAS")
    assert told.exit_code == 0, told.output


async def test_a_rehearsal_confirms_nothing(state: State, tmp_path: Path) -> None:
    words = (COMMAND, str(table(tmp_path)), "--city", "16.71")
    assert (await run(state, *words, "--dry-run", "--yes")).exit_code == 1
    assert "NIP BARU" in (await run(state, *words)).output


async def test_wrong_rows_are_named_by_sheet_row_and_column(state: State) -> None:
    case = CITIES.parents[1] / "tests" / "cases" / "import" / "l3_nip_as_number.xlsx"
    result = await run(state, COMMAND, str(case), "--city", "16.71", "--language", "id")
    assert result.exit_code == 1
    assert f"{case}:" in result.output
    assert "lembar '" in result.output
    assert SEKDA not in result.output
