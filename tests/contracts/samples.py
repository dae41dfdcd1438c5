"""One deterministic sample a type: what the golden files are first written from."""

import types
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from contracts.amendments import ScoreChange
from contracts.base import Event
from contracts.policy import Policy
from tests.support.policies import policy

_PLAIN: dict[Any, Any] = {
    bool: True,
    int: 1,
    str: "text",
    Decimal: Decimal("12.50"),
    date: date(2027, 1, 31),
    AwareDatetime: datetime(2027, 1, 31, 16, 59, 59, tzinfo=UTC),
    datetime: datetime(2027, 1, 31, 16, 59, 59, tzinfo=UTC),
    UUID: UUID("01940000-0000-7000-8000-000000000001"),
}
_NAMED: dict[str, Any] = {"tenant_id": "14.72", "scope": "14.72", "topic": "plans", "zone": "Asia/Jakarta"}


def sample(event_type: type[Event]) -> Event:
    """An instance with every field filled."""
    made: Event = _model(event_type)
    return made


def _model(kind: type[BaseModel]) -> Any:
    if issubclass(kind, Policy):
        return policy("dumai")
    if issubclass(kind, ScoreChange):  # names the one or the other, never all of its fields
        return kind(criterion="text", score=_PLAIN[Decimal])
    return kind(**{name: _NAMED.get(name) or _value(field.annotation) for name, field in kind.model_fields.items()})


def _value(kind: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _value(arguments[0])
    if origin in (Union, types.UnionType):
        return _value(next(one for one in arguments if one is not type(None)))
    if origin is dict:
        return {_value(arguments[0]): _value(arguments[1])}
    if origin in (list, tuple, frozenset, Sequence):
        return origin([_value(arguments[0])])
    return _single(kind)


def _single(kind: Any) -> Any:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, Enum):
        return next(iter(kind))
    if issubclass(kind, BaseModel):
        return _model(kind)
    return next(value for known, value in _PLAIN.items() if issubclass(kind, known))
