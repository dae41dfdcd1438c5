"""Results reach the servant: delivered by a notice, received by acknowledgement or deemed so after the limit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, case, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.results import ResultIssued
from contracts.notify.notices import NoticeDelivered
from contracts.obligations import ObligationKind
from contracts.registry.personnel import GONE, Status
from directory.models import Person
from directory.relations import Relation
from directory.weeks import limit_by_week
from kit.db import actor
from kit.errors import NotFound, Refused
from obligations.closing import close_obligations
from obligations.rows import ObligationRow
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import Act, can, move
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.queries.context import CycleContext, context_of
from services.evaluation.results import events
from services.evaluation.results.commands import finality
from services.evaluation.results.models import Result

HAS_LEFT = "has left the service"
NOT_RETURNED = "not returned"
"""The note of regulation clock 4 (L V.A.6)."""
RETURN_TO_SUPERIOR = 7
"""Working days, however many the ladder gives for a rater's result: regulation clock 6 (L V.A.9-10)."""
PROMPT = timedelta(days=1)
"""So long after a limit a sweep still belongs to its day."""


async def locked(session: AsyncSession, result_id: UUID) -> tuple[Appraisal, Result]:
    """The result and its appraisal, the latter locked; raises NotFound."""
    looking = select(Result).where(col(Result.id) == result_id)
    found = (await session.scalars(looking)).first()
    if found is None:
        raise NotFound(f"no result {result_id} in this city", f"hasil {result_id} tidak ada di kota ini")
    # A result is locked by its appraisal: read again, it is what the transaction before this one left.
    appraisal = await access.locked(session, found.appraisal_id)
    again = looking.execution_options(populate_existing=True)
    return appraisal, (await session.scalars(again)).one()


async def deliver(session: AsyncSession, event: NoticeDelivered) -> None:
    """Notice of a version lies in the servant's inbox; from here on the acknowledgement of receipt is owed."""
    if event.about_type != ResultIssued.ce_type() or event.about_id is None:
        return
    _, result = await locked(session, event.about_id)
    if result.servant_id != event.person_id or result.delivered_at is not None:
        return
    result.delivered_at = event.delivered_at
    events.delivered(session, result, at=event.delivered_at)
    # A notice may come after the receipt, or after the version was replaced; then nobody owes anything.
    waits = result.received_at is None and result.superseded_by is None and not result.by_objection
    if waits:
        context = await context_of(session, result.cycle_id)
        await session.flush()
        if await _has_left(session, result.servant_id):
            await _receive(session, context, [result.id], deemed=True, note=HAS_LEFT)
            return
        receivers = obligations.of_receivers(await in_cycle(session, result.cycle_id), [result.id])
        at_most = RETURN_TO_SUPERIOR if result.by_superior else None
        await obligations.owe_all(session, context, ObligationKind.ACKNOWLEDGE_RESULT, receivers, at_most=at_most)


async def _has_left(session: AsyncSession, person_id: UUID) -> bool:
    """Retired, moved away or dead: nobody is left who could return the document."""
    status = (await session.scalars(select(col(Person.status)).where(col(Person.id) == person_id))).first()
    return status is not None and Status(status) in GONE


async def acknowledge(session: AsyncSession, result_id: UUID, *, note: str | None = None) -> Result:
    """The servant has received the result, which is not to agree with it; asked twice, received once."""
    await access.claimed(session, ObligationKind.ACKNOWLEDGE_RESULT, [result_id])
    appraisal, result = await locked(session, result_id)
    if actor(session).id != appraisal.servant_id:
        raise access.forbidden(("acknowledge receipt", "menyatakan menerima hasil"), Relation.SELF)
    # Deemed received before it was acknowledged: the window runs from then, and is not made longer.
    if result.received_at is not None:
        return result
    if result.superseded_by is not None or result.by_objection:
        raise Refused("this version needs no receipt", "versi ini tidak memerlukan tanda terima")
    context = await context_of(session, result.cycle_id)
    await _receive(session, context, [result.id], deemed=False, note=note)
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.ACKNOWLEDGE_RESULT, [result.id], tenant_id=result.tenant_id
    )
    return result


async def deem(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Not acknowledged in time: receipt is deemed, with the note of the regulation, on the day on which it was due."""
    for cycle_id, due_at in {(row.cycle_id, row.due_at) for row in rows}:
        context = await context_of(session, cycle_id)
        ids = [row.subject_id for row in rows if (row.cycle_id, row.due_at) == (cycle_id, due_at)]
        # A limit ends with its day, a sweep comes after it; but one that comes later takes no day of the window away.
        prompt = context.now - due_at < PROMPT
        await _receive(session, context, ids, deemed=True, note=NOT_RETURNED, at=due_at if prompt else context.now)


async def _object_until(session: AsyncSession, context: CycleContext) -> ColumnElement[datetime]:
    """The end of the window (art. 29), for each on the week of his or her unit."""
    days = context.policy.objection.file_within
    servant = col(Result.servant_id)
    return await limit_by_week(session, servant, lambda week: context.working_days(days, week), city=context.calendar)


async def _receive(
    session: AsyncSession,
    context: CycleContext,
    result_ids: Sequence[UUID],
    *,
    deemed: bool,
    note: str | None,
    at: datetime | None = None,
) -> None:
    """Receipt of any number of results in two statements, now unless said; the window for an objection runs from it."""
    at = at or context.now
    of_these = select(col(Result.appraisal_id)).where(col(Result.id).in_(result_ids))
    appraisals = await access.locked_all(session, (await session.scalars(of_these)).all())
    # As an SQL expression: the week differs from unit to unit, and a sweep receives thousands at once.
    until = await _object_until(session, replace(context, now=at))
    # An update that names what must still be so: of two receipts at once the second finds no row, and says nothing.
    receiving = (
        update(Result)
        .where(
            col(Result.id).in_(result_ids),
            col(Result.received_at).is_(None),
            col(Result.superseded_by).is_(None),
        )
        .values(
            received_at=at,
            deemed=deemed,
            receipt_note=note,
            object_until=case((~col(Result.final_without_objection), until)),
        )
        .returning(Result)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    received = (await session.scalars(receiving)).all()
    ids = {result.appraisal_id for result in received}
    for appraisal in appraisals:
        if appraisal.id in ids and can(appraisal.state, Act.RECEIVE):
            appraisal.state = move(appraisal.state, Act.RECEIVE)
    await session.flush()
    for result in sorted(received, key=lambda one: one.id):
        events.received(session, result, at=at)
    progress.watch(session, tenant_id=context.tenant_id, cycle_id=context.cycle.id, phase=Phase.DISCLOSURE)
    # At once for those without a right to object; for the others the sweep comes when the window is over.
    await finality.finalise(session, context, sorted(ids))
