"""Which appraisals have everything that their result is made from."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, any_, bindparam, exists, literal, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.obligations import ObligationKind
from obligations.rows import IS_OPEN, ROWS, ObligationRow
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Assessment, PeerSecret
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.organisations.models import UnitPerformance
from services.evaluation.visits.models import Visit


def _assessed_by_superior() -> ColumnElement[bool]:
    return exists().where(
        col(Assessment.appraisal_id) == col(Appraisal.id),
        col(Assessment.tenant_id) == col(Appraisal.tenant_id),
        col(Assessment.role) == AssessorRole.SUPERIOR.value,
    )


def _waits_for_panel() -> ColumnElement[bool]:
    """The panel has still to visit the unit, to hear what those observed say, or to assess what it saw."""
    kinds = (ObligationKind.VISIT_UNIT.value, ObligationKind.RESPOND_TO_VISIT.value, ObligationKind.ASSESS_PANEL.value)
    return (
        exists()
        .where(
            col(Visit.tenant_id) == col(Appraisal.tenant_id),
            col(Visit.cycle_id) == col(Appraisal.cycle_id),
            col(Visit.unit_id) == col(Appraisal.unit_id),
            col(ObligationRow.tenant_id) == col(Visit.tenant_id),
            col(ObligationRow.subject_id) == col(Visit.id),
            col(ObligationRow.kind).in_(kinds),
            col(ObligationRow.state) == "OPEN",
        )
        .correlate(Appraisal)
    )


def _organisation_is_set() -> ColumnElement[bool]:
    return exists().where(
        col(UnitPerformance.tenant_id) == col(Appraisal.tenant_id),
        col(UnitPerformance.cycle_id) == col(Appraisal.cycle_id),
        col(UnitPerformance.unit_id) == col(Appraisal.unit_id),
    )


# One statement for any number of appraisals, compiled once; each condition is an `exists` on an index.
_READY = (
    select(Appraisal)
    .where(
        col(Appraisal.id) == any_(bindparam("ids", type_=ARRAY(PG_UUID))),
        col(Appraisal.state) == AppraisalState.OPEN.value,
        _assessed_by_superior(),
        or_(col(Appraisal.final_actuals), col(Appraisal.plan).is_(None)),
        ~_waits_for_panel(),
        or_(~col(Appraisal.is_head), _organisation_is_set()),
    )
    .order_by(col(Appraisal.id))
    .execution_options(populate_existing=True)
)


async def ready(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> Sequence[Appraisal]:
    """Open appraisals that the superior assessed, whose last actuals are in, and for which no panel still owes.

    Of a cycle in which no colleague owes an assessment any more (:func:`colleagues_owe`).

    Asks in a statement of its own after the rows were locked, so that it sees what a concurrent transaction did that
    held the lock before.
    """
    return (await session.scalars(_READY, {"ids": list(appraisal_ids)})).all()


# In a cycle without a secret no colleague is ever asked: most cities pay for this look with one key. The kind is written
# out, so that the index of open obligations by kind serves.
_COLLEAGUES_OWE = exists().where(
    ROWS.c.tenant_id == col(PeerSecret.tenant_id),
    ROWS.c.cycle_id == col(PeerSecret.cycle_id),
    ROWS.c.kind == literal_column(f"'{ObligationKind.ASSESS_PEER.value}'"),
    IS_OPEN,
)
_OWING_CYCLE = select(literal(1)).where(col(PeerSecret.cycle_id) == bindparam("cycle_id"), _COLLEAGUES_OWE)
_WAITING = (
    select(col(Appraisal.id))
    .join(PeerSecret, col(PeerSecret.cycle_id) == col(Appraisal.cycle_id))
    .join(Cycle, col(Cycle.id) == col(Appraisal.cycle_id))
    .where(
        col(Appraisal.state) == AppraisalState.OPEN.value,
        col(Cycle.state) == CycleState.OPEN.value,
        col(Cycle.paused_at).is_(None),
    )
)
_RELEASED = (
    _WAITING.where(col(Appraisal.assessed_by).is_not(None), ~_COLLEAGUES_OWE, col(Appraisal.id) > bindparam("after"))
    .order_by(col(Appraisal.id))
    .limit(bindparam("most"))
)


async def colleagues_owe(session: AsyncSession, cycle_id: UUID) -> bool:
    """Whether anybody in the cycle still owes an anonymous assessment, about whomever."""
    return (await session.scalars(_OWING_CYCLE, {"cycle_id": cycle_id})).first() is not None


async def released(session: AsyncSession, *, after: UUID, limit: int) -> Sequence[UUID]:
    """Appraisals, by id, that may have waited for colleagues, in cycles in which none of these owes any more."""
    return (await session.scalars(_RELEASED, {"after": after, "most": limit})).all()


async def some_wait(session: AsyncSession) -> bool:
    """Whether anybody has no result yet in a cycle in which colleagues are asked."""
    return (await session.scalars(_WAITING.limit(1))).first() is not None
