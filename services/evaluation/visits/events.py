"""The events of visits, made from their rows; dates are emitted by the commands that know the day."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.visits import (
    Stance,
    VisitConcluded,
    VisitNotHeld,
    VisitResponded,
    VisitScheduled,
    VisitUnanswered,
)
from kit.outbox import emit
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.responses import Reply


def about(visit: Visit) -> dict[str, Any]:
    """What every event about a visit carries."""
    return {
        "tenant_id": visit.tenant_id,
        "visit_id": visit.id,
        "cycle_id": visit.cycle_id,
        "unit_id": visit.unit_id,
    }


def scheduled(session: AsyncSession, visit: Visit, *, head_id: UUID | None) -> None:
    panel = tuple(visit.panel)
    emit(session, VisitScheduled(**about(visit), panel=panel, due_at=visit.scheduled_for, head_id=head_id))


def not_held(session: AsyncSession, visit: Visit, *, head_id: UUID | None) -> None:
    emit(session, VisitNotHeld(**about(visit), panel=tuple(visit.panel), head_id=head_id))


def unanswered(session: AsyncSession, visit: Visit, *, note: str) -> None:
    emit(session, VisitUnanswered(**about(visit), panel=tuple(visit.panel), note=note))


def concluded(session: AsyncSession, visit: Visit, *, assessed: bool) -> None:
    emit(session, VisitConcluded(**about(visit), panel=tuple(visit.panel), assessed=assessed))


def responded(session: AsyncSession, visit: Visit, replies: Sequence[Reply], *, by: UUID) -> None:
    """Counts only: what was said is read at the visit, by those who may."""
    event = VisitResponded(
        **about(visit),
        panel=tuple(visit.panel),
        responded_by=by,
        agreed=sum(one.stance is Stance.AGREE for one in replies),
        explained=sum(one.stance is Stance.EXPLAIN for one in replies),
        actions=sum(one.action is not None for one in replies),
    )
    emit(session, event)
