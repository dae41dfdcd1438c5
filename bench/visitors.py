"""People who use the plans API on one of their last days: each looks, reads, writes and proposes a plan of his own."""

import json
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import asyncpg

from bench import load
from bench.people import CITY
from kinerja.stack.stack import LocalStack

STEPS = 5
"""Requests of one visitor: three reads, two writes."""
_THINKING = 20
"""So many others begin before a visitor goes on: a second or two at the pace of the measurement."""
_DRAFTS = """
select id as plan_id, cycle_id, servant_id from plans p
where not exists (select from plans led where led.tenant_id = p.tenant_id and led.rater_id = p.servant_id)
order by servant_id desc limit $1
"""
_INDICATOR = {
    "statement": "Surat yang dijawab",
    "unit": "surat",
    "target_lo": "40",
    "target_hi": "40",
    "weight": "100",
    "source_of_data": "Buku agenda",
}
_RESULT = {"kind": "PRIMARY", "statement": "Surat masuk terjawab", "goal": "Pelayanan publik yang cepat dan tepercaya"}
_CONTENT = json.dumps({"results": [_RESULT | {"indicators": [_INDICATOR]}]}).encode()


class Draft(NamedTuple):
    """Whose plan waits to be written."""

    plan_id: UUID
    cycle_id: UUID
    servant_id: UUID


async def drafts(connection: asyncpg.Connection, count: int) -> list[Draft]:
    """So many empty plans of people who rate nobody."""
    return [Draft(**row) for row in await connection.fetch(_DRAFTS, count)]


def requests(stack: LocalStack, some: Sequence[Draft]) -> list[bytes]:
    """Everything that they ask, in the order in which it is sent: many are at work side by side."""
    asked = [
        (visitor + step * _THINKING, request)
        for visitor, draft in enumerate(some)
        for step, request in enumerate(_asked(stack, draft))
    ]
    return [request for _, request in sorted(asked, key=lambda one: one[0])]


def _asked(stack: LocalStack, draft: Draft) -> list[bytes]:
    token = [("Authorization", f"Bearer {stack.mint(sub=draft.servant_id, city=CITY)}")]
    plan = f"/v1/plans/{draft.plan_id}"
    return [
        load.request("GET", f"/v1/plans?cycle_id={draft.cycle_id}&servant_id={draft.servant_id}", token),
        load.request("GET", plan, token),
        load.request("PUT", plan, token, _CONTENT),
        load.request("GET", f"{plan}/goals", token),
        load.request("POST", f"{plan}/proposal", token),
    ]
