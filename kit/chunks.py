"""Cuts a long sequence into pieces of bounded size."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

IN_ONE_EVENT = 400
"""Items of one event: some 120 KB of JSON for obligations, far below the broker's 1 MB."""


def in_chunks(items: Sequence[T], size: int = IN_ONE_EVENT) -> Iterator[Sequence[T]]:
    """Consecutive pieces of at most ``size`` items."""
    return (items[start : start + size] for start in range(0, len(items), size))
