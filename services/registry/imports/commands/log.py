"""Keeps what an import did, for the office to look up."""

from collections.abc import Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor, clock
from services.registry.imports.models import Import
from services.registry.imports.rules.report import Report, RowDone

_PIECE = 5_000
"""Rows a statement: few round trips, and no arrays of a hundred thousand texts at once."""
# Arrays instead of rows of parameters: seven whatever the number of rows, where PostgreSQL takes 65,535 in all.
_KEEP = text(
    """
    insert into import_rows (tenant_id, import_id, number, file, line, subject_id, code, outcome, note)
    select :tenant, :import, row.* from unnest(
        cast(:numbers as int[]), cast(:files as text[]), cast(:lines as int[]), cast(:subjects as uuid[]),
        cast(:codes as text[]), cast(:outcomes as text[]), cast(:notes as text[])
    ) as row
    """
)


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
    numbered = enumerate(report.rows(), start=1)
    while piece := list(islice(numbered, _PIECE)):
        await session.execute(_KEEP, {"tenant": who.tenant_id, "import": import_id, **_columns(piece)})


def _columns(rows: Sequence[tuple[int, RowDone]]) -> dict[str, list[Any]]:
    return {
        "numbers": [number for number, _ in rows],
        "files": [row.file for _, row in rows],
        "lines": [row.line for _, row in rows],
        "subjects": [row.subject_id for _, row in rows],
        "codes": [row.code for _, row in rows],
        "outcomes": [row.outcome for _, row in rows],
        "notes": [row.note for _, row in rows],
    }
