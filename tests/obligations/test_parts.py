"""A cycle's obligations lie in parts: what happens to one keeps its order, and a city does not lie in one partition."""

from collections import Counter, defaultdict
from uuid import UUID

import asyncpg
import pytest

from contracts.base import Phase, new_id
from contracts.obligations import PARTS, ClosedObligation, ObligationKind, part_of
from contracts.plans.obligations import ObligationsClosed
from kit.chunks import IN_ONE_EVENT
from kit.db import Database
from kit.partitions import partition
from obligations.parts import in_parts
from tests.obligations.demands import CITY, close_one, open_all, owed
from tests.support.emitted import relay_url

CYCLES = [UUID(int=number << 64) for number in range(1, 5)]


def closed(*ids: UUID) -> ObligationsClosed:
    items = [ClosedObligation(id=one, kind=ObligationKind.PROPOSE_PLAN, debtor_id=new_id(), late=False) for one in ids]
    return ObligationsClosed(tenant_id=CITY, cycle_id=CYCLES[0], phase=Phase.PLANNING, items=items)


def test_the_obligations_of_one_part_stay_together_in_their_order_in_pieces_of_bounded_size() -> None:
    ids = [new_id() for _ in range(PARTS * 2)]
    crowded = [UUID(int=number * PARTS) for number in range(IN_ONE_EVENT + 1)]
    pieces = list(in_parts([*ids, *crowded], lambda one: one))
    assert sorted(one for piece in pieces for one in piece) == sorted([*ids, *crowded])
    assert all(len({part_of(one) for one in piece}) == 1 for piece in pieces)
    assert max(len(piece) for piece in pieces) == IN_ONE_EVENT
    assert [one for piece in pieces for one in piece if one in set(crowded)] == crowded


def test_an_event_about_several_parts_has_no_key() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert closed(one, UUID(int=1 + PARTS)).key == closed(one).key != closed(other).key
    with pytest.raises(ValueError, match="2 parts in one event"):
        _ = closed(one, other).key


def test_the_cycle_is_what_they_are_about() -> None:
    assert closed(new_id()).subject == str(CYCLES[0])


@pytest.mark.connected
async def test_a_citys_obligations_spread_over_the_partitions_and_each_keeps_its_own(plans_db: Database) -> None:
    """By the cycle's id alone, two thirds of all events of plans lay in one of three partitions."""
    for cycle_id in CYCLES:
        some = owed(100)
        await open_all(plans_db, cycle_id, some)
        for one in some[:40]:
            await close_one(plans_db, one)
    connection = await asyncpg.connect(relay_url(plans_db))
    try:
        rows = await connection.fetch(
            "select key, item ->> 'id' as id from outbox, jsonb_array_elements(body::jsonb -> 'items') as item"
        )
    finally:
        await connection.close()
    assert len(rows) == len(CYCLES) * 140
    keys = defaultdict(set)
    for row in rows:
        keys[row["id"]].add(row["key"])
    assert all(len(of_one) == 1 for of_one in keys.values())
    for partitions in (3, 6):
        load = Counter(partition(row["key"].encode(), range(partitions), ()) for row in rows)
        assert max(load.values()) < len(rows) * 1.5 / partitions
