"""Transfers, absences, acting officials and corrections: from a day in the past at once, from one to come on that day."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from httpx import Response

from contracts.base import Role
from contracts.registry.personnel import ChangeKind, PersonnelChanged, Status
from contracts.registry.servants import ServantRecorded
from kit.db import Database
from services.registry import due
from services.registry.personnel import events
from services.registry.personnel.commands.due import apply_due
from tests.conftest import ClientOf
from tests.services.registry.place_files import (
    HEAD,
    HEADER,
    OFFICE,
    SECTION,
    SEKDA,
    STAFF,
    person,
    servants,
    small,
    submit,
)
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted, emitted_of, forget, relay_url

pytestmark = pytest.mark.connected
CITY = "16.71"
CLERK = "198105052006051001"
DEPUTY = "197506061999061001"
CHIEF = "196506061989061001"
REASON = "SK Wali Kota 821/01/2026"


class Registry:
    """A small city: secretary, head, section head and deputy below the head, two staff below the section head."""

    def __init__(self, http: Client, database: Database, clock: SetClock) -> None:
        self.http, self.database, self.clock = http, database, clock
        self.office = http.as_(OFFICE, CITY, Role.PERFORMANCE_OFFICE)

    async def who(self, nip: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get(f"/v1/servants/by-nip/{nip}", headers=self.office)).json()
        return found

    async def rater(self, nip: str) -> str | None:
        """The NIP of the present rater."""
        rater = (await self.who(nip))["rater_id"]
        every = {(await self.who(one))["id"]: one for one in (SEKDA, HEAD, SECTION, STAFF, CLERK, DEPUTY)}
        return None if rater is None else every[rater]

    async def post(self, path: str, day: str, **body: object) -> Response:
        return await self.http.post(f"/v1{path}", json={"from": day, "reason": REASON, **body}, headers=self.office)

    async def status(self, nip: str, status: str, day: str, **more: object) -> Response:
        return await self.post(f"/servants/{(await self.who(nip))['id']}/status", day, status=status, **more)

    async def transfer(self, nip: str, unit: str, day: str, **more: object) -> Response:
        units = {one["code"]: one["id"] for one in (await self.get("/units"))["items"]}
        return await self.post(f"/servants/{(await self.who(nip))['id']}/transfers", day, unit_id=units[unit], **more)

    async def acting(self, nip: str, day: str, until: str | None = None) -> Response:
        units = {one["code"]: one["id"] for one in (await self.get("/units"))["items"]}
        body = {"acting_id": (await self.who(nip))["id"], "kind": "PLT", "until": until}
        return await self.post(f"/units/{units['16.71.DINKES']}/acting", day, **body)

    async def get(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.http.get(f"/v1{path}", headers=self.office)).json()
        return found

    async def day(self, day: str) -> int:
        """Let a day begin and what is due take effect."""
        self.clock.set(datetime.fromisoformat(f"{day}T00:30:00+07:00").astimezone(UTC))
        connection = await asyncpg.connect(relay_url(self.database))
        try:
            return await due.sweep(connection, self.database)
        finally:
            await connection.close()

    async def changed(self) -> list[PersonnelChanged]:
        return await emitted_of(self.database, PersonnelChanged)


@pytest.fixture
async def city(client_of: ClientOf, registry_db: Database, clock: SetClock) -> Registry:
    http = client_of("registry", registry_db)
    more = person(CLERK, "Juru Lima", SECTION) + person(DEPUTY, "Sekretaris Enam", HEAD)
    assert (await submit(http, small(servants=servants() + more))).status_code == 201
    await forget(registry_db)
    return Registry(http, registry_db, clock)


async def test_a_change_of_a_day_to_come_takes_effect_on_that_day_by_itself(city: Registry) -> None:
    identity = (await city.who(STAFF))["id"]
    head = (await city.who(HEAD))["id"]
    answer = await city.post(f"/servants/{identity}/raters", "2026-03-02", rater_id=head, source="DELEGATION")
    assert answer.status_code == 201, answer.text
    assert await city.rater(STAFF) == SECTION
    assert await emitted(city.database) == []
    assert await city.day("2026-03-01") == 0
    assert await city.day("2026-03-02") == 1
    assert await city.rater(STAFF) == HEAD
    [event] = await city.changed()
    assert (event.kind, event.effective_on) == (ChangeKind.RATER, date(2026, 3, 2))
    [relation] = event.relations
    assert (str(relation.servant_id), str(relation.rater_id)) == (identity, head)
    assert await city.day("2026-03-03") == 0


async def test_a_planned_change_can_be_taken_back_before_its_day_and_not_after(city: Registry) -> None:
    change = (await city.status(SECTION, "RETIRED", "2026-03-02")).json()
    body = {"reason": "pensiun ditunda"}
    path = f"/v1/personnel-changes/{change['id']}/cancellation"
    for _ in range(2):
        taken = await city.http.post(path, json=body, headers=city.office)
        assert (taken.status_code, taken.json()["state"]) == (200, "CANCELLED")
    assert await city.day("2026-03-02") == 0
    applied = (await city.status(SECTION, "RETIRED", "2026-03-02")).json()
    late = await city.http.post(f"/v1/personnel-changes/{applied['id']}/cancellation", json=body, headers=city.office)
    assert late.status_code == 409


async def test_who_retires_leaves_his_people_to_the_next_superior(city: Registry) -> None:
    assert (await city.status(SECTION, "RETIRED", "2026-01-05")).status_code == 201
    assert [await city.rater(one) for one in (STAFF, CLERK, DEPUTY)] == [HEAD, HEAD, HEAD]
    assert (await city.who(STAFF))["authority_id"] == (await city.who(SEKDA))["id"]
    people = {event.nip: event for event in await emitted_of(city.database, ServantRecorded)}
    assert (people[SECTION].status, people[SECTION].active) == (Status.RETIRED, False)
    [event] = await city.changed()
    assert event.status is Status.RETIRED
    assert {str(one.servant_id) for one in event.relations} == {(await city.who(one))["id"] for one in (STAFF, CLERK)}
    # An older file that still names the retired one as rater changes nothing.
    await submit(city.http, {"servants.csv": servants().encode()})
    assert await city.rater(STAFF) == HEAD
    assert (await city.who(SECTION))["status"] == "RETIRED"


async def test_two_superiors_in_a_row_are_passed_over(city: Registry) -> None:
    """PermenPANRB 6/2022 L IV.A: where the rater is permanently absent, the next superior up."""
    await city.status(HEAD, "UNPAID_LEAVE", "2026-01-05")
    assert [await city.rater(one) for one in (SECTION, DEPUTY)] == [SEKDA, SEKDA]
    await city.status(SECTION, "DIED", "2026-01-05")
    assert [await city.rater(one) for one in (STAFF, CLERK)] == [SEKDA, SEKDA]


async def test_who_comes_back_leads_again(city: Registry) -> None:
    answer = await city.status(SECTION, "SUSPENDED", "2026-01-05", until="2026-02-27")
    assert answer.status_code == 201, answer.text
    assert await city.rater(STAFF) == HEAD
    assert await city.day("2026-02-27") == 0
    assert await city.day("2026-02-28") == 1
    assert [await city.rater(one) for one in (STAFF, CLERK)] == [SECTION, SECTION]
    assert (await city.who(SECTION))["status"] == "ACTIVE"


async def test_an_acting_official_leads_for_a_time_and_is_led_by_the_next_superior(city: Registry) -> None:
    """PermenPANRB 6/2022 L IV.A: the superior may delegate to an acting official."""
    answer = await city.acting(DEPUTY, "2026-01-05", "2026-01-30")
    assert answer.status_code == 201, answer.text
    assert [await city.rater(one) for one in (SECTION, DEPUTY, STAFF)] == [DEPUTY, SEKDA, SECTION]
    assert await city.day("2026-01-31") == 1
    assert [await city.rater(one) for one in (SECTION, DEPUTY)] == [HEAD, HEAD]
    kinds = [event.kind for event in await city.changed()]
    assert kinds == [ChangeKind.ACTING, ChangeKind.ACTING_ENDED]


async def test_a_plt_of_another_unit_is_evaluated_where_he_reports_as_such(city: Registry) -> None:
    """PermenPANRB 6/2022, L IV.A: an acting official is evaluated by the head of the unit where he reports as such."""
    await city.transfer(CLERK, "16.71.SETDA", "2026-01-05", rater_id=(await city.who(DEPUTY))["id"])
    assert (await city.acting(CLERK, "2026-01-05", "2026-01-30")).status_code == 201
    assert [await city.rater(one) for one in (SECTION, CLERK)] == [CLERK, SEKDA]
    await city.day("2026-01-31")
    assert [await city.rater(one) for one in (SECTION, CLERK)] == [HEAD, DEPUTY]


async def test_by_the_hierarchy_only_a_pejabat_pengawas_or_the_head_of_a_unit_rates(city: Registry) -> None:
    """PermenPANRB 6/2022, L IV.A: the direct superior, at least pejabat pengawas, or a delegate."""
    await submit(
        city.http, {"servants.csv": (HEADER + person(CLERK, "Staf", SECTION)).replace("PENGAWAS", "MAHIR").encode()}
    )
    clerk, path = (await city.who(CLERK))["id"], f"/servants/{(await city.who(STAFF))['id']}/raters"
    assert (await city.post(path, "2026-01-05", rater_id=clerk, source="HIERARCHY")).status_code == 409
    assert (await city.transfer(STAFF, "16.71.SETDA", "2026-01-05", rater_id=clerk)).status_code == 409
    assert (await city.post(path, "2026-01-05", rater_id=clerk, source="DELEGATION")).status_code == 201
    assert await city.rater(STAFF) == CLERK


async def test_a_file_whose_rater_ranks_too_low_comes_in_with_a_note_for_the_office(city: Registry) -> None:
    """PermenPANRB 6/2022, L IV.A: a rater below pejabat pengawas is a delegate; work goes on, and the office is notified."""
    low = person(CLERK, "Staf", SECTION).replace("PENGAWAS", "MAHIR")
    answer = (
        await submit(city.http, {"servants.csv": (HEADER + low + person(STAFF, "Staf Empat", CLERK)).encode()})
    ).json()
    assert [(row["code"], "delegat" in row["note"]) for row in answer["rows"] if row["note"]] == [(STAFF, True)]
    head = person(CLERK, "Staf", SECTION, unit="16.71", head="yes").replace("PENGAWAS", "AHLI_MADYA")
    answer = (await submit(city.http, {"servants.csv": (HEADER + head).encode()})).json()
    answer = (await submit(city.http, {"servants.csv": (HEADER + person(STAFF, "Staf Empat", CLERK)).encode()})).json()
    assert [row for row in answer["rows"] if row["note"]] == []


async def test_more_people_than_one_event_holds_are_told_in_several(
    city: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever emits too much at once would be refused, and nobody could record that a city's secretary retires."""
    monkeypatch.setattr(events, "IN_ONE_EVENT", 1)
    assert (await city.status(SECTION, "RETIRED", "2026-01-05")).status_code == 201
    told = await city.changed()
    assert [(event.more, len(event.relations)) for event in told] == [(True, 1), (False, 1)]
    moved = {str(one.servant_id) for event in told for one in event.relations}
    assert moved == {(await city.who(one))["id"] for one in (STAFF, CLERK)}


