"""The names that a type has for the fields of a JSON object: of models, of what is nested in them, of dictionaries."""

from collections.abc import Iterator
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel

_LISTS = (list, tuple, set, frozenset)


def named(shape: Any, value: dict[str, Any]) -> dict[str, Any] | None:
    """The names that one shape has, each with its type; a dictionary has those that were sent. None: not an object."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return fields_of(shape) if _is_meant(shape, value) else None
    if get_origin(shape) is dict:
        return dict.fromkeys(value, get_args(shape)[1])
    return None


def _is_meant(model: type[BaseModel], value: dict[str, Any]) -> bool:
    """Whether a model of several can be the one: what tells them apart (``kind``) says another where it does not."""
    for name, kind in fields_of(model).items():
        if get_origin(kind) is Literal and name in value and value[name] not in get_args(kind):
            return False
    return True


def union(found: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Each name with every type that one of them has for it."""
    known: dict[str, list[Any]] = {}
    for one in found:
        for name, kind in one.items():
            known.setdefault(name, []).append(kind)
    return known


def takes_anything(shape: Any) -> bool:
    """Whether its names are nobody's to know."""
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return shape.model_config.get("extra") == "allow"
    return shape in (Any, object, dict)


def items_of(shape: Any) -> list[Any]:
    """The types of what a list holds; none where it is no list."""
    if shape in (Any, object):
        return [Any]
    return [one for one in get_args(shape) if one is not ...] if get_origin(shape) in _LISTS else []


def shapes_of(kind: Any) -> Iterator[Any]:
    """The types that a value may have, without what only adds rules to them."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from shapes_of(get_args(kind)[0])
    elif origin in (Union, UnionType):
        for one in get_args(kind):
            yield from shapes_of(one)
    elif kind is not None and kind is not type(None):
        yield kind


@lru_cache(maxsize=2_000)
def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Every name by which a field may be sent, with its type."""
    by_name = model.model_config.get("populate_by_name") or model.model_config.get("validate_by_name")
    names: dict[str, Any] = {}
    for own, field in model.model_fields.items():
        alias = field.validation_alias or field.alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias or own]
        names |= {one: field.annotation for one in choices if isinstance(one, str)}
        if by_name:
            names[own] = field.annotation
    return names
