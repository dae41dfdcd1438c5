"""Whether everything that one schema allows is allowed by another one; all rules about readers stand on this.

Whoever reads is safe if what is told afterwards is part of what was told before, new properties apart. Whoever sends is safe
if what was taken before is part of what is taken afterwards.
"""

from collections.abc import Iterator

from kinerja.documents.compatibility.breaks import Difference, Differences, Document
from kinerja.documents.compatibility.limits import loosened, tightened
from kinerja.documents.compatibility.shapes import ANYTHING, Shape, alternatives, kind, named, resolved, values

Pair = tuple[str, str]


def told(before: Shape, after: Shape, place: str = "", seen: frozenset[Pair] = frozenset()) -> Differences:
    """What is told after a change that a reader of before does not know, or misses."""
    pair = (named(before), named(after))
    if all(pair) and pair in seen:
        return
    seen |= {pair}
    knows = alternatives(before)
    for one in alternatives(after):
        yield from _told_one(knows, one, place, seen)


def _told_one(knows: list[Shape], one: Shape, place: str, seen: frozenset[Pair]) -> Differences:
    found = [
        list(_told_same(known, one, place, seen)) for known in knows if _comparable(resolved(known), resolved(one))
    ]
    if not found:
        yield Difference(place, f"may be {_word(resolved(one))} now")
    else:
        yield from min(found, key=len)


def _told_same(before: Shape, after: Shape, place: str, seen: frozenset[Pair]) -> Differences:
    old, new = resolved(before), resolved(after)
    if kind(old) == ANYTHING:
        return
    yield from _new_values(old, new, place)
    yield from loosened(old, new, place)
    yield from _told_properties(before, after, place, seen)
    for part, where in _parts(old, new):
        yield from told(before.inner(old[part]), after.inner(new[part]), f"{place}{where}", seen)
    for number, (was, now) in enumerate(zip(old.get("prefixItems", []), new.get("prefixItems", []), strict=False)):
        yield from told(before.inner(was), after.inner(now), f"{place}[{number}]", seen)


def _told_properties(before: Shape, after: Shape, place: str, seen: frozenset[Pair]) -> Differences:
    old, new = resolved(before), resolved(after)
    was, now = old.get("properties", {}), new.get("properties", {})
    for name in was:
        inside = f"{place}.{name}".lstrip(".")
        if name not in now:
            yield Difference(inside, "is no longer told")
        else:
            yield from told(before.inner(was[name]), after.inner(now[name]), inside, seen)
            if name in old.get("required", []) and name not in new.get("required", []):
                yield Difference(inside, "may be missing now")


def taken(before: Shape, after: Shape, place: str = "", seen: frozenset[Pair] = frozenset()) -> Differences:
    """What was taken before a change and is refused, or means something else, after it."""
    pair = (named(before), named(after))
    if all(pair) and pair in seen:
        return
    seen |= {pair}
    yield from _default(resolved(before), resolved(after), place)
    takes = alternatives(after)
    for one in alternatives(before):
        found = [list(_taken_same(one, now, place, seen)) for now in takes if _comparable(resolved(now), resolved(one))]
        if not found:
            yield Difference(place, f"may not be {_word(resolved(one))} any more")
        else:
            yield from min(found, key=len)


def _taken_same(before: Shape, after: Shape, place: str, seen: frozenset[Pair]) -> Differences:
    old, new = resolved(before), resolved(after)
    if kind(new) == ANYTHING:
        return
    yield from _refused_values(old, new, place)
    yield from tightened(old, new, place)
    yield from _taken_properties(before, after, place, seen)
    for part, where in _parts(old, new):
        yield from taken(before.inner(old[part]), after.inner(new[part]), f"{place}{where}", seen)
    for number, (was, now) in enumerate(zip(old.get("prefixItems", []), new.get("prefixItems", []), strict=False)):
        yield from taken(before.inner(was), after.inner(now), f"{place}[{number}]", seen)


def _taken_properties(before: Shape, after: Shape, place: str, seen: frozenset[Pair]) -> Differences:
    old, new = resolved(before), resolved(after)
    was, now = old.get("properties", {}), new.get("properties", {})
    for name in was:
        inside = f"{place}.{name}".lstrip(".")
        if name not in now:
            yield Difference(inside, "is no longer known", "unknown")
        else:
            yield from taken(before.inner(was[name]), after.inner(now[name]), inside, seen)
    for name in new.get("required", []):
        if name not in old.get("required", []):
            yield Difference(f"{place}.{name}".lstrip("."), "is required now")


def stored(before: Shape, after: Shape) -> Differences:
    """What was written before a change and cannot be read after it; what nobody reads any more is passed over."""
    return (one for one in taken(before, after) if one.about == "value")


def _comparable(wide: Document, narrow: Document) -> bool:
    one, other = kind(wide), kind(narrow)
    return one in {other, ANYTHING} or (one, other) == ("number", "integer")


def _new_values(old: Document, new: Document, place: str) -> Differences:
    knew, says = values(old), values(new)
    if knew is None:
        return
    if says is None:
        yield Difference(place, "may be any value now")
    elif says - knew:
        yield Difference(place, f"may be {', '.join(sorted(says - knew))} now")


def _refused_values(old: Document, new: Document, place: str) -> Differences:
    took, takes = values(old), values(new)
    if takes is None:
        return
    if took is None:
        yield Difference(place, f"may only be {', '.join(sorted(takes))} now")
    elif took - takes:
        yield Difference(place, f"may not be {', '.join(sorted(took - takes))} any more")


def _default(old: Document, new: Document, place: str) -> Differences:
    if "default" in old and old["default"] != new.get("default"):
        yield Difference(
            place, f"means {new.get('default')!r} and no longer {old['default']!r} when it is left out", "default"
        )


def _parts(old: Document, new: Document) -> Iterator[tuple[str, str]]:
    for part, where in (("items", "[]"), ("additionalProperties", "{}"), ("propertyNames", "{key}")):
        if isinstance(old.get(part), dict) and isinstance(new.get(part), dict):
            yield part, where


def _word(schema: Document) -> str:
    return {"string": "text", "array": "a list", "object": "an object"}.get(kind(schema), kind(schema))
