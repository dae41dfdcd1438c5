"""Which results prove a good practice: final ones that are good (DMI-2)."""

from contracts.base import Predicate

PROVING = frozenset({Predicate.VERY_GOOD, Predicate.GOOD})
"""Predicates of those from whom others can learn."""
