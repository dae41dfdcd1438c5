"""The events of batches, made from their rows."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.exports import ExportRowsSettled, ResultsExported, SettledBy, SettledRow
from kit.chunks import in_chunks
from kit.outbox import emit
from services.evaluation.national.models import NationalBatch


def exported(session: AsyncSession, batch: NationalBatch, *, held: Mapping[str, int]) -> None:
    """In numbers."""
    event = ResultsExported(
        tenant_id=batch.tenant_id,
        cycle_id=batch.cycle_id,
        batch_id=batch.id,
        results=batch.results,
        rows=batch.rows,
        held=dict(held),
        sha256=batch.sha256,
        made_by=batch.made_by,
    )
    emit(session, event)


def settled(
    session: AsyncSession,
    rows: Sequence[Any],
    *,
    batch: NationalBatch,
    by: SettledBy,
    left: int,
) -> None:
    """What became of rows of one batch; ``left`` are still to be answered."""
    told = sorted((_row(one) for one in rows), key=lambda one: (one.result_id, one.part))
    for some in in_chunks(told):
        about: dict[str, UUID | str] = {"tenant_id": batch.tenant_id, "cycle_id": batch.cycle_id, "batch_id": batch.id}
        emit(session, ExportRowsSettled.model_validate(about | {"settled_by": by, "rows": tuple(some), "open": left}))


def _row(row: Any) -> SettledRow:
    return SettledRow(row_id=row.id, result_id=row.result_id, part=row.part, state=row.state, code=row.code)
