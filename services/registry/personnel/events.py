"""A change of personnel as the events that tell of it: one, or several where more people are concerned than one holds."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from contracts.registry.personnel import ChangeKind, PersonnelChanged, RelationChange, Status
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.rules.effects import Effect
from services.registry.servants.models import Servant

IN_ONE_EVENT = 1_000
"""People: some 450 KB of JSON. The head of a city's offices is the superior or the authority of thousands."""


def changed(
    change: PersonnelChange,
    servant: Servant,
    relations: Sequence[RelationChange],
    *,
    effect: Effect,
    was_unit: UUID,
) -> Iterator[PersonnelChanged]:
    """In the order in which they are to be emitted; the last one names the person and the people led by him or her."""
    whole = PersonnelChanged(
        tenant_id=change.tenant_id,
        change_id=change.id,
        servant_id=change.servant_id,
        kind=ChangeKind(change.kind),
        effective_on=change.effective_on,
        reason=change.reason,
        status=Status(servant.status),
        unit_id=servant.unit_id,
        former_unit_id=None if was_unit == servant.unit_id else was_unit,
        acting=effect.acting,
        acting_for_id=effect.acting_for_id,
        until=change.until,
        recorded_by=change.recorded_by,
    )
    *before, last = _pieces(change.servant_id, relations)
    for some in before:
        yield whole.model_copy(update={"relations": some, "more": True})
    yield whole.model_copy(update={"relations": last})


def _pieces(person_id: UUID, relations: Sequence[RelationChange]) -> list[tuple[RelationChange, ...]]:
    if len(relations) <= IN_ONE_EVENT:
        return [tuple(relations)]

    def nearness(one: RelationChange) -> int:
        return 2 if one.servant_id == person_id else int(person_id in (one.rater_id, one.former_rater_id))

    # Cut from the end, so that the last one is full.
    nearest = sorted(relations, key=nearness)
    ends = range(len(nearest), 0, -IN_ONE_EVENT)
    return [tuple(nearest[max(0, end - IN_ONE_EVENT) : end]) for end in ends][::-1]
