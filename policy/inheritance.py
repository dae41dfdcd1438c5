"""Follows what a policy document inherits, from itself down to the regulation, and refuses circles."""

import re
from collections.abc import Callable, Sequence

from kit.files.documents import Document
from kit.files.errors import FileErrors
from policy.provenance import Layered, layer_name

SCOPE = re.compile(r"[0-9]{2}\.[0-9]{2}(\.[0-9A-Za-z.-]+)?")
"""A city or a unit of it."""
PROVINCE = re.compile(r"[0-9]{2}")

Find = Callable[[str], Document | None]
"""The document of a layer by its name, or None."""


def beneath(document: Document, find: Find, errors: FileErrors) -> Layered | None:
    """All layers below a document; None if one is unknown or they go in a circle, which is noted."""
    trail, below, current = [layer_name(document.data)], [], document
    while (name := current.data.get("inherits")) is not None:
        found = find(str(name))
        if str(name) in trail:
            refuse_circle(document, [*trail[trail.index(str(name)) :], str(name)], errors)
            return None
        if found is None:
            refuse_unknown(document, current, str(name), errors)
            return None
        trail.append(str(name))
        below.append(found)
        current = found
    layered = Layered()
    for one in reversed(below):
        layered = layered.over(one)
    return layered


def refuse_circle(document: Document, circle: Sequence[str], errors: FileErrors) -> None:
    """A policy that inherits itself, directly or through others, has no ground to stand on."""
    shown = " -> ".join(circle)
    if len(circle) == 2:
        wrong = (f"the policy inherits itself ({shown})", f"kebijakan ini mewarisi dirinya sendiri ({shown})")
    else:
        wrong = (f"the inheritance goes in a circle: {shown}", f"pewarisan berputar: {shown}")
    fix = (
        "a unit inherits its city, a city its province or a regulation, e.g. inherits: permenpanrb-6-2022",
        "unit mewarisi kotanya, kota mewarisi provinsinya atau peraturan, contoh: inherits: permenpanrb-6-2022",
    )
    errors.add(document.at(("inherits",)), wrong, fix)


def refuse_unknown(document: Document, current: Document, name: str, errors: FileErrors) -> None:
    """Noted where the document itself says what it inherits, though the gap may lie deeper."""
    through = "" if current is document else f" ({layer_name(current.data)})"
    wrong = (f"nothing is known of '{name}' to inherit{through}", f"'{name}' yang diwarisi tidak dikenal{through}")
    fix = (
        "import that policy first, or name permenpanrb-6-2022",
        "impor kebijakan itu lebih dahulu, atau tulis permenpanrb-6-2022",
    )
    errors.add(document.at(("inherits",)), wrong, fix)
