"""What a policy says to those who are appraised by it."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]


def criteria(policy: Json, language: str) -> list[dict[str, Any]]:
    """What is judged, with its weight."""
    return [
        {"label": one["label"][language], "axis": one["axis"], "weight": one["weight"], "source": one.get("source", "")}
        for one in policy.get("criteria", ())
    ]


def sources(policy: Json) -> list[dict[str, Any]]:
    """Who judges, with the share of each."""
    return [
        {"role": one["role"], "share": one["share"], "anonymous": one.get("anonymous", False)}
        for one in policy.get("sources", ())
    ]


def words(some: Sequence[Json], language: str) -> list[str]:
    """Texts in one of their two languages."""
    return [str(one[language]) for one in some]


def materials(some: Sequence[Json], language: str) -> list[dict[str, Any]]:
    """What there is to read, without what was taken away."""
    return [
        {
            "title": one["title"][language],
            "text": (one.get("text") or {}).get(language, ""),
            "link": one.get("link") or "",
            "working": ((one.get("example") or {}).get("working") or {}).get(language, ""),
        }
        for one in some
        if not one.get("retired_at")
    ]
