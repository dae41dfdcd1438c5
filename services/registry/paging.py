"""Pages: a cursor is the last item's key, packed so that nobody builds on its form."""

import base64
import binascii
import json
from typing import Annotated

from fastapi import Query

from contracts.base import Frozen
from kit.errors import Invalid

Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
Cursor = Annotated[str | None, Query(description="`next` of the page before.")]


class Page(Frozen):
    """What every list answers beside its items."""

    next: str | None = None


def pack(*key: str | int) -> str:
    """A cursor that continues after this key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def unpack(cursor: str, width: int) -> list[str]:
    """The key; raises Invalid if this cursor was not made here."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _foreign() from error
    if not isinstance(key, list) or len(key) != width:
        raise _foreign()
    return [str(part) for part in key]


def _foreign() -> Invalid:
    return Invalid("this cursor is not one of ours: start without", "kursor tidak dikenal: mulai tanpa kursor")
