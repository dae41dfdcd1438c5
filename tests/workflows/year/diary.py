"""Keeps what was told in a year, and knows the people and the obligations in it by name."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from contracts.base import Event
from contracts.obligations import (
    ClosedObligation,
    Obligation,
    ObligationsClosed,
    ObligationsOpened,
)
from contracts.registry.servants import ServantRecorded

E = TypeVar("E", bound=Event)


@dataclass
class Diary:
    """Every event with the business time at which it was carried."""

    told: list[tuple[datetime, Event]] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)
    owed: dict[UUID, Obligation] = field(default_factory=dict)
    ended: dict[UUID, ClosedObligation] = field(default_factory=dict)

    def note(self, at: datetime, event: Event) -> None:
        """Keep it."""
        self.told.append((at, event))
        match event:
            case ServantRecorded():
                self.names[event.servant_id] = event.name
            case ObligationsOpened():
                self.owed |= {one.id: one for one in event.items}
            case ObligationsClosed():
                self.ended |= {one.id: one for one in event.items}

    def all(self, kind: type[E]) -> list[E]:
        """Every event of a type."""
        return [event for _, event in self.told if isinstance(event, kind)]

    def id_of(self, name: str) -> UUID:
        """Of a person."""
        return next(one for one, known in self.names.items() if known == name)

    def name(self, person_id: UUID | None) -> str:
        """Of a person; an obligation about nobody in particular is the office's."""
        return "-" if person_id is None else self.names[person_id]
