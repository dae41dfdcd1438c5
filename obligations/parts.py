"""Cuts obligations into what one event tells: of one part of the cycle (``contracts.obligations``), and of bounded size."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TypeVar
from uuid import UUID

from contracts.obligations import part_of
from kit.chunks import in_chunks

T = TypeVar("T")


def in_parts(rows: Iterable[T], id_of: Callable[[T], UUID] = attrgetter("id")) -> Iterator[Sequence[T]]:
    """The rows, those of one part together, in the order in which these occur; ``id_of`` tells a row's obligation."""
    parts: dict[int, list[T]] = {}
    for row in rows:
        parts.setdefault(part_of(id_of(row)), []).append(row)
    for part in parts.values():
        yield from in_chunks(part)
