"""What several routes share: pages, texts, and the way from rows to answers."""

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

from services.feedback.pages import Found, Identified, Window

Text = Annotated[str, StringConstraints(max_length=8000)]
Short = Annotated[str, StringConstraints(max_length=300)]
MOST = 500


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""An instant told in UTC, whatever zone it was computed in, so that the same thing is always told the same way."""


class Shown(BaseModel):
    """An answer made from a row."""

    model_config = ConfigDict(from_attributes=True)


Item = TypeVar("Item", bound=Shown)


class Page(BaseModel, Generic[Item]):
    """One page; ``next`` is the cursor of the one after it."""

    items: list[Item]
    next: str | None


def page_of(shape: type[Item], found: Found[Identified]) -> Page[Item]:
    """A page of rows as a page of answers."""
    return Page(items=[shape.model_validate(row) for row in found.items], next=found.next)


def _window(cursor: str | None = None, limit: Annotated[int, Query(ge=1, le=MOST)] = 50) -> Window:
    return Window(cursor, limit)


Paging = Annotated[Window, Depends(_window)]