async def test_an_acting_official_takes_over_from_a_head_who_has_left(city: Registry) -> None:
    await city.status(HEAD, "RETIRED", "2026-01-05")
    assert await city.rater(SECTION) == SEKDA
    assert (await city.acting(DEPUTY, "2026-01-06")).status_code == 201
    await city.day("2026-01-06")
    assert [await city.rater(one) for one in (SECTION, DEPUTY)] == [DEPUTY, SEKDA]


async def test_a_transferred_servant_has_the_head_of_the_new_unit_and_leaves_his_people(city: Registry) -> None:
    assert (await city.transfer(SECTION, "16.71.SETDA", "2026-01-05")).status_code == 201
    assert [await city.rater(one) for one in (SECTION, STAFF, CLERK)] == [SEKDA, HEAD, HEAD]
    [event] = await city.changed()
    assert (event.kind, event.former_unit_id is not None) == (ChangeKind.TRANSFER, True)
    assert len(event.relations) == 3
    named = await city.transfer(CLERK, "16.71.SETDA", "2026-01-05", rater_id=(await city.who(SECTION))["id"])
    assert named.status_code == 201
    assert await city.rater(CLERK) == SECTION


async def test_a_rater_who_had_no_rater_at_first_rated_all_the_same(city: Registry) -> None:
    """Each day of a relation is in one piece of it, with the reviewing authority of that day or without one."""
    await submit(city.http, {"servants.csv": (HEADER + person(CHIEF, "Kepala", "", unit="16.71.SETDA")).encode()})
    chief, head = (await city.who(CHIEF))["id"], (await city.who(HEAD))["id"]
    [whole] = (await city.get(f"/servants/{head}/raters"))["items"]
    assert whole["authority_id"] is None
    sekda = (await city.who(SEKDA))["id"]
    assert (await city.post(f"/servants/{sekda}/raters", "2026-01-05", rater_id=chief, source="DELEGATION")).is_success
    later, earlier = (await city.get(f"/servants/{head}/raters"))["items"]
    assert (later["valid_from"], later["authority_id"], later["valid_to"]) == ("2026-01-05", chief, None)
    assert (earlier["valid_from"], earlier["authority_id"], earlier["valid_to"]) == (
        whole["valid_from"],
        None,
        "2026-01-05",
    )
    [then] = (await city.get(f"/servants/{head}/raters?on=2026-01-04"))["items"]
    assert then == earlier


