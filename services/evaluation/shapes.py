"""Shapes that several routes answer with."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Points = Annotated[Decimal, Field(ge=0, le=120, max_digits=7, decimal_places=4)]
"""On the scale of PP 30/2019 art. 41."""
T = TypeVar("T")
Cursor = Annotated[UUID | None, Query(description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=500)]
DEFAULT_LIMIT = 100


class Answer(BaseModel):
    """An answer made from a row."""

    model_config = ConfigDict(from_attributes=True)


class Page(BaseModel, Generic[T]):
    """One page; ``next`` is the cursor of the following one, or null at the end."""

    items: Sequence[T]
    next: UUID | None = None


def paged(items: Sequence[T], last: UUID | None, limit: int) -> Page[T]:
    """A page of items, the last of which has this id."""
    return Page(items=items, next=last if len(items) == limit else None)
