"""All published types of today, and what of it an internal event tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from contracts.base import Event
from contracts.public import cycles, follow_up, organisation, plans, results
from contracts.public.base import Fact, PublicType

LANGUAGE: tuple[PublicType, ...] = (
    *cycles.TYPES,
    *results.TYPES,
    *plans.TYPES,
    *follow_up.TYPES,
    *organisation.TYPES,
)


class Language:
    """Published types by the internal event that they are made from."""

    def __init__(self, types: Sequence[PublicType] = LANGUAGE) -> None:
        self.types = tuple(types)
        self.of_name: Mapping[tuple[str, int], PublicType] = {(one.name, one.version): one for one in self.types}
        self.of_ce_type: Mapping[str, PublicType] = {one.ce_type: one for one in self.types}
        self._of_event: defaultdict[type[Event], list[PublicType]] = defaultdict(list)
        for one in self.types:
            self._of_event[one.event].append(one)

    @property
    def events(self) -> tuple[type[Event], ...]:
        """The internal events that something is published of."""
        return tuple(self._of_event)

    def told(self, event: Event, today: date) -> Iterator[tuple[PublicType, Fact]]:
        """What is published of an event on this day, in every version that still runs."""
        for one in self._of_event.get(type(event), ()):
            if one.is_read_until(today):
                yield from ((one, fact) for fact in one.told(event))

    def latest(self) -> Iterable[PublicType]:
        """Of each name the newest version."""
        newest = {one.name: one for one in sorted(self.types, key=lambda one: one.version)}
        return newest.values()


PUBLISHED = Language()
