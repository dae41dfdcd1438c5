"""Finds keys in a document that its model does not know: a misspelt key would otherwise be ignored in silence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from kit.files.documents import Path


def unknown_keys(model: type[BaseModel], data: object, path: Path = ()) -> Iterator[tuple[Path, Collection[str]]]:
    """Each unknown key's path, with the keys that are known there."""
    if not isinstance(data, Mapping):
        return
    for key, value in data.items():
        if key not in model.model_fields:
            yield (*path, key), model.model_fields
        else:
            yield from _inside(model.model_fields[key].annotation, value, (*path, key))


def _inside(annotation: Any, value: object, path: Path) -> Iterator[tuple[Path, Collection[str]]]:
    parts = get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from unknown_keys(annotation, value, path)
    elif get_origin(annotation) is dict and isinstance(value, Mapping):
        names = [one.value for one in parts[0]] if isinstance(parts[0], type) and issubclass(parts[0], Enum) else None
        for key, inner in value.items():
            if names is not None and key not in names:
                yield (*path, key), names
            yield from _inside(parts[1], inner, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, str) and parts:
        for index, inner in enumerate(value):
            yield from _inside(parts[0], inner, (*path, index))
    else:
        for part in parts:
            yield from _inside(part, value, path)
