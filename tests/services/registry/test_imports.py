import io

import pytest
from openpyxl import Workbook

from contracts.base import Role, new_id
from contracts.policy import Policy
from contracts.registry.calendars import CalendarPublished
from contracts.registry.policies import PolicyPublished
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import (
    HEAD,
    OFFICE,
    SECTION,
    SEKDA,
    STAFF,
    UNITS,
    committed,
    servants,
    small,
    submit,
)
from tests.support.client import Client
from tests.support.emitted import emitted, emitted_of, forget

pytestmark = pytest.mark.connected
CITY_OF = {"palembang": "16.71", "plaju": "16.71", "sawahlunto": "13.73", "binjai": "12.75", "dumai": "14.72"}


@pytest.fixture
def http(client_of: ClientOf, registry_db: Database) -> Client:
    return client_of("registry", registry_db)


async def test_the_five_places_come_in_and_a_second_time_changes_nothing(http: Client, registry_db: Database) -> None:
    for place, city in CITY_OF.items():
        answer = await submit(http, committed(place), city)
        assert answer.status_code == 201, answer.text
        assert answer.json()["counts"]["servants"]["created"] == 60
    await forget(registry_db)
    for place, city in CITY_OF.items():
        answer = await submit(http, committed(place), city)
        counts = answer.json()["counts"]
        assert counts["servants"] == {"created": 0, "changed": 0, "unchanged": 60, "not in file": 0}
        assert counts["units"]["created"] == counts["units"]["changed"] == counts["policies"]["published"] == 0
    assert await emitted(registry_db) == []


async def test_every_entity_is_emitted_once_with_what_applies_to_it(http: Client, registry_db: Database) -> None:
    assert (await submit(http, small())).status_code == 201
    units = {event.code: event for event in await emitted_of(registry_db, UnitRecorded)}
    assert units["16.71.DINKES"].period_months == 12
    assert units["16.71.SETDA"].period_months == 6
    assert {unit.scope for unit in units.values()} == {"16.71"}
    people = {event.nip: event for event in await emitted_of(registry_db, ServantRecorded)}
    assert people[SEKDA].rater_id is None
    assert people[STAFF].rater_id == people[SECTION].servant_id
    assert people[STAFF].authority_id == people[HEAD].servant_id
    assert len(people) == len(await emitted_of(registry_db, ServantRecorded))
    [published] = await emitted_of(registry_db, PolicyPublished)
    assert (published.policy_version, published.policy.version) == (1, 1)
    assert len(published.policy.phases) == 10
    [calendar] = await emitted_of(registry_db, CalendarPublished)
    assert calendar.calendar.holidays


async def test_a_unit_with_its_own_policy_inherits_the_city_and_follows_it(http: Client, registry_db: Database) -> None:
    await submit(http, committed("palembang"))
    await submit(http, committed("plaju"))
    scopes = {event.code: event.scope for event in await emitted_of(registry_db, UnitRecorded)}
    assert scopes["16.71.14.1001"] == "16.71.14"
    plaju = (await http.get("/v1/policies/16.71.14", headers=http.as_(new_id(), "16.71"))).json()["policy"]
    assert plaju["inherits"] == "16.71"
    assert plaju["consequences"]["recognition_kind"] == "AWARD"
    await forget(registry_db)
    changed = committed("palembang")["policy.yaml"].replace(
        b"recognition_kind: AWARD", b"recognition_kind: RECOGNITION"
    )
    answer = await submit(http, {"policy.yaml": changed})
    assert answer.json()["policies"] == ["16.71 v2", "16.71.14 v2"]
    assert [event.scope for event in await emitted_of(registry_db, PolicyPublished)] == ["16.71", "16.71.14"]


async def test_a_bad_file_changes_nothing_and_every_error_has_its_place(http: Client, registry_db: Database) -> None:
    bad = servants().replace(STAFF, "19800404200504100").replace("Kabid Tiga,PNS", "Kabid Tiga,HONORER")
    answer = await submit(http, small(servants=bad))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert [(one["file"], one["line"], one["column"]) for one in problem["errors"]] == [
        ("servants.csv", 4, 3),
        ("servants.csv", 5, 1),
    ]
    assert all(one["wrong"] and one["mend"] for one in problem["errors"])
    assert await emitted(registry_db) == []
    listed = await http.get("/v1/units", headers=http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE))
    assert listed.json()["items"] == []


async def test_errors_are_in_the_readers_language(http: Client) -> None:
    headers = http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE) | {"Accept-Language": "id"}
    files = [("files", (name, content)) for name, content in small(units="").items()]
    answer = await http.post("/v1/imports", files=files, headers=headers)
    assert answer.json()["errors"][0]["wrong"] == "berkas kosong"


async def test_a_rehearsal_says_what_would_happen_and_does_nothing(http: Client, registry_db: Database) -> None:
    answer = await submit(http, small(), dry_run=True)
    assert answer.status_code == 201
    assert answer.json()["import_id"] is None
    assert answer.json()["counts"]["servants"]["created"] == 4
    assert await emitted(registry_db) == []


