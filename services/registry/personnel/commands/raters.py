"""Changes one person's rater from a day on: delegation, correction, or back to the hierarchy."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import ChangeKind
from services.registry.personnel.commands.changes import record_change
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.servants.rules.relations import RelationSource


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who shall rate from when on, and why."""

    rater_id: UUID
    since: date
    source: RelationSource
    reason: str
    until: date | None = None
    acting_for_id: UUID | None = None
    """The regional head for whom a delegate rates."""


async def assign_rater(session: AsyncSession, servant_id: UUID, wanted: Assignment) -> PersonnelChange:
    """Record the change; on its day everybody whom it concerns is emitted. Asked twice, it is recorded once."""
    correction = wanted.source is RelationSource.CORRECTION
    change = Wanted(
        servant_id=servant_id,
        kind=ChangeKind.CORRECTION if correction else ChangeKind.RATER,
        effective_on=wanted.since,
        effect=Effect(rater_id=wanted.rater_id, source=wanted.source, acting_for_id=wanted.acting_for_id),
        reason=wanted.reason,
        until=wanted.until,
    )
    return await record_change(session, change)
