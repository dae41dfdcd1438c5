"""What goes wrong at a gateway, and how often."""

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What becomes of one request."""

    NONE = "NONE"
    BUSY = "BUSY"
    """429 with Retry-After; nothing is done."""
    BROKEN = "BROKEN"
    """500; nothing is done."""
    BROKEN_AFTER = "BROKEN_AFTER"
    """500, and it is done."""
    SLOW = "SLOW"
    """It is done when whoever asked has gone."""
    LOST = "LOST"
    """It is done at once, and the answer comes when whoever asked has gone."""
    GARBLED = "GARBLED"
    """It is done, and half of the answer comes."""
    STALE_TOKENS = "STALE_TOKENS"
    """Every token so far is forgotten: 401; nothing is done."""


@dataclass
class Faults:
    """Says what becomes of each request: first what is dealt, then what is drawn, the same for the same seed."""

    often: Mapping[Fault, float] = field(default_factory=dict)
    """Of a thousand requests so many, as a share of 1; with ``{}`` everything goes well."""
    dealt: dict[str, list[Fault]] = field(default_factory=dict)
    """By how the address goes on, what becomes of the first requests there, in their order."""
    seed: int = 1
    slow_seconds: float = 60.0
    """At most: who asked may have gone before."""
    quiet_seconds: int = 1
    only: str = ""
    """Where, by how the address ends; everywhere if it is empty."""
    seen: Counter[Fault] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - nothing secret hangs on it

    def draw(self, path: str) -> Fault:
        """The next one."""
        for part, faults in self.dealt.items():
            if part in path and faults:
                self.seen[faults[0]] += 1
                return faults.pop(0)
        drawn, found = self._random.random(), Fault.NONE
        if not path.endswith(self.only):
            return found
        for fault, share in self.often.items():
            drawn -= share
            if drawn < 0:
                found = fault
                break
        self.seen[found] += 1
        return found


EVERY: dict[Fault, float] = dict.fromkeys((fault for fault in Fault if fault is not Fault.NONE), 0.05)
"""All of them: one request in three goes wrong."""