async def test_only_what_changed_is_emitted_again(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    await forget(registry_db)
    changed = servants().replace("Staf Empat", "Staf Lima")
    answer = await submit(http, {"servants.csv": changed.encode()})
    assert answer.json()["counts"]["servants"] == {"created": 0, "changed": 1, "unchanged": 3, "not in file": 0}
    [event] = await emitted_of(registry_db, ServantRecorded)
    assert (event.name, event.revision) == ("Staf Lima", 2)


async def test_a_changed_rater_gives_those_below_another_authority(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    await forget(registry_db)
    await submit(http, {"servants.csv": servants(section_rater=SEKDA).encode()})
    events = {event.nip: event for event in await emitted_of(registry_db, ServantRecorded)}
    assert set(events) == {SECTION, STAFF}
    assert events[STAFF].authority_id == events[SECTION].rater_id
    assert events[SECTION].authority_id is None


async def test_people_missing_from_the_file_stay_and_are_reported(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    await forget(registry_db)
    fewer = "".join(servants().splitlines(keepends=True)[:-1])
    answer = (await submit(http, {"servants.csv": fewer.encode()})).json()
    assert answer["counts"]["servants"]["not in file"] == 1
    assert [(row["code"], row["outcome"], row["line"]) for row in answer["rows"]] == [(STAFF, "not in file", None)]
    assert await emitted(registry_db) == []


async def test_a_spreadsheet_is_as_good_as_a_text_file(http: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in UNITS.splitlines():
        sheet.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    files = small()
    del files["units.csv"]
    answer = await submit(http, files | {"units.xlsx": content.getvalue()})
    assert answer.status_code == 201, answer.text
    assert answer.json()["counts"]["units"]["created"] == 3


async def test_importing_is_for_the_office_of_the_same_city(http: Client) -> None:
    files = [("files", (name, content)) for name, content in small().items()]
    answer = await http.post("/v1/imports", files=files, headers=http.as_(new_id(), "16.71"))
    assert answer.status_code == 403
    assert (await submit(http, small(), "14.72")).status_code == 403


async def test_what_each_line_did_can_be_looked_up(http: Client) -> None:
    identity = (await submit(http, small())).json()["import_id"]
    headers = http.as_(OFFICE, "16.71", Role.PERFORMANCE_OFFICE)
    seen = (await http.get(f"/v1/imports/{identity}", headers=headers)).json()
    assert seen["counts"]["units"]["created"] == 3
    assert [file["name"] for file in seen["files"]] == ["policy.yaml", "units.csv", "servants.csv"]
    first = (await http.get(f"/v1/imports/{identity}/rows", params={"limit": 5}, headers=headers)).json()
    rest = (await http.get(f"/v1/imports/{identity}/rows", params={"cursor": first["next"]}, headers=headers)).json()
    assert [row["line"] for row in first["items"] + rest["items"]] == [2, 3, 4, 2, 3, 4, 5]
    assert (await http.get(f"/v1/imports/{identity}", headers=http.as_(new_id(), "16.71"))).status_code == 403


async def test_the_citys_own_holidays_make_a_new_calendar(http: Client, registry_db: Database) -> None:
    await submit(http, small())
    policy = small()["policy.yaml"] + b'holidays: {"2026-06-17": Hari jadi kota}\n'
    await submit(http, {"policy.yaml": policy})
    before, after = await emitted_of(registry_db, CalendarPublished)
    assert (after.calendar.version, len(after.calendar.holidays - before.calendar.holidays)) == (2, 1)
    assert len(await emitted_of(registry_db, PolicyPublished)) == 1


async def test_anybody_reads_the_policies_in_force_without_a_token(http: Client) -> None:
    await submit(http, committed("palembang"))
    await submit(http, committed("plaju"))
    listed = (await http.get("/v1/public/16.71/policies")).json()["items"]
    assert [(one["scope"], one["version"]) for one in listed] == [("16.71", 1), ("16.71.14", 1)]
    read = (await http.get("/v1/public/16.71/policies/16.71")).json()
    assert Policy.model_validate(read["policy"]).criteria
    assert read["document"]["scope"] == "16.71"
    assert (await http.get("/v1/public/13.73/policies")).json()["items"] == []
    assert (await http.get("/v1/public/13.73/policies/16.71")).status_code == 404


async def test_anybody_reads_what_the_appraisal_of_a_place_is_good_for(http: Client) -> None:
    for place, scope in (("palembang", "16.71"), ("plaju", "16.71.14")):
        await submit(http, committed(place))
        read = (await http.get(f"/v1/public/16.71/policies/{scope}/benefits")).json()
        assert place.title() in read["title"]["id"]
        assert all(one["id"] and one["en"] for one in read["paragraphs"])
    assert (await http.get("/v1/public/13.73/policies/16.71/benefits")).status_code == 404


async def test_the_published_policy_reads_back_as_a_policy(http: Client) -> None:
    await submit(http, committed("dumai"), "14.72")
    headers = http.as_(new_id(), "14.72")
    seen = (await http.get("/v1/policies/14.72", headers=headers)).json()
    policy = Policy.model_validate(seen["policy"])
    assert (policy.period_months, policy.features.panel_visits, policy.inherits) == (3, True, None)
    listed = (await http.get("/v1/policies", headers=headers)).json()["items"]
    assert [(line["scope"], line["version"]) for line in listed] == [("14.72", 1)]
    assert (await http.get("/v1/policies/14.72?version=2", headers=headers)).status_code == 404
