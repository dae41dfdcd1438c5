"""Takes in changes of personnel: who evaluates whom in the open cycles from now on, and what is owed by whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.cycles import ChangedMember, MembersChanged
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from contracts.registry.personnel import GONE, PersonnelChanged
from kit.chunks import IN_ONE_EVENT, in_chunks
from kit.outbox import emit
from obligations.personnel import follow, leave
from obligations.rows import ObligationRow
from obligations.terms import Terms
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.commands.former_raters import keep_delegation, keep_former_raters
from services.evaluation.appraisals.commands.succession import succeed
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.appraisals.rules.states import UNSIGNED
from services.evaluation.cycles.commands import progress
from services.evaluation.cycles.models import Cycle, CyclePhase
from services.evaluation.cycles.queries.context import CycleContext, context_of
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.results.commands import receipt


async def take(session: AsyncSession, event: PersonnelChanged) -> None:
    """Adapt every open cycle; what is seen twice changes nothing a second time."""
    await keep_delegation(session, event)
    looking = select(col(Cycle.id)).where(col(Cycle.state) == CycleState.OPEN.value).order_by(col(Cycle.id))
    contexts = [await context_of(session, cycle_id) for cycle_id in (await session.scalars(looking)).all()]
    for found in contexts:
        await _adapt(session, found, event)
    terms = {found.cycle.id: found for found in contexts}

    def terms_in(cycle_id: UUID, kind: ObligationKind, _: Phase) -> Terms:
        return obligations.on_terms(terms[cycle_id], kind)

    ended = await leave(session, OBLIGATIONS, event, terms_in, office=in_cycle)
    await _go_on_without(session, event, ended)


async def _adapt(session: AsyncSession, context: CycleContext, event: PersonnelChanged) -> None:
    relations = {one.servant_id: one for one in event.relations}
    concerned = relations.keys() | (set() if event.more else {event.servant_id})
    await _lock_obligations(session, context.cycle.id, concerned)
    appraisals = await _unsigned(session, context.cycle.id, concerned)
    evaluating = await _is_evaluating(session, context.cycle.id)
    changed = [
        member
        for one in appraisals
        if (member := succeed(context, event, one, relations, evaluating=evaluating)) is not None
    ]
    if not changed:
        return
    await session.flush()
    await keep_former_raters(session, changed, event.effective_on)
    for some in in_chunks(changed, IN_ONE_EVENT):
        changed_members = _members_changed(context, event, some)
        emit(session, changed_members, reason=event.reason)
        await follow(
            session,
            OBLIGATIONS,
            changed_members,
            lambda _cycle, kind, _phase: obligations.on_terms(context, kind),
            office=in_cycle,
        )


def _members_changed(
    context: CycleContext, event: PersonnelChanged, members: Sequence[ChangedMember]
) -> MembersChanged:
    """What the other services learn of it; from them alone nobody could tell who evaluates whom."""
    return MembersChanged(
        tenant_id=context.tenant_id,
        cycle_id=context.cycle.id,
        change_id=event.change_id,
        kind=event.kind,
        effective_on=event.effective_on,
        reason=event.reason,
        members=tuple(members),
    )


async def _lock_obligations(session: AsyncSession, cycle_id: UUID, people: set[UUID]) -> None:
    """Obligations are locked before appraisals, as the sweep does it."""
    locking = (
        select(col(ObligationRow.id))
        .where(
            col(ObligationRow.cycle_id) == cycle_id,
            col(ObligationRow.state) == "OPEN",
            or_(col(ObligationRow.about_id).in_(people), col(ObligationRow.debtor_id).in_(people)),
        )
        .order_by(col(ObligationRow.id))
        .with_for_update(key_share=True)
    )
    await session.execute(locking)


async def _unsigned(session: AsyncSession, cycle_id: UUID, people: set[UUID]) -> Sequence[Appraisal]:
    # Read without a lock, locked by id in the one order, and asked once more: a result may be signed in between.
    theirs = select(col(Appraisal.id)).where(
        col(Appraisal.cycle_id) == cycle_id,
        col(Appraisal.servant_id).in_(people),
        col(Appraisal.state).in_([state.value for state in UNSIGNED]),
    )
    found = await access.locked_all(session, (await session.scalars(theirs)).all())
    return [one for one in found if one.state in UNSIGNED]


async def _is_evaluating(session: AsyncSession, cycle_id: UUID) -> bool:
    """The evaluation window: from the opening of the evaluation until disclosure is over."""
    phases = select(CyclePhase).where(
        col(CyclePhase.cycle_id) == cycle_id,
        col(CyclePhase.phase).in_([Phase.EVALUATION.value, Phase.DISCLOSURE.value]),
    )
    rows = {row.phase: row for row in (await session.scalars(phases)).all()}
    begun, ends = rows.get(Phase.EVALUATION.value), rows.get(Phase.DISCLOSURE.value)
    return begun is not None and begun.opened_at is not None and (ends is None or ends.closed_at is None)


async def _go_on_without(session: AsyncSession, event: PersonnelChanged, ended: Sequence[ObligationRow]) -> None:
    """A result needs no receipt from who has left.

    A colleague who is not asked any more holds nobody up either; but what waited for him or her is computed together with
    all the rest (``completion.compute_together``), or his or her leaving would show whom he or she was to assess.
    """
    if event.status in GONE:
        await receipt.deem(session, [row for row in ended if row.kind == ObligationKind.ACKNOWLEDGE_RESULT])
    for row in {(row.cycle_id, row.phase): row for row in ended}.values():
        progress.watch(session, tenant_id=row.tenant_id, cycle_id=row.cycle_id, phase=Phase(row.phase))
