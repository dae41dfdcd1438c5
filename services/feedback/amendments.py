"""What an answer to a question, or a decision on an objection, may set anew in a score (DMI-8)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.amendments import ScoreChange
from contracts.policy import Measure
from directory import queries
from kit.errors import Invalid


async def check_scores(
    session: AsyncSession,
    cycle_id: UUID,
    changes: Sequence[ScoreChange],
    *,
    criteria: Mapping[str, Any] | None,
    indicators: Mapping[str, Any] | None,
) -> None:
    """Raises Invalid unless each change names, once, a criterion of the result that people score, or one of its indicators."""
    if not changes:
        return
    policy = await queries.cycle_policy(session, cycle_id)
    assessed = {one.code for one in policy.criteria if one.measure is Measure.ASSESSMENT}
    check_named(changes, criteria=assessed & set(criteria or ()), indicators=set(indicators or ()))


def check_named(changes: Sequence[ScoreChange], *, criteria: set[str], indicators: set[str]) -> None:
    """The rule: every name is known, and none comes twice."""
    names = [one.about for one in changes]
    for place, one in enumerate(changes):
        if names.index(one.about) != place:
            raise Invalid(f"{one.about} is named twice", f"{one.about} disebut dua kali", where=f"scores.{place}")
        known, what = (criteria, "criterion") if one.criterion else (indicators, "indicator")
        if one.about in known:
            continue
        known_names = ", ".join(sorted(known)) or "-"
        raise Invalid(
            f"this result has no {what} {one.about} that can be set; it has: {known_names}",
            f"{'kriteria' if one.criterion else 'indikator'} {one.about} tidak dapat ditetapkan pada hasil ini; "
            f"yang ada: {known_names}",
            where=f"scores.{place}",
        )


def changes_something(
    changes: Sequence[ScoreChange], *, criteria: Mapping[str, Any] | None, indicators: Mapping[str, Any] | None
) -> bool:
    """Whether any score or actual differs from what stands."""
    stands = dict(criteria or {}) | dict(indicators or {})
    return any(
        _number(stands.get(one.about)) != (one.actual if one.criterion is None else one.score) for one in changes
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
