"""Files as offices have them: each is imported into Dumai and ends as the expectation beside it says."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import text

from contracts.base import Role
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import committed, office_of, submit
from tests.support.client import Client

pytestmark = pytest.mark.connected
CASES = Path(__file__).parents[2] / "cases" / "import"
ROWS = list(csv.DictReader(io.StringIO((CASES / "expected.csv").read_text(encoding="utf-8"))))
CITY = "14.72"
FORMER = {"197512142000121000": "tarmizi.salim.2@dumai.example", "196804041992091000": "arman.tahir.1@dumai.example"}
"""Numbers in the files that were those of sample people before the samples got serials."""
PEOPLE = {row["email"]: row["nip"] for row in csv.DictReader(io.StringIO(committed("dumai")["servants.csv"].decode()))}
SAYS = {
    "l10_name_unquoted_comma.csv": "M.Si.",
    "l13_formula_no_value.xlsx": "J2",
    "l13_only_chart.xlsx": "no table in this workbook",
    "l14_html.xls": "web page",
    "l15_two_emails.csv": "two addresses",
    "l16_name_3.csv": "'-' is no name",
    "l17_rater_4.csv": "in a circle",
    "l3_nip_as_number.xlsx": "lost digits",
    "l3b_csv_saved_by_excel_digits_lost.csv": "fifteen of eighteen",
    "l3c_csv_saved_by_excel_scientific.csv": "kept fifteen",
    "l5p_golongan_pppk_5.csv": "no grade",
}
"""What a refusal says at least."""


def _each(pattern: str, numbers: Sequence[int], **values: object) -> dict[str, dict[str, object]]:
    return {pattern.format(number): values for number in numbers}


KEPT: dict[str, dict[str, object]] = {
    **_each("l5_golongan_{}.csv", (0, 1, 2, 4, 7, 8), grade="III/d"),
    **_each("l5_golongan_{}.csv", (6,), grade="III/b"),
    **_each("l5p_golongan_pppk_{}.csv", (0, 1, 2), grade="IX"),
    **_each("l5p_golongan_pppk_{}.csv", (4,), grade="V"),
    **_each("l6_type_{}.csv", (0, 4, 6), employment_type="PNS"),
    **_each("l6_type_{}.csv", (1, 2), employment_type="PPPK"),
    **_each("l18_kind_{}.csv", (0,), position_kind="PELAKSANA"),
    **_each("l18_kind_{}.csv", (3,), position_kind="PENGAWAS"),
    **_each("l18_kind_{}.csv", (5,), position_kind="AHLI_MUDA"),
    **_each("l18_kind_{}.csv", (6,), position_kind="JPT_PRATAMA"),
    **_each("l18_kind_{}.csv", (8,), position_kind="AHLI_PERTAMA"),
    **_each("l19_head_{}.csv", (1, 3), is_head=False),
    **_each("l16_name_{}.csv", (6, 7), name="Ratna Dewanti"),
    **{f"l4_nip_{one}.csv": {"nip": "194001011965022001"} for one in ("apostrophe", "dots", "nbsp", "spaces")},
    **_each("l7_date_{}.csv", (0, 1, 3, 4, 6, 7, 9), valid_from="2020-04-01"),
    "l7x_date_cell.xlsx": {"valid_from": "2020-04-01"},
    "l7y_date_serial.xlsx": {"valid_from": "2020-04-01"},
    **_each("l20_unit_{}.csv", (0, 2, 4), unit="14.72.SETDA"),
    "l17_rater_0.csv": {"rater": "arman.tahir.1@dumai.example"},
    "l10_cp1252.csv": {"name": "Nurul \u2018Aini, S.Pd."},
}
"""What is recorded of whoever comes in by the file."""
TELLS = {
    "l10_cp1252.csv": "read as cp1252",
    "l15_dash_email.csv": "the inbox alone",
    "l15_no_email.csv": "the inbox alone",
    "l15_shared_email.csv": "has the same address",
    "l6_type_2.csv": "PPPK Paruh Waktu -> PPPK",
    "l6_type_6.csv": "PNS Pusat DPB -> PNS",
    "l5_golongan_8.csv": "34 -> III/d",
    "l20_unit_2.csv": "14,72.SETDA -> 14.72.SETDA",
    "l9_blank_rows_and_footer.xlsx": "footer",
    "l9c_blank_and_footer.csv": "footer",
    "l1_siasn_columns.xlsx": " -> ",
}
"""What the report of an import that was taken in says at least."""
TWO = {"l16_name_linebreak.csv": 2}
"""The file holds two people, Siti and Umar; nobody is left out."""


def content_of(name: str) -> bytes:
    """With today's numbers of the sample people."""
    pairs = {old.encode(): PEOPLE[email].encode() for old, email in FORMER.items()}
    raw = (CASES / name).read_bytes()
    if not name.endswith(".xlsx"):
        for old, new in pairs.items():
            raw = raw.replace(old, new)
        return raw
    made = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            text = source.read(part)
            for old, new in pairs.items():
                text = text.replace(old, new)
            target.writestr(part, text)
    return made.getvalue()


