"""A new version of a published type runs beside the old one for 180 days, and says so to whoever reads the old one."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from contracts.base import Predicate
from contracts.evaluation.results import ResultFinalised
from contracts.public.base import Fact, PublicType
from contracts.public.language import LANGUAGE, PUBLISHED, Language
from contracts.public.results import ResultFinalisedFact
from kit.db import Database
from kit.kafka import Heard
from services.integrations.api import build
from services.integrations.feed.commands import Publishing
from tests.conftest import SettingsOf
from tests.services.integrations.published import CITY, URL, closed, finalised, heard, reader
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.issuer import Issuer

pytestmark = pytest.mark.connected
OLD = PUBLISHED.of_name["result-finalised", 1]
SINCE = date(2026, 1, 1)


class PredicateFact(Fact):
    """A result in one word."""

    servant_id: str
    word: Predicate


def _in_a_word(event: ResultFinalised) -> Iterable[PredicateFact]:
    yield PredicateFact(servant_id=str(event.servant_id), word=event.predicate)


NEW = PublicType("result-finalised", 2, PredicateFact, ResultFinalised, _in_a_word, OLD.subject, SINCE)
BOTH = Language([*(one for one in LANGUAGE if one is not OLD), replace(OLD, deprecated=SINCE), NEW])


@pytest.fixture
async def client(integrations_db: Database, settings_of: SettingsOf, issuer: Issuer) -> AsyncIterator[Client]:
    """The door of a service that knows both versions."""
    async with Client(build(settings_of(integrations_db), integrations_db, BOTH), issuer) as made:
        yield made


async def _publish(database: Database, told: list[Heard]) -> None:
    async with database.transaction(CITY) as session:
        await Publishing(URL, BOTH).publish(session, told)


async def test_both_versions_of_a_fact_come_side_by_side_with_ids_of_their_own(
    integrations_db: Database, client: Client
) -> None:
    await _publish(integrations_db, heard(finalised()))
    read = await (await reader(integrations_db, client)).follow()
    assert [one["type"].rpartition(".")[2] for one in read] == ["v1", "v2"]
    assert read[0]["id"] != read[1]["id"]
    assert read[1]["data"]["word"] == "GOOD"
    assert ResultFinalisedFact.model_validate(read[0]["data"]).predicate is Predicate.GOOD


async def test_whoever_reads_the_old_version_is_told_until_when_it_comes(
    integrations_db: Database, client: Client
) -> None:
    await _publish(integrations_db, heard(finalised(), closed()))
    machine = await reader(integrations_db, client)
    warned = await machine.get("/v1/events", type=OLD.ce_type)
    assert warned.headers["Deprecation"] == f"@{datetime(2026, 1, 1, tzinfo=UTC).timestamp():.0f}"
    ends = parsedate_to_datetime(warned.headers["Sunset"])
    assert ends - datetime(2026, 1, 1, tzinfo=UTC) >= timedelta(days=180)
    assert warned.links["successor-version"]["url"] == "/v1/schemas/result-finalised/2"
    assert warned.links["next"]["url"].startswith("/v1/events?")
    for calm in (NEW.ce_type, "phase-closed"):
        assert "Deprecation" not in (await machine.get("/v1/events", type=calm)).headers
    assert "Sunset" in (await machine.get("/v1/schemas/result-finalised/1")).headers


async def test_after_its_last_day_the_old_version_is_made_no_more_and_what_was_made_stays(
    integrations_db: Database, client: Client, clock: SetClock
) -> None:
    await _publish(integrations_db, heard(finalised()))
    clock.advance(days=181)
    await _publish(integrations_db, heard(finalised()))
    read = await (await reader(integrations_db, client)).follow()
    assert [one["type"].rpartition(".")[2] for one in read] == ["v1", "v2", "v2"]


async def test_the_catalogue_tells_every_version_with_its_schema_and_an_example(
    integrations_db: Database, client: Client
) -> None:
    machine = await reader(integrations_db, client)
    listed = {one["type"]: one for one in (await machine.get("/v1/event-types", limit=500)).json()["items"]}
    assert set(listed) == {one.ce_type for one in BOTH.types}
    assert listed[OLD.ce_type]["sunset"] == (SINCE + timedelta(days=180)).isoformat()
    assert listed[NEW.ce_type]["sunset"] is None
    for one in listed.values():
        schema = (await machine.get(one["dataschema"].removeprefix(client_url(one)))).json()
        assert set(schema["required"]) <= set(one["example"])
    pages = await machine.get("/v1/event-types", limit=1)
    assert (await machine.get("/v1/event-types", limit=1, cursor=pages.json()["next"])).json()["items"]
    assert (await machine.get("/v1/schemas/salaries/1")).status_code == 404


def client_url(one: dict[str, str]) -> str:
    """Where the service says that it is."""
    return one["dataschema"].partition("/v1/")[0]
