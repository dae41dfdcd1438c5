"""The sample people who may be picked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody to sign in as."""

    sub: UUID
    city: str
    name: str
    position: str
    roles: tuple[str, ...] = ()


Find = Callable[[str], Awaitable[Sequence[Sample]]]
"""Those whose name, position or city holds a text; the first of all for an empty one."""
