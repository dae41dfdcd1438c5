"""Simulated people whom a person at a browser has taken over: the play acts for them no more, and waits a while for them."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kinerja.demo.people import Person
from kinerja.stack.errors import StackError

WAITS_SECONDS = 120.0
"""Of the wall, for each thing that a player owes; whoever went away is then late like everybody else."""
BEFORE = timedelta(days=2)
"""So long before the limit of what a player owes the play begins to wait."""


class Played(Exception):
    """A person at a browser does this, or leaves it: the play does not."""


def _nobody() -> Collection[UUID]:
    return ()


class Players:
    """Who is played by a person: whoever was named, or each civil servant without an office who has signed in."""

    def __init__(
        self, signed_in: Callable[[], Collection[UUID]] = _nobody, *, wall: Callable[[], float] = time.monotonic
    ) -> None:
        self.only: UUID | None = None
        """Who was named; then nobody else is taken over, whoever signs in to look around."""
        self._signed_in = signed_in
        self._wall = wall
        self._since: dict[str, float] = {}

    def take_over(self, name: str, people: Collection[Person]) -> Person:
        """Only the civil servant of this name, or of the one name that holds it, is played; raises StackError."""
        servants = [one for one in people if one.nip]
        found = [one for one in servants if one.name == name] or [one for one in servants if name in one.name]
        if len(found) != 1:
            listed = ", ".join(sorted(one.name for one in found)[:5]) or "nobody"
            raise StackError(f"--as names one civil servant; {name!r} is in the name of {listed}")
        self.only = found[0].id
        return found[0]

    def play(self, person: Person) -> bool:
        """Whether a person at a browser acts for this one. Offices are only looked at: all the others wait for them."""
        if self.only is not None:
            return person.id == self.only
        return bool(person.nip) and not person.roles and person.id in self._signed_in()

    def require_simulated(self, person: Person) -> None:
        """Raises Played."""
        if self.play(person):
            raise Played(person.name)

    def late(self, rows: Iterable[Mapping[str, Any]], people: Mapping[UUID, Person], now: datetime) -> timedelta:
        """How near to its limit the play has come with something that a player still owes; nothing once it waited long."""
        if self.only is None and not self._signed_in():
            return timedelta(0)
        near = [timedelta(0)]
        for row in rows:
            due = datetime.fromisoformat(row["due_at"])
            debtor = people.get(UUID(row["debtor_id"]))
            if row["state"] == "OPEN" and due - BEFORE < now < due and debtor is not None and self.play(debtor):
                since = self._since.setdefault(row["id"], self._wall())
                if self._wall() - since < WAITS_SECONDS:
                    near.append(now - (due - BEFORE))
        return max(near)
