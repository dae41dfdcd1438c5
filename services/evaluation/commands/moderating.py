"""The performance office looks at findings before a result is told; its silence changes nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation import OBLIGATIONS, ModerationDone
from contracts.obligations import Duty
from kit.db import actor
from kit.errors import Refused
from kit.obligations import ObligationRow, close_duties
from kit.outbox import emit
from services.evaluation.commands import access
from services.evaluation.commands.frame import frame
from services.evaluation.commands.provisional import announce
from services.evaluation.models import Appraisal, Moderation

NO_CHANGE = "no change: the limit for moderation has passed"


async def moderate(session: AsyncSession, appraisal_id: UUID, *, reason: str) -> Moderation:
    """Record why the result may stand, and let it go on; asked twice, the first reason stays."""
    access.require_office(session, ("moderate a result", "memoderasi hasil"))
    await access.claimed(session, Duty.MODERATE, [appraisal_id])
    appraisal = await access.locked(session, appraisal_id)
    found = await _finding(session, appraisal)
    if found.decided_at is not None:
        return found
    await _done(session, [appraisal], reason)
    await close_duties(session, OBLIGATIONS, Duty.MODERATE, [appraisal.id], tenant_id=appraisal.tenant_id)
    return found


async def _finding(session: AsyncSession, appraisal: Appraisal) -> Moderation:
    looking = select(Moderation).where(col(Moderation.appraisal_id) == appraisal.id)
    found = (await session.scalars(looking, execution_options={"populate_existing": True})).first()
    if found is None:
        raise Refused("nothing was found that needs moderation", "tidak ada temuan yang perlu dimoderasi")
    return found


async def take_as_it_is(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody moderated in time: the result goes on as it was computed."""
    appraisals = await access.locked_all(session, [row.subject_id for row in rows])
    for cycle_id in {one.cycle_id for one in appraisals}:
        await _done(session, [one for one in appraisals if one.cycle_id == cycle_id], NO_CHANGE)


async def _done(session: AsyncSession, appraisals: Sequence[Appraisal], reason: str) -> None:
    """For appraisals of one cycle."""
    waiting = [one for one in appraisals if one.state == "MODERATION"]
    if not waiting:
        return
    found = await frame(session, waiting[0].cycle_id)
    ids = [one.id for one in waiting]
    rows = (await session.scalars(select(Moderation).where(col(Moderation.appraisal_id).in_(ids)))).all()
    for row in rows:
        row.reason, row.decided_by, row.decided_at = reason, actor(session).id, found.now
    for one in waiting:
        told = ModerationDone(
            tenant_id=one.tenant_id,
            appraisal_id=one.id,
            cycle_id=one.cycle_id,
            servant_id=one.servant_id,
            reason=reason,
        )
        emit(session, told, reason=reason)
    await session.flush()
    await announce(session, found, ids)
