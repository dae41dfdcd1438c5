"""Final results for the national application, and what is held back."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from typer.testing import CliRunner, Result

from contracts.base import Phase, Predicate, Rating, new_id
from contracts.registry.personnel import ChangeKind, Status
from contracts.registry.positions import HeldPosition, PositionsRecorded
from kinerja.cli import app
from kinerja.commands.results import COLUMNS
from kinerja.stack.state import State
from kit.db import Database
from services.evaluation.api import build
from services.evaluation.appraisals.commands import personnel
from services.evaluation.credits.commands import positions
from services.evaluation.reports.rules.records import (
    ExportedPerson,
    HoldReason,
    Outcome,
    Record,
    Stretch,
    hold_reason,
    record,
)
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluate, evaluating, executing
from tests.services.evaluation.test_personnel import changed, relation
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.served import registered, served

ANI = ExportedPerson("194901011970010005", "Ani", "Pelaksana", "III/a", "Dinas Contoh")
HEAD = ExportedPerson("194901011970010002", "Budi", "Kepala Seksi", "III/d", "Dinas Contoh")


def _outcome(**change: Any) -> Outcome:
    plain: dict[str, Any] = {
        "result_id": new_id(),
        "version": 1,
        "result_rating": Rating.ABOVE,
        "behaviour_rating": Rating.MEETS,
        "predicate": Predicate.GOOD,
        "final": True,
        "objection_open": False,
    }
    return Outcome(**(plain | change))


def test_a_record_has_the_codes_of_siasn_and_keeps_the_nip_as_text() -> None:
    """PermenPANRB 6/2022 art. 35: exported to the application of BKN; codes 1 to 3 and 1 to 5 (docs/domain.md 2.4, 3.4)."""
    row = record(_outcome(), ANI, HEAD, Stretch(date(2026, 7, 1), date(2026, 12, 31), HEAD)).model_dump(by_alias=True)
    assert (row["hasilKinerjaNilai"], row["perilakuKerjaNilai"], row["kuadranKinerjaNilai"]) == (1, 2, 2)
    assert (row["nip"], row["penilaiNipNrp"]) == (ANI.nip, HEAD.nip)
    assert (row["tahun"], row["bulanMulaiPenilaian"], row["bulanSelesaiPenilaian"]) == (2026, 7, 12)
    assert tuple(row) == COLUMNS
    assert Record.model_validate(json.loads(json.dumps(row, default=str))).nip == ANI.nip


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"final": False}, HoldReason.NOT_FINAL),
        ({"objection_open": True}, HoldReason.OBJECTION_OPEN),
        ({"predicate": Predicate.POOR}, HoldReason.BESIDE_THE_TABLE),
    ],
)
def test_what_is_not_final_or_disputed_or_beside_the_table_is_held_back(
    change: dict[str, Any], reason: HoldReason | None
) -> None:
    """PermenPANRB 6/2022 art. 35; docs/domain.md 6.6: an export never contradicts the two ratings."""
    assert hold_reason(_outcome(**change)) is reason


@pytest.fixture
async def here(evaluation_db: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """One final result, one that is still open to objection, and one whose rater was silent."""
    made = await evaluating(evaluation_db, client_of, clock)
    first, silent = made.office.staff[:2]
    await made.plan(silent)
    await made.provisional(first)
    await made.sweep(days=31)
    await made.assess(silent, made.authority)
    await made.lead(Phase.DISCLOSURE)
    await made.issue(silent, made.authority)
    issued = await made.deliver(silent)
    await made.post(silent, f"/results/{issued.result_id}/acknowledgement")
    await made.issue(first, made.rater)
    return made


@pytest.mark.connected
async def test_the_office_exports_final_results_page_by_page(here: Scene) -> None:
    """PermenPANRB 6/2022 art. 35 and L V.A.8: who signed for a silent rater stands there as who rated."""
    path = f"/cycles/{here.cycle_id}/export"
    before = await here.get(here.office.office, path)
    assert (before["items"], [one["reason"] for one in before["held"]]) == ([], ["NOT_FINAL", "NOT_FINAL"])
    for reader in (here.ani, here.rater, here.authority):
        await here.get(reader, path, status=403)
    await here.end(Phase.DISCLOSURE)
    await here.through(Phase.OBJECTION)
    await here.lead(Phase.FINALISATION)
    first = await here.get(here.office.office, path, limit=1)
    second = await here.get(here.office.office, path, limit=1, cursor=first["next"])
    items, kept = first["items"] + second["items"], first["held"] + second["held"]
    assert [one["reason"] for one in kept] == ["NOT_FINAL"]
    [row] = items
    assert row["penilaiNama"] == f"Pegawai {here.office.everyone.index(here.authority):02d}"
    assert row["kuadranKinerjaNilai"] == 2
    assert second["next"] is None or (await here.get(here.office.office, path, cursor=second["next"]))["items"] == []


@pytest.fixture
async def state(tmp_path: Path, evaluation_db: Database, registry_db: Database, here: Scene) -> AsyncIterator[State]:
    apis = {"evaluation": (build, evaluation_db), "registry": await registered(registry_db, here.office)}
    async with served(tmp_path / "state", apis) as found:
        yield found


async def _run(state: State, *words: str) -> Result:
    return await asyncio.to_thread(lambda: CliRunner().invoke(app, [*words, "--state", str(state.root)]))


@pytest.mark.connected
async def test_the_command_writes_a_file_and_says_what_is_held_back(here: Scene, state: State, tmp_path: Path) -> None:
    """PermenPANRB 6/2022 art. 35."""
    await here.end(Phase.DISCLOSURE)
    await here.through(Phase.OBJECTION)
    await here.lead(Phase.FINALISATION)
    for form in ("csv", "json", "xlsx"):
        out = tmp_path / f"results.{form}"
        words = ("results", "export", "--cycle", str(here.cycle_id), "--format", form, "--out", str(out))
        ran = await _run(state, *words)
        assert ran.exit_code == 0, ran.output
        assert "1 held back: NOT_FINAL" in ran.stdout
    rows = list(csv.DictReader((tmp_path / "results.csv").read_text(encoding="utf-8").splitlines()))
    listed = json.loads((tmp_path / "results.json").read_text())
    assert [tuple(row) for row in rows] == [COLUMNS]
    assert [row["nip"] for row in rows] == [one["nip"] for one in listed]
    names, *cells = load_workbook(tmp_path / "results.xlsx")["hasil"].iter_rows()
    assert tuple(one.value for one in names) == COLUMNS
    assert [[one[2].value, one[2].data_type] for one in cells] == [[row["nip"], "s"] for row in rows]


@pytest.mark.connected
async def test_each_part_of_the_year_and_each_rater_has_a_row(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """PermenPANRB 6/2022 L IV.A: the new rater evaluates; who rated in which months is told beside it."""
    made = await executing(evaluation_db, client_of, clock)
    moved = changed(
        made, made.ani, ChangeKind.TRANSFER, relation(made, made.ani, made.office.head, made.office.sekda)
    ).model_copy(update={"effective_on": date(2026, 3, 1)})
    clock.set(datetime.combine(date(2026, 5, 4), made.now().timetz()))
    await arrive(evaluation_db, moved, personnel.take)
    promoted = (
        HeldPosition(since=None, employment_type="PNS", position_kind="AHLI_PERTAMA", status=Status.ACTIVE),
        HeldPosition(since=date(2026, 5, 1), employment_type="PNS", position_kind="AHLI_MUDA", status=Status.ACTIVE),
    )
    await arrive(
        evaluation_db,
        PositionsRecorded(tenant_id=made.tenant_id, servant_id=made.ani, revision=2, positions=promoted),
        positions.take,
    )
    await evaluate(made)
    await made.plan(made.ani)
    await made.assess(made.ani, made.office.head)
    await made.lead(Phase.DISCLOSURE)
    await made.issue(made.ani, made.office.head)
    issued = await made.deliver(made.ani)
    await made.post(made.ani, f"/results/{issued.result_id}/acknowledgement")
    clock.advance(days=40)
    await made.lead(Phase.FINALISATION)
    rows = (await made.get(made.office.office, f"/cycles/{made.cycle_id}/export"))["items"]

    def named(person: UUID) -> str:
        return f"Pegawai {made.office.everyone.index(person):02d}"

    told = [(one["bulanMulaiPenilaian"], one["bulanSelesaiPenilaian"], one["penilaiNama"]) for one in rows]
    assert told == [(1, 2, named(made.rater)), (3, 4, named(made.office.head)), (5, 6, named(made.office.head))]
    assert [(one["bagian"], one["jumlahBagian"], one["jenisJabatan"]) for one in rows] == [
        (1, 3, "AHLI_PERTAMA"),
        (2, 3, "AHLI_PERTAMA"),
        (3, 3, "AHLI_MUDA"),
    ]
    assert {one["penetapNama"] for one in rows} == {named(made.office.head)}
    assert {one["kuadranKinerjaNilai"] for one in rows} == {2}


@pytest.mark.connected
async def test_a_change_recorded_later_with_an_earlier_day_takes_the_place_of_what_was_told(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    made = await executing(evaluation_db, client_of, clock)
    clock.set(datetime.combine(date(2026, 5, 4), made.now().timetz()))
    for day, rater in ((date(2026, 4, 1), made.office.head), (date(2026, 2, 1), made.office.sekda)):
        event = changed(made, made.ani, ChangeKind.RATER, relation(made, made.ani, rater, None))
        await arrive(evaluation_db, event.model_copy(update={"effective_on": day}), personnel.take)
    async with evaluation_db.transaction(made.tenant_id) as session:
        rows = (await session.execute(text("select until, rater_id from former_raters"))).all()
    assert [(row.until, row.rater_id) for row in rows] == [(date(2026, 1, 31), made.rater)]
