"""What changed between two versions of a policy is read over HTTP, in sentences and in both languages."""

from uuid import UUID

import pytest

from kit.db import Database
from tests.conftest import ClientOf
from tests.services.registry.place_files import POLICY, small, submit

pytestmark = pytest.mark.connected
PATH = "/v1/policies/16.71/differences"


async def test_a_servant_reads_what_changed_between_two_versions(registry_db: Database, client_of: ClientOf) -> None:
    client = client_of("registry", registry_db)
    assert (await submit(client, small())).status_code == 201
    changed = POLICY.replace("weight: 60", "weight: 70").replace("weight: 40", "weight: 30")
    assert (await submit(client, small(policy=changed))).status_code in (200, 201)
    people = (await client.get("/v1/servants", headers=client.as_(UUID(int=7), "16.71"))).json()
    reader = client.as_(UUID(people["items"][0]["id"]), "16.71")
    found = (await client.get(PATH, headers=reader)).json()
    assert (found["before"], found["after"]) == (1, 2)
    said = " ".join(one["en"] for one in found["differences"])
    assert "60" in said
    assert "70" in said
    assert all(one["id"] and one["id"] != one["en"] for one in found["differences"])
    same = (await client.get(PATH, headers=reader, params={"before": 2, "after": 2})).json()
    assert same["differences"] == []
    back = (await client.get(PATH, headers=reader, params={"before": 2, "after": 1})).json()
    assert len(back["differences"]) == len(found["differences"])
    assert (await client.get(PATH, headers=reader, params={"before": 9})).status_code == 404
