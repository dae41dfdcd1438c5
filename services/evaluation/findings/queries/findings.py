"""Findings and what became of them, for the performance office and for those whom they concern."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from obligations.rows import ObligationRow
from services.evaluation.findings.models import Moderation


async def page(
    session: AsyncSession, *, cycle_id: UUID | None, only_open: bool, about: str | None = None, window: Window
) -> Found[Moderation]:
    """A page of findings: all for the office, else those that concern the reader or that the reader is to close."""
    looking = _readable(session)
    if cycle_id is not None:
        looking = looking.where(col(Moderation.cycle_id) == cycle_id)
    if only_open:
        looking = looking.where(col(Moderation.decided_at).is_(None))
    if about is not None:
        looking = looking.where(_ABOUT[about])
    return await read(session, looking, col(Moderation.id), window=window)


async def one(session: AsyncSession, moderation_id: UUID) -> Moderation:
    """One of those that the reader may see; raises NotFound."""
    looking = _readable(session).where(col(Moderation.id) == moderation_id)
    if (found := (await session.scalars(looking)).first()) is None:
        raise NotFound(f"no finding {moderation_id} in this city", f"temuan {moderation_id} tidak ada di kota ini")
    return found


_PERSON, _UNIT = col(Moderation.appraisal_id).is_not(None), col(Moderation.unit_id).is_not(None)
_ABOUT = {"PERSON": _PERSON, "UNIT": _UNIT, "RATER": ~_PERSON & ~_UNIT}


def _readable(session: AsyncSession) -> Select[Moderation]:
    looking, who = select(Moderation), actor(session)
    if who.has(Role.PERFORMANCE_OFFICE):
        return looking
    # ix_moderations_concerns is there for this.
    # The appointing authority closes those about whom no officer may act, and so must find them.
    owed = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.kind) == ObligationKind.MODERATE.value,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.debtor_id) == who.id,
    )
    return looking.where((col(Moderation.concerns_id) == who.id) | col(Moderation.id).in_(owed))
