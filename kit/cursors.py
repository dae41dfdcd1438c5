"""Cursors: the key of the last row of a page, packed so that nobody builds on its form."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from kit.errors import Invalid

Part = str | int | UUID | date | datetime
"""What a key may be made of; never null, because a comparison with null is true for no row."""

_INT64 = range(-(2**63), 2**63)
"""What a bigint holds; a larger number would be an error of the database instead of the reader's."""


def pack(key: Sequence[Part], of: str = "") -> str:
    """The cursor that continues after this key in the list of this name; nameless lists are read within a process."""
    text = json.dumps([*_tag(of), *(_packed(part) for part in key)], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unpack(cursor: str, kinds: Sequence[type], of: str = "") -> tuple[Part, ...]:
    """The key in a cursor of these types; raises Invalid for one that was not made here or belongs to another list."""
    try:
        # Padded again and checked: left to itself base64 drops what it does not know.
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(text)
        if not isinstance(parts, list):
            raise TypeError("a key is a list")  # noqa: TRY301
        tag = _tag(of)
        if parts[: len(tag)] != tag:
            raise ValueError("of another list")  # noqa: TRY301
        del parts[: len(tag)]
        return tuple(_part(part, kind) for part, kind in zip(parts, kinds, strict=True))
    except (binascii.Error, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise Invalid(
            "this cursor does not come from this list: start without one",
            "kursor ini bukan dari daftar ini: mulailah tanpa kursor",
        ) from error


def _tag(of: str) -> list[str]:
    """Short, and the same in every process: keys of two lists may be of the same types, and mean other rows."""
    return [sha256(of.encode()).hexdigest()[:8]] if of else []


def _packed(part: Part) -> str | int | dict[str, str]:
    if isinstance(part, UUID):
        return {"id": str(part)}
    if isinstance(part, datetime):
        return {"at": part.astimezone(UTC).isoformat()}
    if isinstance(part, date):  # after the instant, which is a date, too
        return {"on": part.isoformat()}
    if isinstance(part, bool) or not isinstance(part, str | int):
        raise TypeError(f"a key cannot hold {part!r}")
    return part


def _part(packed: Any, kind: type) -> Part:
    """One part of a key as the type that its column has; raises what :func:`unpack` translates."""
    if kind is UUID:
        return UUID(str(packed["id"]))
    if kind is datetime:
        return _instant(packed["at"])
    if kind is date:
        return date.fromisoformat(packed["on"])
    if kind is int and type(packed) is int and packed in _INT64:
        return packed
    # PostgreSQL's text holds neither half a surrogate pair (encoding it fails) nor NUL.
    if kind is str and type(packed) is str and b"\0" not in packed.encode():
        return packed
    raise ValueError("not a key of this list")


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)
