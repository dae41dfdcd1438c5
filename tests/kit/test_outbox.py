import pytest

from contracts.base import new_id
from contracts.registry.units import UnitRecorded
from kit.db import Database
from kit.errors import Invalid
from kit.outbox import LARGEST_BYTES, emit, emit_all
from tests.support.emitted import emitted

pytestmark = pytest.mark.connected


def fact(number: int) -> UnitRecorded:
    return UnitRecorded(
        tenant_id="16.71",
        unit_id=new_id(),
        revision=number,
        code=f"16.71.{number}",
        name="Unit",
        kind="OFFICE",
        scope="16.71",
        period_months=6,
    )


async def test_many_facts_are_told_in_their_order_between_single_ones(registry_db: Database) -> None:
    async with registry_db.transaction("16.71") as session:
        emit(session, fact(0))
        assert await emit_all(session, (fact(number) for number in range(1, 2502)), reason="impor") == 2501
        emit(session, fact(2502))
    revisions = [event.revision for event in await emitted(registry_db) if isinstance(event, UnitRecorded)]
    assert revisions == list(range(2503))


async def test_what_is_told_within_a_savepoint_goes_with_it(registry_db: Database) -> None:
    async with registry_db.transaction("16.71") as session:
        emit(session, fact(1))
        async with session.begin_nested():
            emit(session, fact(2))
        attempt = await session.begin_nested()
        emit(session, fact(3))
        await emit_all(session, [fact(4)])
        emit(session, fact(5))
        await attempt.rollback()
        emit(session, fact(6))
    assert [event.revision for event in await emitted(registry_db) if isinstance(event, UnitRecorded)] == [1, 2, 6]


@pytest.mark.parametrize("sign", ["a", "\u00e9", "\U0001f40a"])
async def test_what_no_broker_would_take_is_refused_with_all_that_was_done(registry_db: Database, sign: str) -> None:
    """In bytes, however many a character has: an event that could never be sent would be lost without a word."""
    room = LARGEST_BYTES // len(sign.encode())
    fits = fact(1).model_copy(update={"name": sign * (room - 400)})
    async with registry_db.transaction("16.71") as session:
        emit(session, fits)
    with pytest.raises(Invalid, match=f"at most {LARGEST_BYTES}"):
        await _emit(registry_db, fact(2), fact(3), fits.model_copy(update={"name": sign * room}))
    assert await emitted(registry_db) == [fits]


async def _emit(database: Database, *events: UnitRecorded) -> None:
    async with database.transaction("16.71") as session:
        await emit_all(session, events)
