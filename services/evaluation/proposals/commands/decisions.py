"""The competent official decides on proposals: many in one call, each with its own outcome."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.proposals import ProposalState
from directory.offices import require_some_office
from kit.conflicts import MEND, Conflict, Offices
from kit.db import actor, clock
from kit.errors import Refused
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.proposals import events
from services.evaluation.proposals.models import Proposal
from services.evaluation.proposals.rules.states import ProposalAct, can, move


class DecisionOutcome(StrEnum):
    """What became of one proposal in the call."""

    DECIDED = "DECIDED"
    ALREADY_DECIDED = "ALREADY_DECIDED"
    DECIDED_OTHERWISE = "DECIDED_OTHERWISE"
    SUPERSEDED = "SUPERSEDED"
    SUSPENDED = "SUSPENDED"
    """An objection to the result is open."""
    OWN = "OWN"
    """Nobody decides about himself or herself."""
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST"
    """Nor about who rates him or her, or whom he or she rates: another officer does, or the appointing authority."""
    NOT_ALLOWED = "NOT_ALLOWED"
    """The appointing authority decides, or an officer where the city has declared none, and the actor is neither."""
    NOT_FOUND = "NOT_FOUND"


class Decided(NamedTuple):
    """One proposal of the call with its outcome."""

    proposal_id: UUID
    outcome: DecisionOutcome


_WHAT = ("decide on proposals", "memutus usulan")
_BARRED = {Conflict.SELF: DecisionOutcome.OWN}
_CONFLICTS = frozenset({DecisionOutcome.OWN, DecisionOutcome.CONFLICT_OF_INTEREST})
_DONE = frozenset({DecisionOutcome.DECIDED, DecisionOutcome.ALREADY_DECIDED})


async def decide(session: AsyncSession, proposal_ids: Sequence[UUID], *, accepted: bool, reason: str) -> list[Decided]:
    """Accept or decline these, with one reason; raises Refused if nothing could be decided."""
    await require_some_office(session, what=_WHAT)
    suspended, rows = await _locked(session, proposal_ids)
    act = ProposalAct.ACCEPT if accepted else ProposalAct.DECLINE
    offices = {cycle_id: await in_cycle(session, cycle_id) for cycle_id in {one.cycle_id for one in rows.values()}}
    outcomes = dict.fromkeys(dict.fromkeys(proposal_ids), DecisionOutcome.NOT_FOUND) | {
        one.id: _outcome(session, one, act, reason, suspended, offices[one.cycle_id]) for one in rows.values()
    }
    if set(outcomes.values()) == {DecisionOutcome.NOT_ALLOWED}:
        for row in rows.values():
            offices[row.cycle_id].require_decision(actor(session), row.servant_id, what=_WHAT)
    # Partly done is done, and each has its outcome; only a call that did nothing is an error.
    if _DONE.isdisjoint(outcomes.values()):
        raise _nothing(outcomes)
    now = clock(session).now()
    for one in sorted(one for one, outcome in outcomes.items() if outcome is DecisionOutcome.DECIDED):
        proposal = rows[one]
        proposal.state, proposal.reason = move(proposal.state, act).value, reason
        proposal.decided_by, proposal.decided_at = actor(session).id, now
        events.decided(session, proposal)
    return [Decided(one, outcome) for one, outcome in outcomes.items()]


async def _locked(session: AsyncSession, proposal_ids: Sequence[UUID]) -> tuple[set[UUID], dict[UUID, Proposal]]:
    """Appraisals with an open objection, and the proposals; locked in the order in which versions are made."""
    of = select(col(Proposal.appraisal_id)).where(col(Proposal.id).in_(proposal_ids))
    # Appraisals before proposals: whoever makes a new version locks the appraisal, and supersedes its proposals after.
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


def _outcome(
    session: AsyncSession, proposal: Proposal, act: ProposalAct, reason: str, suspended: set[UUID], offices: Offices
) -> DecisionOutcome:
    # Checked before anything else is revealed of it.
    if not offices.may_decide(actor(session), proposal.servant_id):
        why = offices.conflict(actor(session).id, proposal.servant_id)
        return DecisionOutcome.NOT_ALLOWED if why is None else _BARRED.get(why, DecisionOutcome.CONFLICT_OF_INTEREST)
    if proposal.state == ProposalState.SUPERSEDED:
        return DecisionOutcome.SUPERSEDED
    if not can(proposal.state, act):
        same = (proposal.state, proposal.reason) == (move(ProposalState.PROPOSED, act), reason)
        return DecisionOutcome.ALREADY_DECIDED if same else DecisionOutcome.DECIDED_OTHERWISE
    return DecisionOutcome.SUSPENDED if proposal.appraisal_id in suspended else DecisionOutcome.DECIDED


def _nothing(outcomes: dict[UUID, DecisionOutcome]) -> Refused:
    items = [{"proposal_id": str(one), "outcome": outcome.value} for one, outcome in outcomes.items()]
    return Refused(
        f"nothing could be decided: {', '.join(sorted({outcome.value for outcome in outcomes.values()}))}",
        "tidak ada usulan yang dapat diputus",
        items=items,
        mend=MEND.model_dump() if _CONFLICTS.intersection(outcomes.values()) else None,
    )
