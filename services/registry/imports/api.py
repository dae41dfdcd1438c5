"""Imports over HTTP: files in, a report or every error in them out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends, Query, Request
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from contracts.base import Frozen, Relation, Role
from kit import web
from kit.access import permits, require_role
from kit.actor import Actor
from kit.errors import Invalid
from kit.files import limits
from kit.files.uploads import form_of, form_with, in_one_language, told_to
from kit.guarded import heavy
from kit.paging import Page, Paging, page_of
from kit.preparing import made, prepared
from kit.problems import language
from kit.web import Session
from services.registry.imports.commands.imports import import_files
from services.registry.imports.commands.mappings import confirm
from services.registry.imports.commands.reading import Reading, Wish, read
from services.registry.imports.models import ImportMapping, ImportRow
from services.registry.imports.queries import imports
from services.registry.imports.rules.report import UNCHANGED, Report, RowDone

router = web.router(tags=["imports"])

MOST_ROWS = 500
"""Lines in the answer itself; the rest is read page by page."""
_FORM_BYTES = 1_000_000
"""What a form takes beside its files; which file is too large is said by the limit itself."""
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


class NormalisedResponse(Frozen):
    """So many cells of a column were read as something else: ``III/D`` -> ``III/d``, 214 rows."""

    column: str
    written: str = Field(alias="from")
    read: str = Field(alias="to")
    rows: int


class PassedOverResponse(Frozen):
    """A line of a table that is no person: a footer, or the numbers of the columns."""

    file: str
    sheet: str
    row: int
    text: str
    why: str


class WarningResponse(Frozen):
    """What is allowed, but should be looked at."""

    file: str
    sheet: str = ""
    line: int
    column: int
    wrong: str
    mend: str


class ImportReportResponse(Frozen):
    """What an import did, or would do."""

    import_id: UUID | None
    dry_run: bool
    policies: list[str]
    counts: dict[str, dict[str, int]]
    rows: list[ImportRowResponse]
    """Lines that did something, the first few hundred."""
    normalised: tuple[NormalisedResponse, ...] = ()
    """Values that were read otherwise than they are written."""
    passed_over: tuple[PassedOverResponse, ...] = ()
    """Lines that are no people."""
    warnings: tuple[WarningResponse, ...] = ()
    """What is allowed, but should be looked at; the first hundred."""

    @classmethod
    def of(cls, report: Report, *, dry_run: bool, tongue: str) -> "ImportReportResponse":
        """From the command's report."""
        notes = report.notes
        notable = [row for row in report.rows() if row.outcome != UNCHANGED or row.note]
        return cls(
            import_id=report.import_id,
            dry_run=dry_run,
            policies=report.policies,
            counts=report.counts(),
            rows=[ImportRowResponse.of(row) for row in notable[:MOST_ROWS]],
            normalised=tuple(NormalisedResponse.model_validate(one) for one in notes.get("normalised", ())),
            passed_over=tuple(PassedOverResponse.model_validate(one) for one in notes.get("passed_over", ()))[
                :MOST_ROWS
            ],
            warnings=tuple(
                WarningResponse.model_validate(in_one_language(one, tongue)) for one in notes.get("warnings", ())
            ),
        )


class ImportResponse(Frozen):
    """An import that was taken in."""

    id: UUID
    imported_at: datetime
    imported_by: str
    files: list[dict[str, str | int]]
    counts: dict[str, dict[str, int]]


Said = Annotated[str, StringConstraints(max_length=500)]
Answers = Annotated[dict[Said, Annotated[dict[Said, Said], Field(max_length=1000)]], Field(max_length=30)]


class MappingRequest(Frozen):
    """Which column of an office's own table is which field, and what ambiguous values mean."""

    header: Annotated[list[Said], Field(min_length=1, max_length=100)]
    """As the proposal gives it."""
    columns: Annotated[dict[Said, Said], Field(min_length=1, max_length=30)]
    """The header of the column by field."""
    answers: Answers = Field(default_factory=dict)
    """By field: what a value means, e.g. ``{"position_kind": {"Struktural": "PENGAWAS"}}``."""


class MappingResponse(Frozen):
    """What was confirmed of a header."""

    key: str
    header: list[str]
    columns: dict[str, str]
    answers: dict[str, dict[str, str]]
    confirmed_at: datetime
    confirmed_by: UUID

    @classmethod
    def of(cls, row: ImportMapping) -> "MappingResponse":
        """From its row."""
        return cls.model_validate(row.model_dump() | {"columns": row.fields_by_name})


