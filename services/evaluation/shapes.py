"""Shapes that several routes answer with."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict

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
