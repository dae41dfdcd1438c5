"""Which appraisals have everything that their result is made from."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, any_, bindparam, exists, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Assessment
from services.evaluation.organisations.models import UnitPerformance
from services.evaluation.visits.models import Visit


def _assessed_by_superior() -> ColumnElement[bool]:
    return exists().where(
        col(Assessment.appraisal_id) == col(Appraisal.id),
        col(Assessment.tenant_id) == col(Appraisal.tenant_id),
        col(Assessment.role) == AssessorRole.SUPERIOR.value,
    )


def _open(kind: ObligationKind, about: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(ObligationRow.tenant_id) == col(Appraisal.tenant_id),
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.state) == "OPEN",
        about,
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
        ~_open(ObligationKind.ASSESS_PEER, col(ObligationRow.subject_id) == col(Appraisal.id)),
        ~_waits_for_panel(),
        or_(~col(Appraisal.is_head), _organisation_is_set()),
    )
    .order_by(col(Appraisal.id))
    .execution_options(populate_existing=True)
)


async def ready(session: AsyncSession, appraisal_ids: Sequence[UUID]) -> Sequence[Appraisal]:
    """Open appraisals that the superior assessed, whose last actuals are in, and for which nobody else still owes.

    Asks in a statement of its own after the rows were locked, so that it sees what a concurrent transaction did that
    held the lock before.
    """
    return (await session.scalars(_READY, {"ids": list(appraisal_ids)})).all()
