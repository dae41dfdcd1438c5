"""Lays one policy document over another: mappings are merged, everything else is replaced."""

from collections.abc import Mapping
from typing import cast

OWN = frozenset({"scope", "name", "version", "inherits", "holidays", "regulation"})
"""What a lower layer does not take over."""


def lay(over: Mapping[str, object], base: Mapping[str, object]) -> dict[str, object]:
    """``over`` on ``base``; neither is changed."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = lay(cast("Mapping[str, object]", value), cast("Mapping[str, object]", below))
        else:
            merged[key] = value
    return merged


def inherited(base: Mapping[str, object]) -> dict[str, object]:
    """What a document takes over from the layer below it."""
    return {key: value for key, value in base.items() if key not in OWN}
