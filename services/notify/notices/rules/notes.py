"""What one person is notified of about one event, before it is put into words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.base import Event

Item = dict[str, str]
Param = str | int | bool | None | list[Item]


class Whom(StrEnum):
    """Somebody whom the event does not name."""

    OFFICE = "OFFICE"
    """The city's performance office."""
    RATER = "RATER"
    """The rater of the civil servant concerned, in that cycle."""
    MEMBERS = "MEMBERS"
    """Everybody who takes part in that cycle."""


NAMED = frozenset({"servant", "by", "author", "leader", "unit", "former", "debtor", "about", "cycle"})
"""Params that hold the id of a person, a unit or a cycle."""


@dataclass(frozen=True, slots=True)
class Note:
    """One template for one person; persons in ``params`` are ids, their names are put in when it is written."""

    to: UUID | Whom
    template: str
    params: dict[str, Param] = field(default_factory=dict)
    about_id: UUID | None = None
    receipt: bool = False
    """That it was delivered is itself emitted on the bus, because a limit hangs on it."""

    def ids(self) -> set[UUID]:
        """Everything whose name the words need."""
        lists = [value for value in self.params.values() if isinstance(value, list)]
        flat = [*self.params.items(), *(pair for items in lists for item in items for pair in item.items())]
        return {UUID(str(value)) for name, value in flat if name in NAMED and value}


Recipients = dict[type[Event], Callable[[Any], list[Note]]]
"""By the class of an event: who gets which note about it."""


def params(**values: UUID | date | str | int | None) -> dict[str, Param]:
    """As they are stored: ids, dates and instants as text."""
    return {name: _param(value) for name, value in values.items()}


def _param(value: UUID | date | str | int | None) -> Param:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | str) else value
