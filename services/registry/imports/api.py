"""Imports over HTTP: files in, errors or a report out."""

from datetime import datetime
from pathlib import PurePath
from typing import Annotated, Literal
from uuid import UUID

from fastapi import File, Query, Request, UploadFile

from contracts.base import Frozen, Role
from kit.actor import Actor
from kit.errors import Forbidden, Invalid
from kit.files.errors import FileError
from kit.web import Acting, Session, language, router
from services.registry.imports.commands.imports import InvalidFiles, import_files
from services.registry.imports.models import ImportRow
from services.registry.imports.queries import imports
from services.registry.imports.rules.report import UNCHANGED, Report, RowDone
from services.registry.imports.rules.submission import Upload
from services.registry.paging import Cursor, Limit, Page, pack, unpack

routes = router(tags=["imports"])

LARGEST = 100_000_000
"""Bytes in one file; 100,000 people are some 20 million."""
SHOWN = 500
"""Lines in the answer itself; the rest is read page by page."""
TOLD = 1000
"""FileErrors in the answer."""


class RowView(Frozen):
    """What became of one line."""

    file: str
    line: int | None
    subject_id: UUID
    code: str
    outcome: str
    note: str | None = None

    @classmethod
    def of(cls, row: RowDone | ImportRow) -> "RowView":
        """From the report or its row."""
        return cls(
            file=row.file,
            line=row.line,
            subject_id=row.subject_id,
            code=row.code,
            outcome=row.outcome,
            note=row.note,
        )


class ImportReport(Frozen):
    """What an import did, or would do."""

    import_id: UUID | None
    dry_run: bool
    policies: list[str]
    counts: dict[str, dict[str, int]]
    rows: list[RowView]
    """Lines that did something, the first few hundred."""

    @classmethod
    def of(cls, report: Report, *, dry_run: bool) -> "ImportReport":
        """From the command's report."""
        telling = [row for row in report.rows() if row.outcome != UNCHANGED or row.note]
        return cls(
            import_id=report.import_id,
            dry_run=dry_run,
            policies=report.policies,
            counts=report.counts(),
            rows=[RowView.of(row) for row in telling[:SHOWN]],
        )


class ImportView(Frozen):
    """An import that was taken in."""

    id: UUID
    imported_at: datetime
    imported_by: str
    files: list[dict[str, str | int]]
    counts: dict[str, dict[str, int]]


class RowPage(Page):
    """Lines of an import."""

    items: list[RowView]


@routes.post("/imports", status_code=201, responses={422: {"description": "FileErrors, each with its place."}})
async def bring(
    request: Request,
    session: Session,
    files: Annotated[list[UploadFile], File(description="policy.yaml, units.csv or .xlsx, servants.csv or .xlsx")],
    *,
    dry_run: Annotated[bool, Query(description="Judge and rehearse, change nothing.")] = False,
) -> ImportReport:
    """Import the files of a place: all or nothing, and a second time changes nothing."""
    uploads = [await _upload(file) for file in files]
    try:
        report = await import_files(session, uploads, dry_run=dry_run)
    except InvalidFiles as error:
        tongue = language(request)
        told = [_told(one, tongue) for one in error.errors[:TOLD]]
        raise Invalid(error.en, error.indonesian, errors=told, total=len(error.errors)) from error
    return ImportReport.of(report, dry_run=dry_run)


@routes.get("/imports/{import_id}")
async def read_import(session: Session, actor: Acting, import_id: UUID) -> ImportView:
    """Read what an import did, in sum."""
    _require_office(actor)
    return ImportView.model_validate((await imports.import_of(session, import_id)).model_dump())


@routes.get("/imports/{import_id}/rows")
async def list_import_rows(
    session: Session,
    actor: Acting,
    import_id: UUID,
    cursor: Cursor = None,
    limit: Limit = 200,
    outcome: Literal["created", "changed", "unchanged", "not in file"] | None = None,
) -> RowPage:
    """List what each line of an import did."""
    _require_office(actor)
    await imports.import_of(session, import_id)
    after = int(unpack(cursor, 1)[0]) if cursor else 0
    rows = await imports.import_rows(session, import_id, after=after, limit=limit + 1, outcome=outcome)
    more = pack(rows[limit - 1].number) if len(rows) > limit else None
    return RowPage(items=[RowView.of(row) for row in rows[:limit]], next=more)


async def _upload(file: UploadFile) -> Upload:
    name = PurePath(file.filename or "-").name
    if (file.size or 0) > LARGEST:
        raise Invalid(f"{name} has more than {LARGEST} bytes", f"{name} lebih dari {LARGEST} bita")
    return Upload(name, await file.read())


def _told(mistake: FileError, tongue: str) -> dict[str, str | int]:
    wrong, fix = mistake.wrong, mistake.fix
    return {
        "file": mistake.file,
        "line": mistake.line,
        "column": mistake.column,
        "wrong": wrong.id if tongue == "id" else wrong.en,
        "mend": fix.id if tongue == "id" else fix.en,
    }


def _require_office(actor: Actor) -> None:
    if not actor.has(Role.PERFORMANCE_OFFICE):
        raise Forbidden("imports are for the performance office", "impor hanya untuk pengelola kinerja")
