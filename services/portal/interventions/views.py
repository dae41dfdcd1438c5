"""From a policy with its provenance to the values that the place set itself."""

from collections.abc import Mapping
from typing import Any

from policy.phrases import phrase
from policy.provenance import IDENTITY, leaves, parsed


def own_values(policy: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Each with its name in words, the value, the layer that set it and what is said of it there.

    What a regulation says is left out, and what nobody wrote (``implied``): the software's default overrides nothing.
    """
    content, origins = policy["policy"], parsed(policy["provenance"] or {})
    found = []
    for path, value in leaves({name: one for name, one in content.items() if name not in IDENTITY}):
        origin = origins.get(path)
        if origin is None or origin.implied or not policy["scope"].startswith(origin.layer):
            continue
        if path[-1] in _TEXTS or value in (None, "", [], {}):
            continue
        words = phrase(path, content)
        name = words.id if language == "id" else words.en
        found.append({"name": name, "value": value, "origin": origin})
    return found


_TEXTS = frozenset({"id", "en", "label", "source", "name"})
"""Words about a value, which override nothing."""
