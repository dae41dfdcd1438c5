"""Which positions people held: what transfers, absences, files and entries leave behind, and ten thousand random years."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from contracts.base import Role, new_id
from contracts.registry.personnel import Status
from contracts.registry.positions import PositionsRecorded
from kit.actor import Actor
from kit.db import Database
from scoring.credit_points import COEFFICIENTS, credit
from services.evaluation.credits.rules.parts import Held, months_by_level
from services.registry.positions.commands import PositionChange, enter, keep_positions
from tests.conftest import ClientOf
from tests.services.registry.place_files import HEADER, OFFICE, SECTION, STAFF, person, servants, small, submit
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of, forget

pytestmark = pytest.mark.connected

CITY = "16.71"
REASON = "SK Wali Kota 821/01/2026"
JANUARY, JUNE = date(2026, 1, 1), date(2026, 6, 30)


@dataclass
class City:
    """A small city, and what is told of the positions of its staff."""

    http: Client
    database: Database
    ids: dict[str, str] = field(default_factory=dict)

    async def post(self, nip: str, what: str, **body: object) -> int:
        headers = self.http.as_(OFFICE, CITY, Role.PERFORMANCE_OFFICE)
        if nip not in self.ids:
            found = await self.http.get(f"/v1/servants/by-nip/{nip}", headers=headers)
            self.ids[nip] = found.json()["id"]
        path = f"/v1/servants/{self.ids[nip]}/{what}"
        body = {"reason": REASON} | body
        return (await self.http.post(path, json=body, headers=headers)).status_code

    async def held(self) -> list[tuple[str | None, str, str]]:
        """As told last."""
        told = (await emitted_of(self.database, PositionsRecorded))[-1]
        return [
            (None if one.since is None else one.since.isoformat(), one.position_kind, one.status.value)
            for one in told.positions
        ]


@pytest.fixture
async def city(client_of: ClientOf, registry_db: Database, clock: SetClock) -> City:
    http = client_of("registry", registry_db)
    assert (await submit(http, small(servants=of_staff("AHLI_PERTAMA")))).status_code == 201
    assert await emitted_of(registry_db, PositionsRecorded) == []
    await forget(registry_db)
    return City(http, registry_db)


def of_staff(kind: str, since: str = "2024-01-02") -> str:
    staff = person(STAFF, "Staf Empat", SECTION, since=since).replace("PENGAWAS", kind)
    return servants().rsplit("\n", 2)[0] + "\n" + staff


async def unit_of(city: City) -> str:
    headers = city.http.as_(OFFICE, CITY, Role.PERFORMANCE_OFFICE)
    items = (await city.http.get("/v1/units", headers=headers)).json()["items"]
    return str(next(one["id"] for one in items if one["code"] == "16.71.DINKES"))


async def test_a_promotion_leaves_the_level_of_before_and_an_absence_its_days(city: City) -> None:
    moved = {"from": "2026-01-05", "unit_id": await unit_of(city), "position_kind": "AHLI_MUDA"}
    assert await city.post(STAFF, "transfers", **moved) == 201
    assert await city.held() == [(None, "AHLI_PERTAMA", "ACTIVE"), ("2026-01-05", "AHLI_MUDA", "ACTIVE")]
    assert await city.post(STAFF, "status", **{"from": "2025-12-01", "status": "UNPAID_LEAVE"}) == 201
    assert await city.post(STAFF, "status", **{"from": "2025-12-20", "status": "ACTIVE"}) == 201
    assert await city.held() == [
        (None, "AHLI_PERTAMA", "ACTIVE"),
        ("2025-12-01", "AHLI_PERTAMA", "UNPAID_LEAVE"),
        ("2025-12-20", "AHLI_PERTAMA", "ACTIVE"),
        ("2026-01-05", "AHLI_MUDA", "ACTIVE"),
    ]


async def test_who_came_in_the_middle_of_a_year_held_nothing_here_before(city: City) -> None:
    assert await city.post(STAFF, "entries", **{"from": "2026-01-02"}) == 201
    assert await city.held() == [("2026-01-02", "AHLI_PERTAMA", "ACTIVE")]
    assert await city.post(STAFF, "entries", **{"from": "2026-01-02"}) == 201
    assert len(await emitted_of(city.database, PositionsRecorded)) == 1


async def test_a_file_with_another_level_counts_from_its_date_if_that_is_news_and_else_from_today(city: City) -> None:
    await submit(city.http, {"servants.csv": of_staff("AHLI_MUDA").encode()})
    [_, (since, kind, _status)] = await city.held()
    assert (since, kind) == ("2026-01-05", "AHLI_MUDA")
    await submit(city.http, {"servants.csv": of_staff("AHLI_MADYA", "2026-01-03").encode()})
    assert (await city.held())[-1] == ("2026-01-05", "AHLI_MADYA", "ACTIVE")
    assert ("2026-01-03", "AHLI_MADYA", "ACTIVE") in await city.held()
    assert HEADER.startswith("nip")


# Ten thousand people, each with a random year: what is recorded in any order, and read in another way than it is kept.

_PEOPLE, _SEED = 10_000, 20260401
_KINDS = (*COEFFICIENTS, "PELAKSANA", "PENGAWAS", "ADMINISTRATOR")
_STATUSES = tuple(one.value for one in Status)
_INSERT = text(
    """
    insert into servants (tenant_id, id, revision, nip, name, email, employment_type, grade, position, position_kind,
        unit_id, is_head, roles, language, active, status)
    select s.tenant_id, t.id, 1, t.nip, 'Pegawai', '', t.employment, '', '', t.kind, s.unit_id, false, '{}', 'id', true,
        'ACTIVE'
    from (select tenant_id, unit_id from servants limit 1) s, unnest(cast(:ids as uuid[]), cast(:nips as text[]),
        cast(:employments as text[]), cast(:kinds as text[])) as t(id, nip, employment, kind)
    """
)


@dataclass
class Row:
    """A person as an update returns it: what is, and what was."""

    id: UUID
    employment_type: str
    position_kind: str
    status: str
    former_employment_type: str
    former_position_kind: str
    former_status: str


@dataclass
class Year:
    """One person, and an independent reading of the rule: what was true on each single day, written over day by day."""

    id: UUID
    now: dict[str, str]
    days: list[dict[str, str] | None]

    def change(self, random: Random) -> PositionChange:
        """Something changes from a day on, whatever was recorded for later days before."""
        day = JANUARY + timedelta(days=random.randrange(-40, 220))
        name = random.choice(["employment_type", "position_kind", "status"])
        words = {"employment_type": ("PNS", "PPPK"), "position_kind": _KINDS, "status": ("ACTIVE", *_STATUSES)}
        was = dict(self.now)
        self.now[name] = random.choice(words[name])
        if was != self.now:
            for one in range(max(0, (day - JANUARY).days), len(self.days)):
                self.days[one] = {**(self.days[one] or {}), name: self.now[name]} if self.days[one] else None
        former = {f"former_{key}": value for key, value in was.items()}
        return PositionChange(day, Row(self.id, **self.now, **former))

    def points(self, predicate: str) -> dict[str, str]:
        """Levels with their points, counted month by month from the days."""
        months: dict[str, int] = {}
        for month in range(1, 7):
            day = self.days[(date(2026, month, 1) - JANUARY).days]
            if day is None or day["employment_type"] != "PNS" or day["status"] not in ("ACTIVE", "STUDY_LEAVE"):
                continue
            if day["position_kind"] in COEFFICIENTS:
                months[day["position_kind"]] = months.get(day["position_kind"], 0) + 1
        return {level: str(credit(level, predicate, count)) for level, count in months.items()}


def _year(random: Random) -> Year:
    now = {"employment_type": random.choice(("PNS", "PPPK")), "position_kind": random.choice(_KINDS)}
    now["status"] = "ACTIVE"
    return Year(new_id(), now, [dict(now) for _ in range((JUNE - JANUARY).days + 1)])


async def test_none_of_ten_thousand_random_years_differs_from_an_independent_reading(city: City) -> None:
    """Peraturan BKN 3/2023: each level for the months on whose first day it was held, by a PNS in service."""
    random = Random(_SEED)  # noqa: S311 - the same years every time
    years = [_year(random) for _ in range(_PEOPLE)]
    started = {one.id: dict(one.now) for one in years}
    asked: dict[str, Any] = {
        "ids": [one.id for one in years],
        "nips": [f"19000101190001{number:05d}" for number in range(_PEOPLE)],
        "employments": [one.now["employment_type"] for one in years],
        "kinds": [one.now["position_kind"] for one in years],
    }
    office = Actor(OFFICE, CITY, frozenset({Role.PERFORMANCE_OFFICE}))
    async with city.database.transaction(CITY, office) as session:
        await session.execute(_INSERT, asked)
        for _ in range(4):
            some = random.sample(years, _PEOPLE // 2)
            await keep_positions(session, [one.change(random) for one in some])
        for one in random.sample(years, 200):
            await _enters(session, one, random)
        looking = text("select * from positions_held order by servant_id, since")
        rows = (await session.execute(looking)).all()
    held: dict[UUID, list[Held]] = {}
    for row in rows:
        held.setdefault(row.servant_id, []).append(Held(row.since, row.employment_type, row.position_kind, row.status))
    predicates = ("VERY_GOOD", "GOOD", "NEEDS_IMPROVEMENT", "POOR", "VERY_POOR")
    differing = []
    for one in years:
        predicate = random.choice(predicates)
        counted = months_by_level(held.get(one.id) or [Held(None, **started[one.id])], JANUARY, JUNE)
        if {each.level: str(credit(each.level, predicate, each.months)) for each in counted} != one.points(predicate):
            differing.append(one.id)
    assert len(years) == _PEOPLE
    assert sum(bool(one.points("GOOD")) for one in years) > _PEOPLE // 4
    assert differing == []


async def _enters(session: Any, one: Year, random: Random) -> None:
    """Some came in the middle of it all."""
    day = JANUARY + timedelta(days=random.randrange(1, 150))
    now = {f"former_{key}": value for key, value in one.now.items()}
    await enter(session, day, Row(one.id, **one.now, **now))
    for before in range((day - JANUARY).days):
        one.days[before] = None
