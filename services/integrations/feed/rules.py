"""What a page of the feed is: which types a reader gets, how it is written, and how long it may be kept."""

import hashlib
from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from contracts.public.base import PublicType
from contracts.public.language import Language

KEPT = "private, max-age=31536000, immutable"
"""A full page never changes: nothing is added before its end, and nothing in it is changed."""
ASK_AGAIN = "private, no-cache"
"""A page with room left is longer the next time."""


def types_of(asked: Collection[str], language: Language) -> tuple[list[PublicType], list[str]]:
    """The types that are asked for, by name (every version) or by full type, and what is none."""
    found = [one for one in language.types if one.name in asked or one.ce_type in asked]
    known = {one.name for one in found} | {one.ce_type for one in found}
    return found, sorted(set(asked) - known)


def tag(hashes: str) -> str:
    """The entity tag of a page: of its events, one by one."""
    return f'"{hashlib.sha256(hashes.encode()).hexdigest()[:32]}"'


def next_link(path: str, asked: Sequence[tuple[str, str]], cursor: str) -> str:
    """The link to the page after this one, with everything that was asked."""
    kept = [(name, value) for name, value in asked if name not in {"cursor", "wait"}]
    return f'<{path}?{urlencode([("cursor", cursor), *kept])}>; rel="next"'
