"""What a report must say of each indicator, and what is known of each so far."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from pydantic import Field

from contracts.base import Frozen
from contracts.evidence import Evidence, Evidences
from kit.errors import Invalid, details, fault
from services.plans.plans.rules.texts import LONGEST_TEXT

NOT_REPORTED = "not reported"
"""Why an indicator has no actual when the deadline took over: flagged, never zeroed."""


class Entered(Protocol):
    """An entry of a report, as it is stored."""

    indicator_id: UUID
    value: Decimal | None
    reason: str | None
    evidence: list[dict[str, Any]]


class Figure(Frozen):
    """What somebody reports of one indicator: an actual, or why there is none."""

    indicator_id: UUID
    actual: Decimal | None = Field(default=None, ge=-(10**16), le=10**16, max_digits=20, decimal_places=4)
    reason: str | None = Field(default=None, max_length=LONGEST_TEXT)
    evidence: Evidences = Field(default_factory=list)
    """Where whoever doubts it can look, and what the community answered (PLB-6)."""

    @property
    def proof(self) -> list[dict[str, Any]]:
        """The evidence as it is stored."""
        return [one.model_dump(mode="json") for one in self.evidence]

    @classmethod
    def of(cls, entry: "Entered") -> "Figure":
        """What was entered, to be handed in as it stands; that nobody had reported is no word of anybody's."""
        reason = None if entry.reason == NOT_REPORTED else entry.reason
        proof = [Evidence.model_validate(one) for one in entry.evidence]
        return cls(indicator_id=entry.indicator_id, actual=entry.value, reason=reason, evidence=proof)

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
        fault(f"actuals.{indicator_id}", *(f"{statement}: {words}" for words in _NOTHING))
        for indicator_id, statement in wanted
        if indicator_id not in said
    ]
    errors += [
        fault(f"actuals.{one}", "no indicator of this plan", "bukan indikator rencana ini")
        for one in sorted(set(given) - known)
    ]
    errors += [
        fault(f"actuals.{one}", "given twice", "diisi dua kali") for one in sorted(set(given)) if given.count(one) > 1
    ]
    if errors:
        english, indonesian = ("; ".join(words) for words in zip(*details(errors), strict=True))
        raise Invalid(f"the report is not complete: {english}", f"laporan belum lengkap: {indonesian}", errors=errors)


_NOTHING = ("give an actual, or the reason why there is none", "isi realisasi, atau alasan mengapa tidak ada")


class Known(Frozen):
    """What one report says of one indicator."""

    indicator_id: UUID
    period: int
    value: Decimal | None
    reason: str | None
    evidence: tuple[Evidence, ...] = ()


def so_far(known: Iterable[Known]) -> dict[UUID, Known]:
    """The newest value of each indicator; the newest reason where no report ever gave a value."""
    newest: dict[UUID, Known] = {}
    for one in sorted(known, key=lambda each: each.period):
        before = newest.get(one.indicator_id)
        if one.value is not None or before is None or before.value is None:
            newest[one.indicator_id] = one
    return newest
