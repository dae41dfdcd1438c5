"""One whole half year in five places on the real engines; the tests of this ring look at what it left behind."""

import asyncio
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from kinerja.demo.calendar import tempo
from kinerja.demo.crowd import Crowd
from kinerja.demo.director import Director, Scene
from kinerja.demo.people import Person
from kinerja.demo.performance import GRACE_SECONDS, Performance
from kinerja.demo.report import Outcome
from kinerja.demo.stage import rehearse
from kinerja.demo.staging import Staging
from kinerja.places import all_places
from kinerja.stack.existing.named import Existing
from kinerja.stack.stack import LocalStack
from tests.conftest import on_apache_kafka
from tests.support.apache_kafka import SESSION_MS, running
from tests.support.aside import Aside

SECONDS = 100.0
COMES = datetime(2027, 2, 15, tzinfo=UTC)
NEWCOMER = {
    "nip": "200001012027021001",
    "name": "Tiba Kemudian, S.E.",
    "email": "tiba.kemudian@binjai.example",
    "since": "2027-02-15",
}


@dataclass(frozen=True)
class Played:
    """A performance that has ended; its stack still runs."""

    stack: LocalStack
    performance: Performance
    told: Outcome

    def scene(self, place: str) -> Scene:
        """The cycle of a place."""
        return next(scene for scene in self.performance.director.scenes if scene.place.name == place)

    def crowd(self, place: str) -> Crowd:
        """The people of a place's city."""
        return self.performance.director.crowds[self.scene(place).place.city]

    def numbers(self, place: str) -> dict[str, Any]:
        """What the services counted in a place."""
        return self.told.places[self.scene(place).place.label]

    def obligations(self, place: str, kind: str) -> list[dict[str, Any]]:
        """The obligations of one kind in a place's cycle, as the feed last told them."""
        cycle = str(self.scene(place).cycle_id)
        rows = self.crowd(place).obligations.values()
        return [row for row in rows if row["cycle_id"] == cycle and row["kind"] == kind]

    def person(self, place: str, person_id: str) -> Person:
        """Somebody of a place's city."""
        return self.crowd(place).people[UUID(person_id)]

    def get(self, service: str, path: str, *, person: Person, **query: Any) -> Any:
        """What the API answers this person; raises for what it refuses."""
        answer = self.asked(service, path, person=person, **query)
        answer.raise_for_status()
        return answer.json()

    def asked(self, service: str, path: str, *, person: Person, **query: Any) -> httpx.Response:
        """The answer, whatever it is."""
        token = self.stack.mint(sub=person.id, city=person.city, roles=person.roles)
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        return httpx.get(f"{self.stack.urls[service]}/v1{path}", params=query, headers=headers, timeout=30)


@pytest.fixture(scope="session")
def bus_of_the_run(aside: Aside, engines: Path, pytestconfig: pytest.Config) -> Iterator[Existing]:
    """The stack's own broker, or with ``--apache-kafka`` a node of Apache Kafka that is there already."""
    if not on_apache_kafka(pytestconfig):
        yield Existing()
        return
    with running(aside, engines) as node:
        yield Existing(kafka=node.address, session_ms=SESSION_MS)


@pytest.fixture(scope="session")
def played(aside: Aside, tmp_path_factory: pytest.TempPathFactory, bus_of_the_run: Existing) -> Iterator[Played]:
    """The performance of this test run."""
    state: Path = tmp_path_factory.mktemp("route")
    stack = LocalStack(state, tempo=tempo(SECONDS), hold=0, durable=False, fetch_wait_ms=200, existing=bus_of_the_run)
    aside.run(stack.start())
    try:
        yield aside.run(_play(stack), seconds=SECONDS + GRACE_SECONDS + 30)
    finally:
        aside.run(stack.stop())


async def _play(stack: LocalStack) -> Played:
    performance = Performance(stack, Staging(all_places(), seconds=SECONDS))
    async with stack.clock.standing():
        await rehearse(performance.apis, performance.director, performance.staging)
    arriving: list[asyncio.Task[None]] = []

    def look(_: Director) -> None:
        if not arriving and performance.clock.now() >= COMES:
            arriving.append(asyncio.create_task(_import_somebody(performance)))

    await performance.play(look)
    await asyncio.gather(*arriving)
    told = await performance.outcome()
    await performance.apis.close()
    return Played(stack, performance, told)


async def _import_somebody(performance: Performance) -> None:
    """While the play runs, an office imports its people once more: there is one more."""
    place = next(scene.place for scene in performance.director.scenes if scene.place.name == "binjai")
    rows = (place.directory / "servants.csv").read_text().splitlines()
    row = dict(zip(rows[0].split(","), next(csv.reader(rows[-1:])), strict=True)) | NEWCOMER
    written = io.StringIO()
    csv.DictWriter(written, row).writerow(row)
    content = "\n".join([*rows, written.getvalue()]).encode()
    token = performance.director.office_token(place.city)
    await performance.apis.upload("registry", "/imports", token=token, files=[("servants.csv", content)])
