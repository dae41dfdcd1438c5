"""Routes of a person's profile across cycles: read by those concerned, taken along by the person."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.sheets.tables import SheetFormat
from kit.sheets.writing import ANSWERS, answer
from kit.web import Session
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record
from services.evaluation.profiles import queries
from services.evaluation.profiles.api.bodies import ProfileResponse, profile_of
from services.evaluation.profiles.api.tables import table

router = web.router(tags=["profiles"])


class Format(StrEnum):
    """How the file is written."""

    JSON = "json"
    CSV = "csv"
    """A row for each criterion of each result."""
    XLSX = "xlsx"
    """The same rows."""


@router.get(
    "/servants/{servant_id}/profile",
    summary="Strengths and areas to improve of a person across cycles",
    **permits(*queries.READERS, note="who leads the person today"),
)
async def read_profile(servant_id: UUID, session: Session) -> ProfileResponse:
    found = await queries.profile(session, servant_id)
    await LOOKUPS.note(session, Record.PROFILE, [servant_id])
    return profile_of(found)


@router.get(
    "/servants/{servant_id}/profile/download",
    summary="The same as a file for the person to keep",
    response_class=Response,
    responses={200: {"description": "The file", "content": {"application/json": {}, **ANSWERS[200]["content"]}}},
    **permits(Relation.SELF),
)
async def download_profile(
    servant_id: UUID, session: Session, written: Annotated[Format, Query(alias="format")] = Format.JSON
) -> Response:
    profile = profile_of(await queries.profile(session, servant_id, Relation.SELF))
    if written is not Format.JSON:
        return await answer(table(profile), SheetFormat(written.value))
    named = {"Content-Disposition": 'attachment; filename="profile.json"'}
    return Response(profile.model_dump_json(), media_type="application/json", headers=named)
