"""The events of results, made from their rows; of what is provisional, from the row of the appraisal."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating
from contracts.evaluation.results import (
    ResultDelivered,
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
    ResultSuperseded,
)
from kit.outbox import emit
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.results.models import Result
from services.evaluation.results.rules import actuals_of


def provisional(session: AsyncSession, context: CycleContext, appraisal: Appraisal) -> None:
    """Score, ratings and predicate as they stand."""
    event = ResultProvisional(
        tenant_id=appraisal.tenant_id,
        appraisal_id=appraisal.id,
        cycle_id=appraisal.cycle_id,
        servant_id=appraisal.servant_id,
        rater_id=appraisal.rater_id or appraisal.assessed_by or context.office_id,
        result_rating=Rating(appraisal.result_rating or ""),
        behaviour_rating=Rating(appraisal.behaviour_rating or ""),
        predicate=Predicate(appraisal.predicate or ""),
        local_score=appraisal.local_score,
        criteria=_numbers(appraisal.criteria or {}),
        indicators=actuals_of(appraisal.trace or ()),
        clarify_until=appraisal.clarify_until or context.now,
    )
    emit(session, event)


def issued(session: AsyncSession, result: Result) -> None:
    event = ResultIssued(
        **_version(result),
        issued_at=result.issued_at,
        issued_by=result.issued_by,
        by_superior=result.by_superior,
        reason=result.reason,
        indicators=actuals_of(result.trace),
        objection_id=result.objection_id,
    )
    emit(session, event, reason=result.reason)


def delivered(session: AsyncSession, result: Result, *, at: datetime) -> None:
    event = ResultDelivered(**_about(result), result_id=result.id, version=result.version, delivered_at=at)
    emit(session, event)


def received(session: AsyncSession, result: Result, *, at: datetime) -> None:
    event = ResultReceived(
        **_version(result),
        received_at=at,
        deemed=bool(result.deemed),
        object_until=result.object_until,
    )
    emit(session, event)


def superseded(session: AsyncSession, result: Result, cycle: Cycle, *, by: Result) -> None:
    event = ResultSuperseded(
        **_about(result),
        result_id=result.id,
        version=result.version,
        by_version=by.version,
        by_result_id=by.id,
        predicate=Predicate(result.predicate),
        was_final=result.finalised_at is not None,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
    )
    emit(session, event)


def finalised(session: AsyncSession, result: Result, cycle: Cycle, *, at: datetime, replaces: UUID | None) -> None:
    """Self-sufficient for payroll: who, which period, which predicate, and the version that it takes the place of."""
    event = ResultFinalised(
        **_version(result),
        finalised_at=at,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        months=cycle.months,
        replaces_version=None if replaces is None else result.version - 1,
        replaces_result_id=replaces,
    )
    emit(session, event)


def _about(result: Result) -> dict[str, Any]:
    return {
        "tenant_id": result.tenant_id,
        "appraisal_id": result.appraisal_id,
        "cycle_id": result.cycle_id,
        "servant_id": result.servant_id,
    }


def _version(result: Result) -> dict[str, Any]:
    return _about(result) | {
        "result_id": result.id,
        "version": result.version,
        "rater_id": result.rater_id,
        "authority_id": result.authority_id,
        "result_rating": Rating(result.result_rating),
        "behaviour_rating": Rating(result.behaviour_rating),
        "predicate": Predicate(result.predicate),
        "local_score": result.local_score,
        "local_band": result.local_band,
        "criteria": _numbers(result.criteria),
        "final_without_objection": result.final_without_objection,
    }


def _numbers(criteria: Mapping[str, str | None]) -> dict[str, Decimal | None]:
    return {code: None if value is None else Decimal(value) for code, value in criteria.items()}
