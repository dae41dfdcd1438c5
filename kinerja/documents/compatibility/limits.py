"""Bounds, lengths, patterns and formats: whether a change lets more pass, or less."""

from collections.abc import Iterator

from kinerja.documents.compatibility.breaks import Difference, Differences, Document

_AT_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_AT_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_SAME = ("pattern", "format", "multipleOf", "uniqueItems", "contentMediaType")


def loosened(old: Document, new: Document, place: str) -> Differences:
    """What is told beyond the limits of before."""
    return _changed(old, new, place, wide=old, narrow=new)


def tightened(old: Document, new: Document, place: str) -> Differences:
    """What lay within the limits of before and is refused now."""
    return _changed(old, new, place, wide=new, narrow=old)


def _changed(old: Document, new: Document, place: str, *, wide: Document, narrow: Document) -> Iterator[Difference]:
    if "enum" in narrow or "const" in narrow:
        return  # the values themselves were compared
    beyond = [key for key in _AT_LEAST if key in wide and narrow.get(key, float("-inf")) < wide[key]]
    beyond += [key for key in _AT_MOST if key in wide and narrow.get(key, float("inf")) > wide[key]]
    beyond += [key for key in _SAME if key in wide and wide[key] != narrow.get(key)]
    for key in beyond:
        yield Difference(place, f"{key} is {new.get(key, 'none')} and was {old.get(key, 'none')}")
    if wide.get("additionalProperties") is False and isinstance(narrow.get("additionalProperties"), dict):
        yield Difference(place, f"has {_names(new)} names and had {_names(old)}")
    for key in ("additionalProperties", "items"):
        if isinstance(wide.get(key), dict) and wide[key] and _open(narrow, key):
            yield Difference(place, f"says {'no more' if wide is old else 'only now'} what is inside it")


def _names(schema: Document) -> str:
    return "fixed" if schema.get("additionalProperties") is False else "free"


def _open(schema: Document, key: str) -> bool:
    """Whether it says nothing of what is inside."""
    if key == "items":
        return schema.get("type") == "array" and not schema.get("items") and "prefixItems" not in schema
    return schema.get("type") == "object" and schema.get(key, True) in (True, {}) and "properties" not in schema
