"""The events of proposals, made from their rows."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.proposals import ProposalDecided, ProposalKind, ProposalState
from kit.outbox import emit
from services.evaluation.proposals.models import Proposal
from services.evaluation.proposals.rules.careers import decided_details


def decided(session: AsyncSession, proposal: Proposal) -> None:
    """With the snapshot: whoever acts on the decision, payroll above all, needs no call."""
    fields: dict[str, Any] = {
        "tenant_id": proposal.tenant_id,
        "cycle_id": proposal.cycle_id,
        "appraisal_id": proposal.appraisal_id,
        "servant_id": proposal.servant_id,
        "proposal_id": proposal.id,
        "kind": ProposalKind(proposal.kind),
        "result_id": proposal.result_id,
        "version": proposal.version,
        "accepted": proposal.state == ProposalState.ACCEPTED,
        "reason": proposal.reason,
        "decided_by": proposal.decided_by,
        "details": decided_details(proposal.kind, proposal.state, proposal.details),
    }
    emit(session, ProposalDecided(**fields), reason=proposal.reason)
