"""Shapes that several routes share: text that says something, pages, and the version a writer has read."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Header, Query, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from kit.errors import Invalid
from services.plans.plans.models import Plan

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Cursor = Annotated[UUID | None, Query(description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=500)]


class Shown(BaseModel):
    """What is answered, read from a row."""

    model_config = ConfigDict(from_attributes=True)


Item = TypeVar("Item", bound=BaseModel)


class Page(BaseModel, Generic[Item]):
    """A part of a listing; ask again with `next` as cursor until it is null."""

    items: list[Item]
    next: UUID | None


class Identified(Shown):
    """Something with an id."""

    id: UUID


Row = TypeVar("Row", bound=Identified)


def page(shape: type[Row], rows: Sequence[object], limit: int) -> Page[Row]:
    """A page of rows, of which one more than the limit was read to know whether there is another."""
    items = [shape.model_validate(row) for row in rows[:limit]]
    return Page(items=items, next=items[-1].id if len(rows) > limit else None)


IfMatch = Annotated[str | None, Header(description="ETag of the version that was read")]


def read_version(if_match: str | None) -> int | None:
    """The plan version in an If-Match header; raises Invalid for what is no ETag of a plan."""
    if if_match is None or if_match == "*":
        return None
    text = if_match.removeprefix("W/").strip('"')
    if not text.isdigit():
        raise Invalid("If-Match: send the ETag of the plan as it was read", "If-Match: kirim ETag rencana")
    return int(text)


def tag(response: Response, plan: Plan) -> None:
    """Tell the version in the ETag."""
    response.headers["ETag"] = f'"{plan.version}"'
