"""Routes of initiatives, innovations and ideas."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from contracts.base import Relation
from contracts.evidence import Evidence, Evidences
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from services.plans.initiatives import queries
from services.plans.initiatives.commands import initiatives, verification
from services.plans.initiatives.rules import InitiativeKind, InitiativeState
from services.plans.lookups.commands import LOOKUPS
from services.plans.lookups.rules import Record
from services.plans.plans.rules.texts import Text, Title

router = web.router(tags=["initiatives"])


class InitiativeRequest(BaseModel):
    """What somebody began of his own accord."""

    cycle_id: UUID
    servant_id: UUID | None = None
    """Somebody whom the writer rates; the writer himself, if left out."""
    kind: InitiativeKind
    title: Title
    description: Text
    benefit: Text
    evidence: Evidences = Field(default_factory=list)
    """What shows the benefit, the community's answer included (PLB-6)."""


class EvidenceRequest(BaseModel):
    """More proof of an initiative; what was pointed to before stays."""

    evidence: Annotated[Evidences, Field(min_length=1)]


class VerificationRequest(BaseModel):
    """What the rater found; a reason is required where it is not recognised."""

    recognised: bool
    document: Annotated[str, StringConstraints(max_length=300)] | None = None
    reason: Annotated[str, StringConstraints(max_length=4000)] | None = None


class InitiativeResponse(FromRow):
    """An initiative and what was found of it."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    kind: InitiativeKind
    title: str
    description: str
    benefit: str
    recorded_by: UUID
    recorded_at: datetime
    state: InitiativeState
    verified_by: UUID | None
    verified_at: datetime | None
    document: str | None
    reason: str | None
    evidence: list[Evidence]


@router.post(
    "/initiatives",
    status_code=201,
    summary="Write down an initiative of one's own or of somebody one rates",
    **permits(Relation.SELF, Relation.RATER),
)
async def record(body: InitiativeRequest, session: web.Session, acting: web.Acting) -> InitiativeResponse:
    wanted = dict(body) | {"servant_id": body.servant_id or acting.id}
    return InitiativeResponse.model_validate(await initiatives.record(session, **wanted))


@router.post(
    "/initiatives/{initiative_id}/verification",
    summary="Recognise an initiative, or say why not",
    **permits(
        Relation.RATER,
        Relation.DEBTOR,
        note="debtor of the obligation to verify",
        concerns="the servant, where nobody rates him or her",
    ),
)
async def verify(initiative_id: UUID, body: VerificationRequest, session: web.Session) -> InitiativeResponse:
    return InitiativeResponse.model_validate(await verification.verify(session, initiative_id, **body.model_dump()))


@router.post(
    "/initiatives/{initiative_id}/evidence",
    summary="Point to more proof of an initiative until the evaluation is over",
    **permits(Relation.SELF, Relation.RATER),
)
async def prove(initiative_id: UUID, body: EvidenceRequest, session: web.Session) -> InitiativeResponse:
    return InitiativeResponse.model_validate(await initiatives.prove(session, initiative_id, evidence=body.evidence))


@router.get(
    "/initiatives",
    summary="Initiatives of oneself and of those one leads; all for the office",
    **permits(Relation.ANYONE, note="one's own, of those one leads; all for the office"),
)
async def list_initiatives(
    session: web.Session, paging: Paging, cycle_id: UUID | None = None, servant_id: UUID | None = None
) -> Page[InitiativeResponse]:
    found = await queries.page(session, cycle_id=cycle_id, servant_id=servant_id, window=paging)
    await LOOKUPS.note(session, Record.INITIATIVE, [one.servant_id for one in found.items])
    return page_of(found, InitiativeResponse.model_validate)


@router.get(
    "/initiatives/{initiative_id}",
    summary="One initiative with what was found of it",
    **permits(*queries.READERS),
)
async def read(initiative_id: UUID, session: web.Session) -> InitiativeResponse:
    return InitiativeResponse.model_validate(await queries.one(session, initiative_id))