_PARTS = frozenset({"answers"})
"""Of the form, beside its files."""
_FORM = form_with(
    "policy.yaml; units, servants, calendar, changes and competences as .csv or .xlsx; a table of people under any name",
    answers={
        "type": "string",
        "maxLength": 100_000,
        "description": 'JSON: by field, what a value means that the import asked about, e.g. {"rater_nip": {"-": ""}}',
    },
)


@asynccontextmanager
async def _reading(request: Request, actor: Actor) -> AsyncIterator[Reading]:
    """The files, read and judged before the transaction begins."""
    async with form_of(request, files=limits.FILES.most, parts=_PARTS) as (sent, form):
        state = request.app.state
        wish = Wish(_answers(form.get("answers")), request.query_params.get("propose", "").lower() in _TRUE)
        with told_to(request):
            async with read(state.database, actor, sent, places=state.places, wish=wish) as found:
                yield found


@router.post(
    "/imports",
    status_code=201,
    responses={
        422: {"description": "The first hundred errors in the files, with their places, and how many there are."}
    },
    openapi_extra=permits(
        Relation.OFFICE, concerns="each person whose record or rater a line changes; such a line is an error"
    )["openapi_extra"]
    | _FORM,
)
@heavy(largest=limits.ALL_BYTES.most + _FORM_BYTES, seconds=900)
@prepared(by=_reading)
async def submit_files(
    request: Request,
    session: Session,
    reading: Annotated[Any, Depends(made)],
    *,
    dry_run: Annotated[bool, Query(description="Judge and rehearse, change nothing.")] = False,
    propose: Annotated[  # noqa: ARG001 - read before the transaction begins
        bool, Query(description="Propose what the columns of an office's own table mean, though that is confirmed.")
    ] = False,
) -> ImportReportResponse:
    """Import the files of a place: all or nothing, and a second time changes nothing."""
    with told_to(request):
        report = await import_files(session, reading, dry_run=dry_run)
        return ImportReportResponse.of(report, dry_run=dry_run, tongue=language(request))


@router.put(
    "/imports/mappings", **permits(Relation.OFFICE, alike="it concerns a layout, and whoever is in files that have it")
)
async def confirm_mapping(session: Session, body: MappingRequest) -> MappingResponse:
    """Confirm or change what the columns of a table of people mean; every later file with this header is read so."""
    row = await confirm(session, header=body.header, columns=body.columns, answers=body.answers)
    return MappingResponse.of(row)


@router.get("/imports/mappings", **permits(Relation.OFFICE, Relation.AUDITOR))
async def list_mappings(session: Session, paging: Paging) -> Page[MappingResponse]:
    """List what was confirmed of the layouts of this city's files."""
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=_READ)
    return page_of(await imports.page_of_mappings(session, window=paging), MappingResponse.of)


@router.get("/imports/{import_id}", **permits(Relation.OFFICE, Relation.AUDITOR))
async def read_import(session: Session, import_id: UUID) -> ImportResponse:
    """Read what an import did, in sum."""
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=_READ)
    return ImportResponse.model_validate((await imports.import_of(session, import_id)).model_dump())


@router.get("/imports/{import_id}/rows", **permits(Relation.OFFICE, Relation.AUDITOR))
async def list_import_rows(
    session: Session,
    paging: Paging,
    import_id: UUID,
    outcome: Literal["created", "changed", "unchanged", "not in file"] | None = None,
) -> Page[ImportRowResponse]:
    """List what each line of an import did."""
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=_READ)
    await imports.import_of(session, import_id)
    found = await imports.page_of_rows(session, import_id, window=paging, outcome=outcome)
    return page_of(found, ImportRowResponse.of)


_ANSWERS = TypeAdapter(Answers)
_TRUE = frozenset({"true", "1", "yes", "y", "on", "t"})
"""What counts as yes in a query; whatever is no answer at all is refused by the route."""


def _answers(given: object) -> dict[str, dict[str, str]]:
    if given is None:
        return {}
    try:
        return _ANSWERS.validate_json(str(given))
    except ValidationError as error:
        raise Invalid(
            'answers are JSON, by field and value, e.g. {"rater_nip": {"-": ""}}',
            'jawaban berupa JSON menurut isian dan nilai, contoh: {"rater_nip": {"-": ""}}',
            where="answers",
        ) from error
