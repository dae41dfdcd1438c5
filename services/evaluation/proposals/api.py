"""Routes of proposals after final results: lists, and the official's decision about many at once."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field

from contracts.base import Words
from contracts.evaluation.proposals import ProposalKind, ProposalState
from directory.relations import Relation
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from kit.responses import FromRow
from kit.web import Session
from services.evaluation.fields import Text
from services.evaluation.lookups.commands import LOOKUPS
from services.evaluation.lookups.rules import Record
from services.evaluation.proposals.commands import decisions
from services.evaluation.proposals.models import Proposal
from services.evaluation.proposals.queries import proposals
from services.evaluation.proposals.rules.careers import advised, decided_details, stated

router = web.router(tags=["proposals"])


class ProposalResponse(FromRow):
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
    advice: Words | None = None
    """What is usually done for people in this talent box; nothing before somebody has accepted it."""
    state: ProposalState
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    reason: str | None
    superseded_at: datetime | None


def _shown(row: Proposal) -> ProposalResponse:
    """A talent box is nobody's verdict, and says nothing of promotion, before somebody has decided."""
    basis = stated(row.kind, Words(id=row.basis_id, en=row.basis_en), row.details)
    changes = {
        "basis_id": basis.id,
        "basis_en": basis.en,
        "details": decided_details(row.kind, row.state, row.details),
        "advice": advised(row.kind, row.state, row.details),
    }
    return ProposalResponse.model_validate(row).model_copy(update=changes)


class DecisionsRequest(BaseModel):
    """Accept or decline these, for one reason."""

    proposal_ids: list[UUID] = Field(min_length=1, max_length=1000)
    accepted: bool
    reason: Text


class DecidedProposal(BaseModel):
    """What became of one of them."""

    proposal_id: UUID
    outcome: decisions.DecisionOutcome


class DecisionsResponse(BaseModel):
    """The outcome of each."""

    items: list[DecidedProposal]


@router.get(
    "/proposals",
    summary="One's own proposals; all for the performance office",
    **permits(Relation.ANYONE, note="one's own; all for the office and the appointing authority"),
)
async def list_proposals(
    session: Session,
    paging: Paging,
    cycle_id: Annotated[UUID | None, Query()] = None,
    servant_id: Annotated[UUID | None, Query()] = None,
    kind: Annotated[ProposalKind | None, Query()] = None,
    state: Annotated[ProposalState | None, Query()] = None,
) -> Page[ProposalResponse]:
    found = await proposals.page(
        session, cycle_id=cycle_id, servant_id=servant_id, kind=kind, state=state, window=paging
    )
    await LOOKUPS.note(session, Record.PROPOSAL, [one.servant_id for one in found.items])
    return page_of(found, _shown)


@router.post(
    "/proposals/decisions",
    summary="Accept or decline, with an outcome for each (competent official)",
    **permits(
        Relation.OFFICE,
        Relation.APPOINTING,
        note="the office only where the city has declared no appointing authority, or where it is its own proposal",
        concerns="whom each proposal is about; it has an outcome of its own then",
    ),
)
async def decide(body: DecisionsRequest, session: Session) -> DecisionsResponse:
    decided = await decisions.decide(session, body.proposal_ids, accepted=body.accepted, reason=body.reason)
    items = [DecidedProposal(proposal_id=one.proposal_id, outcome=one.outcome) for one in decided]
    return DecisionsResponse(items=items)