async def test_a_unit_has_one_head_and_who_has_left_leads_nobody(city: Registry) -> None:
    second = await city.transfer(DEPUTY, "16.71.SETDA", "2026-01-05", is_head=True)
    assert second.status_code == 409
    await city.status(DEPUTY, "RETIRED", "2026-01-05")
    assert (await city.acting(DEPUTY, "2026-01-05")).status_code == 409
    identity = (await city.who(STAFF))["id"]
    rated = await city.post(f"/servants/{identity}/raters", "2026-01-05", rater_id=(await city.who(DEPUTY))["id"])
    assert rated.status_code == 409


async def test_what_the_rules_forbid_on_its_day_waits_for_the_office_and_stops_no_other(city: Registry) -> None:
    head, staff = (await city.who(HEAD))["id"], (await city.who(STAFF))["id"]
    circle = await city.post(f"/servants/{head}/raters", "2026-02-02", rater_id=staff, source="CORRECTION")
    assert circle.status_code == 201
    await city.status(CLERK, "STUDY_LEAVE", "2026-02-02")
    assert await city.day("2026-02-02") == 2
    refused = (await city.get("/personnel-changes?state=REFUSED"))["items"]
    assert [(one["servant_id"], "circle" in one["note"]) for one in refused] == [(head, True)]
    assert (await city.who(CLERK))["status"] == "STUDY_LEAVE"
    assert await city.rater(HEAD) == SEKDA


