"""How the events of a half year in five places lie on the bus: spread over the partitions, each aggregate in one."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from contracts.base import APART
from kinerja.stack.postgres import database_of, roles
from kit.partitions import partition
from tests.route.conftest import Played

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(1000)]
BUSY = ("plans", "evaluation", "feedback")
PARTITIONS = 3
AGGREGATES = {
    "plans": ("plan_id", "initiative_id"),
    "evaluation": ("appraisal_id", "visit_id", "proposal_id", "result_id"),
    "feedback": ("servant_id", "objection_id", "session_id", "case_id", "action_id", "recognition_id", "idea_id"),
}
"""What has a life of its own in each topic, by the field that names it."""


async def journal(played: Played, service: str) -> list[Any]:
    connection = await asyncpg.connect(played.stack.postgres_uri(database_of(service), roles(service)[2]))
    try:
        return list(await connection.fetch("select key, type, body from journal order by position"))
    finally:
        await connection.close()


@pytest.mark.parametrize("service", BUSY)
async def test_no_partition_has_half_of_the_events(played: Played, service: str) -> None:
    """By the cycle's id two thirds of them lay in one of three."""
    rows = await journal(played, service)
    load = Counter(partition(row["key"].encode(), range(PARTITIONS), ()) for row in rows)
    assert len(rows) > 1000
    assert max(load.values()) < len(rows) / 2


@pytest.mark.parametrize("service", BUSY)
async def test_everything_about_one_aggregate_has_one_key(played: Played, service: str) -> None:
    keys: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in await journal(played, service):
        for aggregate in _aggregates(service, row["type"], json.loads(row["body"])):
            keys[aggregate].add(row["key"].partition(APART)[0])
    assert len(keys) > 100
    assert {aggregate: found for aggregate, found in keys.items() if len(found) > 1} == {}


def _aggregates(service: str, kind: str, body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((name, body[name]) for name in AGGREGATES[service] if body.get(name))
    # Steps and moves are told by the cycle, in an order of their own (contracts.obligations).
    if kind.endswith(("obligations-opened.v1", "obligations-closed.v1")):
        yield from (("obligation", item["id"]) for item in body["items"])
