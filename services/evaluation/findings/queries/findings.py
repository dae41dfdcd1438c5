"""Findings and what became of them, for the performance office and for those whom they concern."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import actor
from kit.keyset import Found, Window, read
from obligations.rows import ObligationRow
from services.evaluation.findings.models import Moderation


async def page(session: AsyncSession, *, cycle_id: UUID | None, only_open: bool, window: Window) -> Found[Moderation]:
    """A page of findings: all for the office, else those that concern the reader or that the reader is to close."""
    looking = select(Moderation)
    if cycle_id is not None:
        looking = looking.where(col(Moderation.cycle_id) == cycle_id)
    if only_open:
        looking = looking.where(col(Moderation.decided_at).is_(None))
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        # ix_moderations_concerns is there for this.
        # The appointing authority closes those about whom no officer may act, and so must find them.
        owed = select(col(ObligationRow.subject_id)).where(
            col(ObligationRow.kind) == ObligationKind.MODERATE.value,
            col(ObligationRow.state) == "OPEN",
            col(ObligationRow.debtor_id) == who.id,
        )
        looking = looking.where((col(Moderation.concerns_id) == who.id) | col(Moderation.id).in_(owed))
    return await read(session, looking, col(Moderation.id), window=window)