@pytest.fixture
async def http(client_of: ClientOf, registry_db: Database) -> Client:
    client = client_of("registry", registry_db)
    answer = await submit(client, committed("dumai"), CITY)
    assert answer.status_code == 201, answer.text
    return client


async def send(client: Client, name: str, content: bytes, **form: Any) -> tuple[int, dict[str, Any]]:
    """Import one file as Dumai's office."""
    headers = client.as_(await office_of(client, CITY), CITY, Role.PERFORMANCE_OFFICE)
    data = {"answers": json.dumps(form["answers"])} if "answers" in form else {}
    answer = await client.post("/v1/imports", files=[("files", (name, content))], data=data, headers=headers)
    return answer.status_code, answer.json()


async def people_of(client: Client) -> dict[str, dict[str, Any]]:
    """Everybody, by number."""
    headers = client.as_(await office_of(client, CITY), CITY, Role.PERFORMANCE_OFFICE)
    page = await client.get("/v1/servants", params={"limit": 500}, headers=headers)
    return {one["nip"]: one for one in page.json()["items"]}


async def confirm(client: Client, proposal: dict[str, Any]) -> None:
    """As it was proposed."""
    headers = client.as_(await office_of(client, CITY), CITY, Role.PERFORMANCE_OFFICE)
    body = {"header": proposal["header"], "columns": proposal["columns"]}
    answer = await client.put("/v1/imports/mappings", json=body, headers=headers)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
async def test_a_file_ends_as_it_should(http: Client, registry_db: Database, row: dict[str, str]) -> None:
    name, content, before = row["file"], content_of(row["file"]), await people_of(http)
    sent_as = f"units.{name.rpartition('.')[2]}" if name.endswith("_units.xlsx") else name
    status, answer = await send(http, sent_as, content)
    if row["outcome"] == "mapped":
        assert status == 422, answer
        [proposal] = answer["mappings"]
        assert proposal["missing"] == []
        assert all(one["reason"]["en"] and one["reason"]["id"] for one in proposal["reasons"])
        assert await people_of(http) == before
        await confirm(http, proposal)
        status, answer = await send(http, sent_as, content)
    if row["outcome"] in ("accepted", "mapped"):
        assert status == 201, answer
        assert TELLS.get(name, "") in _told(answer)
        await _is_kept(http, registry_db, before, KEPT.get(name, {}))
        wanted = {"all": 2 if name.startswith("l9") else 1}.get(row["people"]) or int(row["people"])
        assert len(await people_of(http)) - len(before) == TWO.get(name, wanted)
        assert answer["counts"]["servants"]["created"] == TWO.get(name, wanted)
        return
    assert status == 422, answer
    assert await people_of(http) == before
    assert all(one["wrong"] and one["mend"] and one["line"] and one["column"] for one in answer["errors"])
    assert bool(answer.get("questions")) == (row["outcome"] == "asked"), answer
    assert SAYS.get(name, "") in " ".join(one["wrong"] for one in answer["errors"]), answer


def _told(report: dict[str, Any]) -> str:
    """Values that were read otherwise, lines that are nobody, and warnings."""
    read = [f"{one['from']} -> {one['to']}" for one in report["normalised"]]
    return "; ".join(
        [*read, *(one["why"] for one in report["passed_over"]), *(one["wrong"] for one in report["warnings"])]
    )


_SINCE = text("select valid_from from rater_relations where servant_id = :person")


async def _is_kept(http: Client, database: Database, before: dict[str, Any], values: dict[str, object]) -> None:
    """Each who is new is recorded with these values."""
    headers, people = http.as_(await office_of(http, CITY), CITY, Role.PERFORMANCE_OFFICE), await people_of(http)
    units = {one["id"]: one["code"] for one in (await http.get("/v1/units", headers=headers)).json()["items"]}
    emails = {one["id"]: one["email"] for one in people.values()}
    for nip in people.keys() - before.keys() if values else ():
        one = people[nip]
        async with database.transaction(CITY) as session:
            since = await session.scalar(_SINCE, {"person": one["id"]})
        found = one | {"unit": units[one["unit_id"]], "valid_from": str(since)}
        found["rater"] = emails[one["rater_id"]]
        assert {name: found[name] for name in values} == values