async def test_two_workers_apply_a_change_once(city: Registry) -> None:
    await city.status(CLERK, "DIED", "2026-02-02")
    city.clock.set(datetime(2026, 2, 3, 2, tzinfo=UTC))
    for _ in range(2):
        async with city.database.transaction(CITY) as session:
            await apply_due(session)
    assert len(await city.changed()) == 1


async def test_changes_are_for_the_office_and_to_be_read_by_the_person(city: Registry) -> None:
    staff, stranger = UUID((await city.who(STAFF))["id"]), UUID((await city.who(CLERK))["id"])
    body = {"from": "2026-01-05", "reason": REASON, "status": "RETIRED"}
    for asker in (staff, stranger):
        answer = await city.http.post(f"/v1/servants/{staff}/status", json=body, headers=city.http.as_(asker, CITY))
        assert answer.status_code == 403
    assert await emitted(city.database) == []
    await city.status(STAFF, "STUDY_LEAVE", "2026-01-05")
    mine = await city.http.get(f"/v1/servants/{staff}/changes", headers=city.http.as_(staff, CITY))
    assert [one["kind"] for one in mine.json()["items"]] == ["STATUS"]
    other = await city.http.get(f"/v1/servants/{staff}/changes", headers=city.http.as_(stranger, CITY))
    assert other.status_code == 403


