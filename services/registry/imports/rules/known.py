"""What the registry knows already when a file comes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


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
