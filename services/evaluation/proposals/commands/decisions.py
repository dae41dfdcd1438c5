"""The competent official decides on proposals: many in one call, each with its own outcome."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.proposals import ProposalDecided, ProposalKind, ProposalState
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from services.evaluation.appraisals.commands import access
from services.evaluation.proposals.models import Proposal


class Verdict(StrEnum):
    """What became of one proposal in the call."""

    DECIDED = "DECIDED"
    ALREADY_DECIDED = "ALREADY_DECIDED"
    DECIDED_OTHERWISE = "DECIDED_OTHERWISE"
    SUPERSEDED = "SUPERSEDED"
    SUSPENDED = "SUSPENDED"
    """An objection to the result is open."""
    OWN = "OWN"
    """Nobody decides about himself or herself."""
    NOT_FOUND = "NOT_FOUND"


class Decided(NamedTuple):
    """One proposal of the call with its outcome."""

    proposal_id: UUID
    verdict: Verdict


_DONE = frozenset({Verdict.DECIDED, Verdict.ALREADY_DECIDED})


async def decide(session: AsyncSession, proposal_ids: Sequence[UUID], *, accepted: bool, reason: str) -> list[Decided]:
    """Accept or decline these, with one reason; raises Refused if nothing could be decided."""
    access.require_office(session, ("decide on proposals", "memutus usulan"))
    suspended, rows = await _locked(session, proposal_ids)
    wanted = ProposalState.ACCEPTED if accepted else ProposalState.DECLINED
    verdicts = {one: _verdict(session, rows.get(one), wanted, reason, suspended) for one in dict.fromkeys(proposal_ids)}
    if _DONE.isdisjoint(verdicts.values()):
        raise _nothing(verdicts)
    now = clock(session).now()
    for one in sorted(one for one, verdict in verdicts.items() if verdict is Verdict.DECIDED):
        proposal = rows[one]
        proposal.state, proposal.reason = wanted.value, reason
        proposal.decided_by, proposal.decided_at = actor(session).id, now
        _tell(session, proposal, accepted=accepted, reason=reason)
    return [Decided(one, verdict) for one, verdict in verdicts.items()]


async def _locked(session: AsyncSession, proposal_ids: Sequence[UUID]) -> tuple[set[UUID], dict[UUID, Proposal]]:
    """Appraisals with an open objection, and the proposals; locked in the order in which versions are made."""
    of = select(col(Proposal.appraisal_id)).where(col(Proposal.id).in_(proposal_ids))
    appraisals = await access.locked_all(session, (await session.scalars(of)).all())
    locking = (
        select(Proposal)
        .where(col(Proposal.id).in_(proposal_ids))
        .order_by(col(Proposal.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    rows = {one.id: one for one in (await session.scalars(locking)).all()}
    return {one.id for one in appraisals if one.objection_open}, rows


def _verdict(
    session: AsyncSession, proposal: Proposal | None, wanted: ProposalState, reason: str, suspended: set[UUID]
) -> Verdict:
    if proposal is None:
        return Verdict.NOT_FOUND
    if proposal.servant_id == actor(session).id:
        return Verdict.OWN
    if proposal.state == ProposalState.SUPERSEDED:
        return Verdict.SUPERSEDED
    if proposal.state != ProposalState.PROPOSED:
        same = (proposal.state, proposal.reason) == (wanted.value, reason)
        return Verdict.ALREADY_DECIDED if same else Verdict.DECIDED_OTHERWISE
    return Verdict.SUSPENDED if proposal.appraisal_id in suspended else Verdict.DECIDED


def _nothing(verdicts: dict[UUID, Verdict]) -> Refused:
    items = [{"proposal_id": str(one), "outcome": verdict.value} for one, verdict in verdicts.items()]
    return Refused(
        f"nothing could be decided: {', '.join(sorted({verdict.value for verdict in verdicts.values()}))}",
        "tidak ada usulan yang dapat diputus",
        items=items,
    )


def _tell(session: AsyncSession, proposal: Proposal, *, accepted: bool, reason: str) -> None:
    told = ProposalDecided(
        tenant_id=proposal.tenant_id,
        cycle_id=proposal.cycle_id,
        appraisal_id=proposal.appraisal_id,
        servant_id=proposal.servant_id,
        proposal_id=proposal.id,
        kind=ProposalKind(proposal.kind),
        result_id=proposal.result_id,
        version=proposal.version,
        accepted=accepted,
        reason=reason,
        decided_by=actor(session).id,
        details=proposal.details,
    )
    emit(session, told, reason=reason)
