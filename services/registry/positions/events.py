"""The positions that people held as the events that tell of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from contracts.registry.personnel import Status
from contracts.registry.positions import HeldPosition, PositionsRecorded


def positions_recorded(rows: Iterable[Any]) -> Iterator[PositionsRecorded]:
    """One event a person; the rows lie in the order of people and days."""
    for servant_id, found in groupby(rows, key=lambda row: row.id):
        theirs = list(found)
        yield PositionsRecorded(
            tenant_id=theirs[0].tenant_id,
            servant_id=servant_id,
            revision=theirs[0].revision,
            positions=tuple(_held(row) for row in theirs),
        )


def _held(row: Any) -> HeldPosition:
    return HeldPosition(
        since=None if row.since == date.min else row.since,
        employment_type=row.employment_type,
        position_kind=row.position_kind,
        status=Status(row.status),
    )
