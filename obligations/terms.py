"""Turns a policy's ladder into the terms of obligations on the city's calendar."""

from datetime import datetime
from uuid import UUID

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.obligations import ObligationKind
from contracts.policy import Policy
from obligations.ladders import climb
from obligations.legal_dates import due_after
from obligations.rows import Terms


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
