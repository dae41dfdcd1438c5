"""The appraisal system judged by itself (Binjai): numbers from this service, findings and actions from the office."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Role
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.reviews import DecidedAction, SystemReviewed
from contracts.obligations import ObligationKind
from kit.access import require_role
from kit.db import actor
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.rows import ObligationRow
from services.evaluation import obligations
from services.evaluation.cycles.queries.context import CycleContext, context_of, obligations_are_open, open_context
from services.evaluation.cycles.queries.numbers import numbers
from services.evaluation.reviews import queries
from services.evaluation.reviews.commands.actions import Decided, require_known, rows
from services.evaluation.reviews.models import ReviewAction, SystemReview
from services.evaluation.reviews.queries import of_cycle
from services.evaluation.reviews.rules import punctual, shown


async def ask(session: AsyncSession, context: CycleContext) -> None:
    """The office owes the review where the policy has it."""
    if context.policy.features.system_review:
        await obligations.office_owes(
            session, context, ObligationKind.REVIEW_SYSTEM, [obligations.OfficeOwes(context.cycle.id)]
        )


async def review(session: AsyncSession, cycle_id: UUID, *, findings: str, decided: Sequence[Decided]) -> SystemReview:
    """Keep the review with the numbers as they are now; asked twice, the first review stays."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("review the system", "mengevaluasi sistem"))
    context = await context_of(session, cycle_id)
    if (before := await of_cycle(session, cycle_id)) is not None:
        return before
    await open_context(
        session, cycle_id
    )  # after the replay: a review that was kept is answered in a closed cycle as well
    if not await obligations_are_open(session, cycle_id, Phase.SYSTEM_REVIEW):
        raise Refused("the review of the system has not begun", "evaluasi sistem belum dimulai")
    await require_known(session, decided)
    made = await _keep(session, context, findings, decided)
    await close_obligations(session, OBLIGATIONS, ObligationKind.REVIEW_SYSTEM, [cycle_id], tenant_id=context.tenant_id)
    return made


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """Nobody reviewed in time: the numbers are kept without findings."""
    for row in rows:
        if await of_cycle(session, row.subject_id) is None:
            await _keep(session, await context_of(session, row.subject_id), "", ())


async def _keep(
    session: AsyncSession, context: CycleContext, findings: str, decided: Sequence[Decided]
) -> SystemReview:
    metrics = await numbers(session, context.cycle.id)
    row = {
        "tenant_id": context.tenant_id,
        "cycle_id": context.cycle.id,
        "metrics": metrics,
        "findings": findings,
        "actions": [one.what for one in decided],
        "spread": shown(await queries.spread(session, context.cycle)),
        "on_time": punctual(await queries.punctuality(session, context.cycle.id)),
        "reviewed_by": actor(session).id,
        "reviewed_at": context.now,
    }
    keeping = insert(SystemReview).values(row).on_conflict_do_nothing().returning(SystemReview)
    # Two reviews at once: the first stays, and the second gets it as its answer.
    made = (await session.scalars(keeping)).first()
    if made is None:
        return (await session.scalars(select(SystemReview).where(col(SystemReview.cycle_id) == context.cycle.id))).one()
    actions = rows(context.cycle, decided)
    session.add_all(actions)
    emit(session, _told(context, metrics, actions))
    return made


def _told(context: CycleContext, metrics: dict[str, int], actions: Sequence[ReviewAction]) -> SystemReviewed:
    decided = tuple(
        DecidedAction(action_id=one.id, what=one.what, responsible_id=one.responsible_id, until=one.until)
        for one in actions
        if one.responsible_id is not None and one.until is not None
    )
    return SystemReviewed(
        tenant_id=context.tenant_id,
        cycle_id=context.cycle.id,
        metrics=metrics,
        actions=tuple(one.what for one in actions),
        decided=decided,
    )
