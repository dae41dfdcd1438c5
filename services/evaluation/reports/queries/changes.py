"""Results that objections changed and no report has told of yet, and the reports that were made (L V.B.7-8)."""

from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, exists, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.reports import ChangedResult
from kit.access import require_role
from kit.keyset import Found, Window, read
from services.evaluation.cycles.queries.context import cycle
from services.evaluation.reports.models import UpwardReport
from services.evaluation.results.models import Result


async def unreported_changes(session: AsyncSession, cycle_id: UUID) -> list[dict[str, Any]]:
    """Each version that the decision on an objection made and no earlier report of the cycle names, oldest first."""
    named = func.jsonb_build_array(func.jsonb_build_object("result_id", cast(col(Result.id), Text)))
    told = exists().where(col(UpwardReport.cycle_id) == cycle_id, col(UpwardReport.changes).contains(named))
    looking = select(Result).where(col(Result.cycle_id) == cycle_id, col(Result.objection_id).is_not(None), ~told)
    rows = (await session.scalars(looking.order_by(col(Result.id)))).all()
    return [
        ChangedResult.model_validate(
            {"objection_id": row.objection_id, "result_id": row.id, "version": row.version, "predicate": row.predicate}
        ).model_dump(mode="json")
        for row in rows
    ]


async def page(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[UpwardReport]:
    """The reports of a cycle, in the order in which they were made; raises NotFound for one that is not there."""
    what = ("read the reports upward", "membaca laporan hasil penilaian")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=what)
    await cycle(session, cycle_id)
    looking = select(UpwardReport).where(col(UpwardReport.cycle_id) == cycle_id)
    return await read(session, looking, col(UpwardReport.id), window=window)
