"""The events of results, made from their rows."""

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
    ResultReceived,
    ResultSuperseded,
)
from kit.outbox import emit
from services.evaluation.cycles.models import Cycle
from services.evaluation.results.models import Result


def issued(session: AsyncSession, result: Result) -> None:
    told = ResultIssued(
        **_version(result),
        issued_at=result.issued_at,
        issued_by=result.issued_by,
        by_superior=result.by_superior,
        reason=result.reason,
    )
    emit(session, told, reason=result.reason)


def delivered(session: AsyncSession, result: Result, *, at: datetime) -> None:
    told = ResultDelivered(**_about(result), result_id=result.id, version=result.version, delivered_at=at)
    emit(session, told)


def received(session: AsyncSession, result: Result, *, at: datetime) -> None:
    told = ResultReceived(
        **_version(result),
        received_at=at,
        deemed=bool(result.deemed),
        object_until=result.object_until,
    )
    emit(session, told)


def superseded(session: AsyncSession, result: Result, cycle: Cycle, *, by: Result) -> None:
    told = ResultSuperseded(
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
    emit(session, told)


def finalised(session: AsyncSession, result: Result, cycle: Cycle, *, at: datetime, replaces: UUID | None) -> None:
    """Self-sufficient for payroll: who, which period, which predicate, and the version that it takes the place of."""
    told = ResultFinalised(
        **_version(result),
        finalised_at=at,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        months=cycle.months,
        replaces_version=None if replaces is None else result.version - 1,
        replaces_result_id=replaces,
    )
    emit(session, told)


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
        "criteria": {code: None if value is None else Decimal(value) for code, value in result.criteria.items()},
        "final_without_objection": result.final_without_objection,
    }
