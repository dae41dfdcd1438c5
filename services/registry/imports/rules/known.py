"""What the registry knows already when a file comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from services.registry.imports.rules.mapping import Confirmed


class KnownPerson(NamedTuple):
    """What a file that says nothing of it leaves as it is."""

    name: str
    email: str
    roles: str
    """With blanks between them."""
    language: str
    employment_type: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """The city as it is recorded: a file may refer to it without repeating it."""

    city: str
    today: date
    units: Mapping[str, str | None] = field(default_factory=dict)
    """Parent's code by unit code."""
    raters: Mapping[str, str | None] = field(default_factory=dict)
    """Rater's NIP by NIP."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """NIP of the head by unit code."""
    pinned: frozenset[str] = frozenset()
    """Those whose rater the performance office set by hand (delegation, correction): a file does not change him."""
    unit_names: Mapping[str, str] = field(default_factory=dict)
    """By code."""
    people: Mapping[str, KnownPerson] = field(default_factory=dict)
    """By NIP."""
    former: Mapping[str, str] = field(default_factory=dict)
    """By a number that somebody had and nobody has: the number of that person now."""
    mappings: Mapping[str, Confirmed] = field(default_factory=dict)
    """By the key of a header: what the office confirmed of it."""
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field: what values mean that are ambiguous, as this import says."""

    def renumbered(self, numbers: Mapping[str, str]) -> "Known":
        """As it will be once people have new numbers; ``numbers`` are the new ones by those that are recorded."""
        if not numbers:
            return self

        def now(nip: str) -> str:
            return numbers.get(nip, nip)

        return replace(
            self,
            raters={now(nip): None if rater is None else now(rater) for nip, rater in self.raters.items()},
            heads={unit: now(nip) for unit, nip in self.heads.items()},
            pinned=frozenset(now(nip) for nip in self.pinned),
            people={now(nip): one for nip, one in self.people.items()},
        )
