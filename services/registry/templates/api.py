"""Files to fill in over HTTP."""

import asyncio
from enum import StrEnum

from fastapi import Response

from contracts.base import Relation, Role
from kit import web
from kit.access import permits, require_role
from kit.sheets.tables import SheetFormat
from kit.sheets.writing import ANSWERS, Format
from kit.web import Session
from services.registry.templates import queries
from services.registry.templates.rules import servants
from services.registry.templates.rules.text import as_text
from services.registry.templates.rules.workbook import as_workbook

router = web.router(tags=["imports"])


class TemplateKind(StrEnum):
    """What the file is of."""

    SERVANTS = "servants"


@router.get(
    "/imports/templates/{kind}",
    response_class=Response,
    responses=ANSWERS,
    **permits(Relation.OFFICE),
)
async def read_template(session: Session, kind: TemplateKind, form: Format = SheetFormat.XLSX) -> Response:
    """Read a file to fill in: the columns of an import, lists of what they may say, and an example that is never imported."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("fill in files of the city", "mengisi berkas kota"))
    units = await queries.units(session)
    columns = servants.columns(list(units))
    made = (
        asyncio.to_thread(as_workbook, columns, units)
        if form is SheetFormat.XLSX
        else asyncio.to_thread(as_text, columns)
    )
    told = {"Content-Disposition": f'attachment; filename="{kind.value}.{form.value}"', "Cache-Control": "no-store"}
    return Response(await made, media_type=form.media_type, headers=told)
