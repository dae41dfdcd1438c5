"""Keeps what an import did, for the office to look up."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.chunks import in_chunks
from kit.db import actor, clock
from services.registry.commands.report import Report
from services.registry.models import Import, ImportRow

_PIECE = 5_000


async def keep_report(session: AsyncSession, import_id: UUID, report: Report, files: list[dict[str, Any]]) -> None:
    """The import and each of its lines."""
    who = actor(session)
    session.add(
        Import(
            tenant_id=who.tenant_id,
            id=import_id,
            imported_at=clock(session).now(),
            imported_by=str(who),
            files=files,
            counts=report.counts(),
        )
    )
    rows = [
        {
            "tenant_id": who.tenant_id,
            "import_id": import_id,
            "number": number,
            "file": row.file,
            "line": row.line,
            "subject_id": row.subject_id,
            "code": row.code,
            "outcome": row.outcome,
            "note": row.note,
        }
        for number, row in enumerate(report.rows(), start=1)
    ]
    for piece in in_chunks(rows, _PIECE):
        await session.execute(insert(ImportRow), list(piece), execution_options={"render_nulls": True})
