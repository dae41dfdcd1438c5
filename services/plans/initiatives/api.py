"""Routes of initiatives, innovations and ideas."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from kit import web
from services.plans.initiatives import queries
from services.plans.initiatives.commands import initiatives, verification
from services.plans.plans.rules.states import InitiativeState
from services.plans.shapes import Cursor, Identified, Limit, Page, Text, Title, page

router = web.router(tags=["initiatives"])


class Kind(StrEnum):
    """Only a recognised innovation or idea meets the condition of PP 30/2019 art. 41(5)."""

    INITIATIVE = "INITIATIVE"
    INNOVATION = "INNOVATION"
    IDEA = "IDEA"


class InitiativeIn(BaseModel):
    """What somebody began of his own accord."""

    cycle_id: UUID
    servant_id: UUID | None = None
    """Somebody whom the writer rates; the writer himself, if left out."""
    kind: Kind
    title: Title
    description: Text
    benefit: Text


class VerificationIn(BaseModel):
    """What the rater found; a reason is required where it is not recognised."""

    recognised: bool
    document: str | None = None
    reason: str | None = None


class InitiativeShown(Identified):
    """An initiative and what was found of it."""

    cycle_id: UUID
    servant_id: UUID
    kind: Kind
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


@router.post("/initiatives", status_code=201, summary="Write down an initiative of one's own or of somebody one rates")
async def record(body: InitiativeIn, session: web.Session, acting: web.Acting) -> InitiativeShown:
    initiative = await initiatives.record(
        session,
        cycle_id=body.cycle_id,
        servant_id=body.servant_id or acting.id,
        kind=body.kind,
        title=body.title,
        description=body.description,
        benefit=body.benefit,
    )
    return InitiativeShown.model_validate(initiative)


@router.post("/initiatives/{initiative_id}/verification", summary="Recognise an initiative, or say why not")
async def verify(initiative_id: UUID, body: VerificationIn, session: web.Session) -> InitiativeShown:
    return InitiativeShown.model_validate(await verification.verify(session, initiative_id, **body.model_dump()))


@router.get("/initiatives", summary="Initiatives of oneself and of those one leads; all for the office")
async def list_initiatives(
    session: web.Session,
    cycle_id: UUID | None = None,
    servant_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[InitiativeShown]:
    rows = await queries.initiatives(session, cycle_id=cycle_id, servant_id=servant_id, after=cursor, limit=limit + 1)
    return page(InitiativeShown, rows, limit)
