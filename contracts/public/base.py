"""What a published type is made of: its name and version, its data, and how an internal event becomes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from contracts.base import APART, Event

SIDE_BY_SIDE = timedelta(days=180)
"""So long at least a version still comes after a newer one was published."""
Exact = Annotated[Decimal, WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"})]
"""A number with a fraction, as text: no reader's floats change it, and every language hashes it alike."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Fact(BaseModel):
    """The ``data`` of a published event: ids, dates, numbers and words of closed lists."""

    model_config = ConfigDict(frozen=True, extra="ignore")


F = TypeVar("F", bound=Fact)
Told = Callable[[Any], Iterable[Fact]]


@dataclass(frozen=True)
class PublicType:
    """One version of one published type."""

    name: str
    version: int
    data: type[Fact]
    event: type[Event]
    """The internal event that it is made from."""
    told: Told
    subject: Callable[[Any], str]
    since: date
    deprecated: date | None = None
    """From this day a newer version is there to be read instead."""

    @property
    def ce_type(self) -> str:
        """The CloudEvents type."""
        return f"id.kinerja.public.{self.name}.v{self.version}"

    @property
    def summary(self) -> str:
        """What it says, in a sentence."""
        return (self.data.__doc__ or "").strip().splitlines()[0]

    @property
    def is_about_a_person(self) -> bool:
        """Whether it says something about one civil servant, for which a reader needs a scope of its own."""
        return "servant_id" in self.data.model_fields

    @property
    def sunset(self) -> date | None:
        """The first day on which it may be missing."""
        return None if self.deprecated is None else self.deprecated + SIDE_BY_SIDE

    @cached_property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the data; fields that a reader does not know may come, and are to be passed over."""
        made = self.data.model_json_schema(mode="serialization")
        return {"$schema": _DIALECT, "$id": f"/v1/schemas/{self.name}/{self.version}"} | made

    def is_read_until(self, today: date) -> bool:
        """Whether it still comes on this day."""
        return self.sunset is None or today < self.sunset


def aggregate(event: Event) -> str:
    """What is told of in order: events of one key, up to what only tells them apart, lie in one partition."""
    return event.key.partition(APART)[0]


def copied(data: type[F]) -> Callable[[Event], Iterable[F]]:
    """The fields of the data, each taken from the event's field of the same name."""

    def told(event: Event) -> Iterable[F]:
        yield data.model_validate({name: getattr(event, name) for name in data.model_fields})

    return told


def published(
    data: type[Fact],
    event: type[Event],
    *,
    name: str,
    told: Told | None = None,
    subject: Callable[[Any], str] = aggregate,
    since: date = date(2026, 12, 1),
) -> PublicType:
    """The first version of a type."""
    return PublicType(name, 1, data, event, told or copied(data), subject, since)
