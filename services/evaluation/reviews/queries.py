"""The review of a cycle with its actions and the survey, and the numbers that a review is made of."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from kit.keyset import Found, Window, read
from obligations.rows import ObligationRow
from services.evaluation.cycles.models import Cycle
from services.evaluation.reviews.models import ReviewAction, SystemReview, SystemSurvey
from services.evaluation.reviews.rules import LOCAL_SCORE, ActionState, Punctuality, Spread


async def of_cycle(session: AsyncSession, cycle_id: UUID) -> SystemReview | None:
    """What the office found about the system, if it has."""
    return (await session.scalars(select(SystemReview).where(col(SystemReview.cycle_id) == cycle_id))).first()


async def survey_of(session: AsyncSession, cycle_id: UUID) -> SystemSurvey | None:
    """What people said, if they were asked."""
    return (await session.scalars(select(SystemSurvey).where(col(SystemSurvey.cycle_id) == cycle_id))).first()


async def actions_of(session: AsyncSession, cycle_id: UUID) -> Sequence[ReviewAction]:
    """What the review of this cycle decided."""
    looking = select(ReviewAction).where(col(ReviewAction.cycle_id) == cycle_id)
    return (await session.scalars(looking.order_by(col(ReviewAction.number)))).all()


async def former_actions(session: AsyncSession, cycle: Cycle) -> Sequence[ReviewAction]:
    """What this cycle follows up: all that the last review before it decided, and what still older ones left open."""
    earlier = and_(col(Cycle.scope) == cycle.scope, col(Cycle.period_start) < cycle.period_start)
    reviewed = (
        select(col(Cycle.id))
        .join(ReviewAction, col(ReviewAction.cycle_id) == col(Cycle.id))
        .where(earlier)
        .order_by(col(Cycle.period_start).desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = or_(col(ReviewAction.cycle_id) == reviewed, col(ReviewAction.state) == ActionState.OPEN.value)
    looking = (
        select(ReviewAction)
        .join(Cycle, col(Cycle.id) == col(ReviewAction.cycle_id))
        .where(earlier, wanted)
        .order_by(col(Cycle.period_start).desc(), col(ReviewAction.number))
    )
    return (await session.scalars(looking)).all()


async def page(session: AsyncSession, *, state: ActionState | None, window: Window) -> Found[ReviewAction]:
    """A page of all actions, the newest first."""
    looking = select(ReviewAction)
    if state is not None:
        looking = looking.where(col(ReviewAction.state) == state.value)
    return await read(session, looking, col(ReviewAction.id), window=window, descending=True)


async def locked_action(session: AsyncSession, action_id: UUID) -> ReviewAction:
    """The action, locked; raises NotFound."""
    looking = select(ReviewAction).where(col(ReviewAction.id) == action_id).with_for_update()
    if (found := (await session.scalars(looking)).first()) is None:
        raise NotFound(f"no action {action_id} of a review", f"tindakan {action_id} tidak ada")
    return found


# One statement for every criterion, of the whole cycle and of each unit: the scores stay in the database.
_SPREAD = text(
    """
    with scored as (
        select a.unit_id, c.key as criterion, c.value::numeric as points
        from results r
            join appraisals a on a.tenant_id = r.tenant_id and a.id = r.appraisal_id
            cross join lateral jsonb_each_text(r.criteria) c
        where r.tenant_id = :tenant and r.cycle_id = :cycle and r.superseded_by is null and c.value is not null
        union all
        select a.unit_id, :local_score, r.local_score
        from results r join appraisals a on a.tenant_id = r.tenant_id and a.id = r.appraisal_id
        where r.tenant_id = :tenant and r.cycle_id = :cycle and r.superseded_by is null and r.local_score is not null
    )
    select criterion, unit_id, count(*) as people, avg(points) as mean, stddev_samp(points) as deviation,
        percentile_cont(0.25) within group (order by points)::numeric as lower_quartile,
        percentile_cont(0.5) within group (order by points)::numeric as median,
        percentile_cont(0.75) within group (order by points)::numeric as upper_quartile
    from scored group by grouping sets ((criterion), (criterion, unit_id))
    order by criterion, unit_id nulls first
    """
)


async def spread(session: AsyncSession, cycle: Cycle) -> list[Spread]:
    """How the points of the newest results are spread, by criterion and unit."""
    values = {"tenant": cycle.tenant_id, "cycle": cycle.id, "local_score": LOCAL_SCORE}
    rows = (await session.execute(_SPREAD, values)).mappings().all()
    return [Spread(**dict(row)) for row in rows]


async def punctuality(session: AsyncSession, cycle_id: UUID) -> list[Punctuality]:
    """What came of this service's obligations, by kind."""
    # Against the due date as it is now: who got more time and kept it was in time.
    done, late = col(ObligationRow.state) == "DONE", col(ObligationRow.closed_at) > col(ObligationRow.due_at)
    counting = (
        select(
            col(ObligationRow.kind),
            func.count().filter(done, ~late),
            func.count().filter(done, late),
            func.count().filter(col(ObligationRow.state) == "LAPSED"),
        )
        .where(col(ObligationRow.cycle_id) == cycle_id)
        .group_by(col(ObligationRow.kind))
        .order_by(col(ObligationRow.kind))
    )
    return [Punctuality(*row) for row in (await session.execute(counting)).all()]
