"""What a change breaks: where, what and for whom, told in one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something inside a schema that one side allows and the other does not."""

    place: str
    """``items[].state``; empty for the whole."""
    what: str
    about: Literal["value", "unknown", "default"] = "value"
    """``unknown``: what is sent is known no more; ``default``: only whoever leaves it out is concerned."""


Differences = Iterator[Difference]


@dataclass(frozen=True, slots=True)
class Break:
    """One change that breaks a reader."""

    document: str
    """Name of the file."""
    subject: str
    """A route or the type of an event."""
    what: str
    reader: str
    instead: str
    """What to do that breaks nobody."""

    @property
    def key(self) -> str:
        """By this it is known again when somebody has accepted it."""
        return f"{self.document}: {self.subject}: {self.what}"

    @property
    def sentence(self) -> str:
        """Which reader breaks and why, and what may be done instead."""
        return f"{self.subject}: {self.what}. This breaks {self.reader}. {self.instead} ({self.document})"
