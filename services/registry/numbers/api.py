"""Numbers of people over HTTP: a wrong one is corrected, and those that a person had are read."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Frozen, Relation, Role
from contracts.registry.numbers import NumberKind
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Acting, Session
from services.registry.lookups.commands import LOOKUPS
from services.registry.lookups.rules import Record
from services.registry.numbers import commands, queries
from services.registry.servants import queries as servants

router = web.router(tags=["people"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
Document = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]


class NipCorrectionRequest(Frozen):
    """The right number, and why the recorded one was wrong."""

    nip: Annotated[str, StringConstraints(strip_whitespace=True, min_length=18, max_length=30)]
    """Eighteen digits; blanks as in the printed form do no harm."""
    reason: Reason
    document: Document
    """The decree, the letter of BKN or what else shows the number."""


class FormerNumberResponse(FromRow):
    """A number that a person had, and the one to which it gave way."""

    id: UUID
    servant_id: UUID
    kind: NumberKind
    former_nip: str
    nip: str
    effective_on: date
    reason: str
    document: str
    recorded_at: datetime
    recorded_by: UUID


@router.post(
    "/servants/{servant_id}/nip-corrections",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the person"),
)
async def correct_nip(session: Session, servant_id: UUID, body: NipCorrectionRequest) -> FormerNumberResponse:
    """Correct a person's number: the person, plans, ratings and obligations stay; both numbers are kept."""
    kept = await commands.correct(session, servant_id, nip=body.nip, reason=body.reason, document=body.document)
    return FormerNumberResponse.model_validate(kept)


@router.get("/servants/{servant_id}/former-numbers", **permits(Relation.SELF, Relation.OFFICE))
async def list_former_numbers(
    session: Session, actor: Acting, paging: Paging, servant_id: UUID
) -> Page[FormerNumberResponse]:
    """List the numbers that a person had before, oldest first."""
    if actor.id != servant_id:
        what = ("read the numbers of somebody else", "membaca nomor pegawai lain")
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    await servants.servant(session, servant_id)
    await LOOKUPS.note(session, Record.PERSONNEL_RECORD, [servant_id])
    found = await queries.page(session, servant_id, window=paging)
    return page_of(found, FormerNumberResponse.model_validate)
