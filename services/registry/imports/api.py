"""Imports over HTTP: files in, a report or every error in them out."""

from datetime import datetime
from pathlib import PurePath
from typing import Annotated, Literal
from uuid import UUID

from fastapi import File, Query, Request, UploadFile

from contracts.base import Frozen, Relation, Role
from kit import web
from kit.access import permits, require_role
from kit.errors import Invalid
from kit.files.errors import FileError
from kit.paging import Page, Paging, page_of
from kit.problems import language
from kit.web import Session
from services.registry.imports.commands.imports import InvalidFiles, import_files
from services.registry.imports.models import ImportRow
from services.registry.imports.queries import imports
from services.registry.imports.rules.report import UNCHANGED, Report, RowDone
from services.registry.imports.rules.submission import Upload

router = web.router(tags=["imports"])

LARGEST = 100_000_000
"""Bytes in one file; 100,000 people are some 20 million."""
MOST_ROWS = 500
"""Lines in the answer itself; the rest is read page by page."""
MOST_ERRORS = 1000
"""Errors in the answer."""
_READ = ("read an import", "membaca impor")


class ImportRowResponse(Frozen):
    """What became of one line."""

    file: str
    line: int | None
    subject_id: UUID
    code: str
    outcome: str
    note: str | None = None

    @classmethod
    def of(cls, row: RowDone | ImportRow) -> "ImportRowResponse":
        """From the report or its row."""
        return cls(
            file=row.file,
            line=row.line,
            subject_id=row.subject_id,
            code=row.code,
            outcome=row.outcome,
            note=row.note,
        )


class ImportReportResponse(Frozen):
    """What an import did, or would do."""

    import_id: UUID | None
    dry_run: bool
    policies: list[str]
    counts: dict[str, dict[str, int]]
    rows: list[ImportRowResponse]
    """Lines that did something, the first few hundred."""

    @classmethod
    def of(cls, report: Report, *, dry_run: bool) -> "ImportReportResponse":
        """From the command's report."""
        notable = [row for row in report.rows() if row.outcome != UNCHANGED or row.note]
        return cls(
            import_id=report.import_id,
            dry_run=dry_run,
            policies=report.policies,
            counts=report.counts(),
            rows=[ImportRowResponse.of(row) for row in notable[:MOST_ROWS]],
        )


class ImportResponse(Frozen):
    """An import that was taken in."""

    id: UUID
    imported_at: datetime
    imported_by: str
    files: list[dict[str, str | int]]
    counts: dict[str, dict[str, int]]


@router.post(
    "/imports",
    status_code=201,
    responses={422: {"description": "Every error in the files, with its place."}},
    **permits(Relation.OFFICE, concerns="each person whose record or rater a line changes; such a line is an error"),
)
async def submit_files(
    request: Request,
    session: Session,
    files: Annotated[list[UploadFile], File(description="policy.yaml, units.csv or .xlsx, servants.csv or .xlsx")],
    *,
    dry_run: Annotated[bool, Query(description="Judge and rehearse, change nothing.")] = False,
) -> ImportReportResponse:
    """Import the files of a place: all or nothing, and a second time changes nothing."""
    uploads = [await _upload(file) for file in files]
    try:
        report = await import_files(session, uploads, dry_run=dry_run)
    except InvalidFiles as error:
        shown = [_in_one_language(one, language(request)) for one in error.errors[:MOST_ERRORS]]
        raise Invalid(error.en, error.indonesian, errors=shown, total=len(error.errors)) from error
    return ImportReportResponse.of(report, dry_run=dry_run)


@router.get("/imports/{import_id}", **permits(Relation.OFFICE))
async def read_import(session: Session, import_id: UUID) -> ImportResponse:
    """Read what an import did, in sum."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_READ)
    return ImportResponse.model_validate((await imports.import_of(session, import_id)).model_dump())


@router.get("/imports/{import_id}/rows", **permits(Relation.OFFICE))
async def list_import_rows(
    session: Session,
    paging: Paging,
    import_id: UUID,
    outcome: Literal["created", "changed", "unchanged", "not in file"] | None = None,
) -> Page[ImportRowResponse]:
    """List what each line of an import did."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_READ)
    await imports.import_of(session, import_id)
    found = await imports.page_of_rows(session, import_id, window=paging, outcome=outcome)
    return page_of(found, ImportRowResponse.of)


async def _upload(file: UploadFile) -> Upload:
    name = PurePath(file.filename or "-").name
    if (file.size or 0) > LARGEST:
        raise Invalid(f"{name} has more than {LARGEST} bytes", f"{name} lebih dari {LARGEST} bita")
    return Upload(name, await file.read())


def _in_one_language(error: FileError, tongue: str) -> dict[str, str | int]:
    wrong, fix = error.wrong, error.fix
    return {
        "file": error.file,
        "line": error.line,
        "column": error.column,
        "wrong": wrong.id if tongue == "id" else wrong.en,
        "mend": fix.id if tongue == "id" else fix.en,
    }
