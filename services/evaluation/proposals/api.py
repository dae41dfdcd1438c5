"""Routes of proposals after final results: lists, and the official's decision about many at once."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from contracts.evaluation.proposals import ProposalKind, ProposalState
from kit.web import Session, router
from services.evaluation.proposals import queries
from services.evaluation.proposals.commands import decisions
from services.evaluation.shapes import DEFAULT_LIMIT, Answer, Cursor, Limit, Page, Text, paged

routes = router(tags=["proposals"])


class ProposalShown(Answer):
    """A proposal with its frozen snapshot and what was decided."""

    id: UUID
    cycle_id: UUID
    appraisal_id: UUID
    result_id: UUID
    servant_id: UUID
    version: int
    kind: ProposalKind
    basis_id: str
    basis_en: str
    details: dict[str, str]
    state: ProposalState
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    superseded_at: datetime | None


class Decision(BaseModel):
    """Accept or decline these, for one reason."""

    proposal_ids: list[UUID] = Field(min_length=1, max_length=1000)
    accepted: bool
    reason: Text


class DecidedLine(BaseModel):
    """What became of one of them."""

    proposal_id: UUID
    outcome: decisions.Verdict


class Decided(BaseModel):
    """The outcome of each."""

    items: list[DecidedLine]


@routes.get("/proposals", summary="One's own proposals; all for the performance office")
async def list_proposals(
    session: Session,
    cycle_id: Annotated[UUID | None, Query()] = None,
    servant_id: Annotated[UUID | None, Query()] = None,
    kind: Annotated[ProposalKind | None, Query()] = None,
    state: Annotated[ProposalState | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[ProposalShown]:
    rows = await queries.page(
        session, cycle_id=cycle_id, servant_id=servant_id, kind=kind, state=state, after=cursor, limit=limit
    )
    return paged([ProposalShown.model_validate(row) for row in rows], rows[-1].id if rows else None, limit)


@routes.post("/proposals/decisions", summary="Accept or decline, with an outcome for each (competent official)")
async def decide(body: Decision, session: Session) -> Decided:
    decided = await decisions.decide(session, body.proposal_ids, accepted=body.accepted, reason=body.reason)
    return Decided(items=[DecidedLine(proposal_id=one.proposal_id, outcome=one.verdict) for one in decided])
