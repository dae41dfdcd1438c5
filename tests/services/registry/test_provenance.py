"""Every published policy version says where each of its values comes from, and refuses circles (issue 3)."""

from typing import Any

import pytest

from contracts.base import new_id
from contracts.registry.policies import PolicyPublished
from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import committed, submit
from tests.support.client import Client
from tests.support.library_of import line_of, replaced, text_of
from tests.support.told import forget, told, told_of

pytestmark = pytest.mark.connected


@pytest.fixture
async def http(client_of: ClientOf, registry_db: Database) -> Client:
    """A registry that knows Palembang and Plaju."""
    client = client_of("registry", registry_db)
    for place in ("palembang", "plaju"):
        assert (await submit(client, committed(place))).status_code == 201
    return client


async def read(http: Client, scope: str) -> dict[str, Any]:
    """As anybody in the city may."""
    answer = await http.get(f"/v1/policies/{scope}", headers=http.as_(new_id(), "16.71"))
    body: dict[str, Any] = answer.json()
    return body


async def test_everybody_may_read_where_each_value_comes_from(http: Client) -> None:
    provenance = (await read(http, "16.71.14"))["provenance"]
    weight = provenance["criteria.2.weight"]
    assert (weight["layer"], weight["kind"]) == ("16.71.14", "PLACEHOLDER")
    assert (weight["file"], weight["line"]) == ("policy.yaml", line_of(text_of("plaju"), "code: discipline") + 3)
    assert provenance["sources.0.share"]["layer"] == "16.71"
    assert provenance["moderation.source_gap"]["layer"] == "16"
    objection = provenance["objection.file_within"]
    assert (objection["layer"], objection["kind"]) == ("permenpanrb-6-2022", "LAW")
    assert "art. 29" in objection["note"]
    assert provenance["bands.0.at_least"]["layer"] == "pp-30-2019"


async def test_an_article_in_place_of_a_placeholder_renews_the_explanation_and_emits_nothing(
    http: Client, registry_db: Database
) -> None:
    await forget(registry_db)
    text = replaced(text_of("plaju"), "placeholder: the number; that", "unit: Peraturan Camat 3/2026 art. 4; that")
    answer = await submit(http, {"policy.yaml": text.encode()})
    assert answer.json()["policies"] == []
    seen = await read(http, "16.71.14")
    assert seen["version"] == 1
    below = seen["provenance"]["consequences.development_below"]
    assert (below["kind"], "Peraturan Camat 3/2026 art. 4" in below["note"]) == ("OWN", True)
    assert await told(registry_db) == []


async def test_a_changed_city_leaves_the_lines_of_its_unit_as_they_were(http: Client, registry_db: Database) -> None:
    before = (await read(http, "16.71.14"))["provenance"]
    text = "# One more line above everything.\n" + replaced(
        text_of("palembang"), "report_months: 3", "report_months: 1"
    )
    answer = await submit(http, {"policy.yaml": text.encode()})
    assert answer.json()["policies"] == ["16.71 v2", "16.71.14 v2"]
    after = (await read(http, "16.71.14"))["provenance"]
    assert after["report_months"]["line"] == before["report_months"]["line"] + 1
    own = {path for path, origin in before.items() if origin["layer"] == "16.71.14"}
    assert {path: after[path] for path in own} == {path: before[path] for path in own}
    assert len(await told_of(registry_db, PolicyPublished)) == 4


async def test_a_circle_through_what_is_recorded_is_refused_with_its_line(http: Client, registry_db: Database) -> None:
    await forget(registry_db)
    text = replaced(text_of("palembang"), 'inherits: "16"', 'inherits: "16.71.14"')
    answer = await submit(http, {"policy.yaml": text.encode()})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["line"], error["column"]) == (line_of(text, "inherits:"), 1)
    assert "16.71 -> 16.71.14 -> 16.71" in error["wrong"]
    assert (await read(http, "16.71"))["version"] == 1
    assert await told(registry_db) == []
