"""Events of periodic evaluations."""

from uuid import UUID

from contracts.base import Predicate, Rating
from contracts.evaluation.periods import PeriodEvaluated
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.periods.models import PeriodicEvaluation


def evaluated(appraisal: Appraisal, row: PeriodicEvaluation, *, by: UUID) -> PeriodEvaluated:
    """The ratings as they are given now; asked for again after another evaluation, another event says so."""
    return PeriodEvaluated(
        tenant_id=row.tenant_id,
        appraisal_id=appraisal.id,
        cycle_id=appraisal.cycle_id,
        servant_id=appraisal.servant_id,
        period=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        result_rating=Rating(row.result_rating or ""),
        behaviour_rating=Rating(row.behaviour_rating or ""),
        predicate=Predicate(row.predicate or ""),
        evaluated_by=by,
    )