CHANGES = f"""\
nip,effective_from,what,reason,status,unit_code,rater_nip,acting_nip,acting_kind,until
{STAFF},2026-01-05,TRANSFER,{REASON},,16.71.SETDA,,,,
{CLERK},2026-03-02,STATUS,{REASON},PRE_RETIREMENT,,,,,
{HEAD},2026-02-02,ACTING,{REASON},,,,{DEPUTY},PLH,2026-02-13
"""


async def test_a_file_of_changes_comes_in_and_a_second_time_changes_nothing(city: Registry) -> None:
    answer = await submit(city.http, {"changes.csv": CHANGES.encode()})
    assert answer.status_code == 201, answer.text
    assert answer.json()["counts"]["changes"]["created"] == 3
    assert await city.rater(STAFF) == SEKDA
    again = await submit(city.http, {"changes.csv": CHANGES.encode()})
    assert again.json()["counts"]["changes"] == {"created": 0, "changed": 0, "unchanged": 3, "not in file": 0}
    assert len(await city.changed()) == 1
    planned = (await city.get("/personnel-changes"))["items"]
    assert [(one["kind"], one["effective_on"]) for one in planned] == [
        ("STATUS", "2026-03-02"),
        ("ACTING_ENDED", "2026-02-14"),
        ("ACTING", "2026-02-02"),
    ]


async def test_errors_in_a_file_of_changes_have_their_place_and_nothing_changes(city: Registry) -> None:
    wrong = (
        CHANGES.replace(STAFF, "190000000000000000", 1)
        .replace("PRE_RETIREMENT", "HOLIDAY")
        .replace("2026-02-13", "2026-02-01")
    )
    answer = await submit(city.http, {"changes.csv": wrong.encode()})
    places = [(one["line"], one["column"]) for one in answer.json()["errors"]]
    assert (answer.status_code, places) == (422, [(2, 1), (3, 5), (4, 10)])
    circle = f"nip,effective_from,what,reason,rater_nip\n{HEAD},2026-01-05,CORRECTION,{REASON},{STAFF}\n"
    refused = await submit(city.http, {"changes.csv": circle.encode()})
    assert (refused.status_code, refused.json()["errors"][0]["line"]) == (422, 2)
    assert await emitted(city.database) == []


async def test_a_file_of_people_says_who_has_left(city: Registry) -> None:
    lines = HEADER.replace("since\n", "since,active\n") + person(CLERK, "Juru Lima", SECTION).strip() + ",no\n"
    answer = await submit(city.http, {"servants.csv": lines.encode()})
    assert answer.json()["counts"]["changes"]["created"] == 1
    assert (await city.who(CLERK))["status"] == "MOVED_AWAY"
    again = await submit(city.http, {"servants.csv": lines.encode()})
    assert again.json()["counts"]["changes"]["created"] == 0
