"""The performance office closes findings before results go on; its silence changes nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.findings import AnswerOutcome, ModerationClosed, ModerationDone
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import require_some_office
from kit.db import actor, clock
from kit.errors import NotFound, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.rows import ObligationRow
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import context_of
from services.evaluation.findings.models import Moderation
from services.evaluation.results.commands.provisional import announce

NO_CHANGE = "no change: the limit for moderation has passed"


async def moderate(session: AsyncSession, appraisal_id: UUID, *, reason: str) -> Moderation:
    """Close the finding about one person; raises Refused where nothing was found. See :func:`close`."""
    await require_some_office(session, what=_WHAT)
    await access.claimed(session, ObligationKind.MODERATE, [appraisal_id])
    appraisal = await access.locked(session, appraisal_id)
    # Before anything is told of what was found.
    offices = await in_cycle(session, appraisal.cycle_id)
    offices.require(actor(session), appraisal.servant_id, appraisal.assessed_by, what=_WHAT)
    if not (found := await locked_all(session, [appraisal_id])):
        raise Refused("nothing was found that needs moderation", "tidak ada temuan yang perlu dimoderasi")
    return await _close(session, found[0], reason)


_WHAT = ("moderate a result", "memoderasi hasil")


async def close(session: AsyncSession, moderation_id: UUID, *, reason: str) -> Moderation:
    """Record why it may stand, without asking or without waiting for an answer; asked twice, the first reason stays."""
    await require_some_office(session, what=_WHAT)
    # Obligations before appraisals before findings, as everywhere and as the sweep does it.
    await access.claimed(session, ObligationKind.MODERATE, [moderation_id])
    await access.claimed(session, ObligationKind.ANSWER_MODERATION, [moderation_id])
    return await _close(session, await locked(session, moderation_id), reason)


async def _close(session: AsyncSession, found: Moderation, reason: str) -> Moderation:
    await require_office(session, found, what=_WHAT)
    if found.decided_at is not None:
        return found
    tenant_id = found.tenant_id
    await close_obligations(session, OBLIGATIONS, ObligationKind.MODERATE, [found.id], tenant_id=tenant_id)
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.ANSWER_MODERATION, [found.id], tenant_id=tenant_id, state="CANCELLED"
    )
    await decide(session, [found], reason)
    return found


async def require_office(session: AsyncSession, found: Moderation, *, what: tuple[str, str]) -> None:
    """Raises Forbidden where the finding is about whom the actor may not act for the office, or about their rating."""
    offices = await in_cycle(session, found.cycle_id)
    about = [await servant_of(session, found), found.concerns_id]
    offices.require(actor(session), *about, what=what)


async def servant_of(session: AsyncSession, found: Moderation) -> UUID | None:
    """Whose sources it is about; None for a finding about a rater or a unit."""
    looking = select(col(Appraisal.servant_id)).where(col(Appraisal.id) == found.appraisal_id)
    return None if found.appraisal_id is None else (await session.scalars(looking)).one()


async def locked(session: AsyncSession, moderation_id: UUID) -> Moderation:
    """The finding, its appraisal locked before it; raises NotFound."""
    found = await locked_all(session, [moderation_id])
    if not found:
        raise NotFound(f"no finding {moderation_id} in this city", f"temuan {moderation_id} tidak ada di kota ini")
    return found[0]


async def locked_all(session: AsyncSession, moderation_ids: Sequence[UUID]) -> Sequence[Moderation]:
    """These findings, after the appraisals they are about (which have the same ids), in one order everywhere."""
    await access.locked_all(session, moderation_ids)
    # The id of a finding about a person is that of the appraisal: one call locks both, and ids of others lock no appraisal.
    locking = (
        select(Moderation)
        .where(col(Moderation.id).in_(moderation_ids))
        .order_by(col(Moderation.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(locking)).all()


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody moderated in time: what was found goes on as it was."""
    await decide(session, await locked_all(session, [row.subject_id for row in rows]), NO_CHANGE)


async def decide(session: AsyncSession, found: Sequence[Moderation], reason: str) -> None:
    """Close these findings with a reason, and release the results that waited for them; those closed before stay so."""
    waiting = [one for one in found if one.decided_at is None]
    for one in waiting:
        one.reason, one.decided_by, one.decided_at = reason, actor(session).id, clock(session).now()
        _emit_closed(session, one, reason)
    await session.flush()
    for cycle_id in {one.cycle_id for one in waiting}:
        persons = [one.id for one in waiting if one.cycle_id == cycle_id and one.appraisal_id is not None]
        await _release(session, cycle_id, persons, reason)


def about(found: Moderation) -> dict[str, Any]:
    """What every event about it carries."""
    return {
        "tenant_id": found.tenant_id,
        "cycle_id": found.cycle_id,
        "moderation_id": found.id,
        "concerns_id": found.concerns_id,
    }


def _emit_closed(session: AsyncSession, found: Moderation, reason: str) -> None:
    # About a person ModerationDone says it, when the result goes on.
    if found.appraisal_id is None:
        outcome = None if found.outcome is None else AnswerOutcome(found.outcome)
        emit(session, ModerationClosed(**about(found), outcome=outcome, reason=reason), reason=reason)


async def _release(session: AsyncSession, cycle_id: UUID, appraisal_ids: Sequence[UUID], reason: str) -> None:
    # Locked already, by the findings' ids.
    looking = (
        select(Appraisal)
        .where(col(Appraisal.id).in_(appraisal_ids), col(Appraisal.state) == AppraisalState.MODERATION.value)
        .order_by(col(Appraisal.id))
    )
    context = await context_of(session, cycle_id)
    waiting = (await session.scalars(looking)).all() if appraisal_ids else ()
    for one in waiting:
        event = ModerationDone(
            tenant_id=one.tenant_id,
            appraisal_id=one.id,
            cycle_id=one.cycle_id,
            servant_id=one.servant_id,
            reason=reason,
        )
        emit(session, event, reason=reason)
    await announce(session, context, [one.id for one in waiting])
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=cycle_id, phase=Phase.MODERATION)
