"""What a report must say of each indicator, and what is known of each so far."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from contracts.base import Frozen
from kit.errors import Invalid
from services.plans.plans.rules.texts import LONGEST_TEXT

NOT_REPORTED = "not reported"
"""Why an indicator has no actual when the deadline took over: flagged, never zeroed."""


class Figure(Frozen):
    """What somebody reports of one indicator: an actual, or why there is none."""

    indicator_id: UUID
    actual: Decimal | None = Field(default=None, ge=-(10**16), le=10**16, max_digits=20, decimal_places=4)
    reason: str | None = Field(default=None, max_length=LONGEST_TEXT)

    @property
    def said(self) -> bool:
        """Whether it says anything."""
        return self.actual is not None or bool(self.reason and self.reason.strip())


def require_all(wanted: Sequence[tuple[UUID, str]], figures: Sequence[Figure]) -> None:
    """Raises Invalid unless each indicator (id, statement) has exactly one figure that says something."""
    given = [figure.indicator_id for figure in figures]
    said = {figure.indicator_id for figure in figures if figure.said}
    known = {indicator_id for indicator_id, _ in wanted}
    errors = [
        {"where": f"actuals.{indicator_id}", "detail": f"{statement}: give an actual, or the reason why there is none"}
        for indicator_id, statement in wanted
        if indicator_id not in said
    ]
    errors += [{"where": f"actuals.{one}", "detail": "no indicator of this plan"} for one in sorted(set(given) - known)]
    errors += [
        {"where": f"actuals.{one}", "detail": "given twice"} for one in sorted(set(given)) if given.count(one) > 1
    ]
    if errors:
        missing = "; ".join(one["detail"] for one in errors)
        raise Invalid(f"the report is not complete: {missing}", f"laporan belum lengkap: {missing}", errors=errors)


class Known(Frozen):
    """What one report says of one indicator."""

    indicator_id: UUID
    period: int
    value: Decimal | None
    reason: str | None


def so_far(known: Iterable[Known]) -> dict[UUID, Known]:
    """The newest value of each indicator; the newest reason where no report ever gave a value."""
    newest: dict[UUID, Known] = {}
    for one in sorted(known, key=lambda each: each.period):
        before = newest.get(one.indicator_id)
        if one.value is not None or before is None or before.value is None:
            newest[one.indicator_id] = one
    return newest
