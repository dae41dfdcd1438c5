"""A change of personnel that concerns thousands is told in events that every broker takes."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from contracts.base import new_id
from contracts.registry.personnel import ActingKind, ChangeKind, PersonnelChanged, RelationChange
from services.registry.personnel.events import IN_ONE_EVENT, changed
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.rules.effects import Effect
from services.registry.servants.models import Servant

HEAD = new_id()
BROKERS_TAKE = 1_000_000
"""Bytes: the default of Apache Kafka is a little more."""


def relation(servant: UUID, former: UUID) -> RelationChange:
    return RelationChange(
        servant_id=servant,
        unit_id=new_id(),
        rater_id=new_id(),
        authority_id=new_id(),
        is_head=False,
        former_unit_id=new_id(),
        former_rater_id=former,
        former_authority_id=HEAD,
    )


def told(relations: list[RelationChange]) -> list[PersonnelChanged]:
    change = PersonnelChange(
        tenant_id="16.71",
        id=new_id(),
        servant_id=HEAD,
        kind=ChangeKind.TRANSFER.value,
        effective_on=date(2026, 1, 5),
        reason="s" * 1000,
        state="PLANNED",
        payload={},
        recorded_by=new_id(),
        recorded_at=datetime(2026, 1, 5, tzinfo=UTC),
    )
    servant = Servant(id=HEAD, tenant_id="16.71", status="ACTIVE", unit_id=new_id(), revision=1, is_head=True, roles=[])
    return list(changed(change, servant, relations, effect=Effect(acting=ActingKind.PLT), was_unit=new_id()))


@pytest.mark.parametrize("count", [0, 1, IN_ONE_EVENT])
def test_what_one_event_holds_is_told_in_one_in_its_order(count: int) -> None:
    relations = [relation(new_id(), new_id()) for _ in range(count)]
    [event] = told(relations)
    assert (event.relations, event.more) == (tuple(relations), False)


def test_thousands_are_told_in_pieces_of_which_the_last_names_the_person_and_the_people_led() -> None:
    others = [relation(new_id(), new_id()) for _ in range(5 * IN_ONE_EVENT)]
    led = [relation(new_id(), HEAD) for _ in range(20)]
    own = relation(HEAD, new_id())
    events = told([own, *led, *others])
    assert sorted(one.servant_id for event in events for one in event.relations) == sorted(
        one.servant_id for one in (own, *led, *others)
    )
    assert [event.more for event in events] == [True] * (len(events) - 1) + [False]
    assert {own.servant_id, *(one.servant_id for one in led)} <= {one.servant_id for one in events[-1].relations}
    assert max(len(event.model_dump_json().encode()) for event in events) < BROKERS_TAKE / 2
    assert len({event.key for event in events}) == len(events)
