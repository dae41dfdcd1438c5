"""The terms of obligations: due and climbing as a policy's ladder says on the city's calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.obligations import ObligationKind
from contracts.policy import Policy
from obligations.ladders import RungAt, climb
from obligations.legal_dates import due_after

FIXED_BY_LAW = frozenset({ObligationKind.GIVE_STATEMENT, ObligationKind.DECIDE_OBJECTION})
"""Limits that protect the other side (PermenPANRB 6/2022, L V.B.3-6): nobody may give more time for them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the obligations that one statement opens have in common."""

    kind: ObligationKind
    phase: Phase
    cycle_id: UUID
    due_at: datetime
    rungs: tuple[RungAt, ...] = ()
    calendar_version: int | None = None


TermsIn = Callable[[UUID, ObligationKind, Phase], Terms]
"""The terms of an obligation that is opened now in a cycle."""


def terms(
    policy: Policy,
    calendar: LegalCalendar,
    kind: ObligationKind,
    *,
    phase: Phase,
    cycle_id: UUID,
    now: datetime,
    due_at: datetime | None = None,
) -> Terms:
    """Due when the ladder of this obligation says, counted from now, unless ``due_at`` is fixed; rungs are frozen instants."""
    ladder = policy.ladder(kind)
    due = due_at or due_after(now, ladder.due_days, ladder.due_kind, calendar)
    return Terms(
        kind=kind,
        phase=phase,
        cycle_id=cycle_id,
        due_at=due,
        rungs=climb(ladder, due, now, calendar),
        calendar_version=calendar.version,
    )
