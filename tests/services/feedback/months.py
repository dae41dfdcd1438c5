"""Begins cases of improvement and lives through their months."""

from uuid import UUID
from zoneinfo import ZoneInfo

from contracts.base import new_id
from contracts.evaluation.proposals import ProposalDecided, ProposalKind
from contracts.feedback.activities import ImprovementAsk, ImprovementState
from services.feedback.development.commands.accepted import open_accepted
from services.feedback.improvement.commands import cases
from tests.services.feedback.scene import Scene
from tests.support.clock import SetClock

JAKARTA = ZoneInfo("Asia/Jakarta")


async def accepted(
    here: Scene,
    *,
    kind: ProposalKind = ProposalKind.IMPROVEMENT_CASE,
    accepted: bool = True,
    result_id: UUID | None = None,
) -> UUID:
    """The office decided on a proposal, which is heard twice; returns the case that begins if it accepted."""
    event = ProposalDecided(
        tenant_id=here.office.tenant_id,
        cycle_id=here.cycle.id,
        appraisal_id=here.cycle.appraisals[here.ani],
        servant_id=here.ani,
        proposal_id=new_id(),
        result_id=result_id or new_id(),
        version=1,
        reason="two poor results in a row",
        decided_by=here.office.office,
        details={},
        kind=kind,
        accepted=accepted,
    )
    async with here.database.transaction(here.office.tenant_id) as session:
        for _ in range(2):
            await cases.start(session, event)
            await open_accepted(session, event)
    return event.proposal_id


async def lead(here: Scene, case: UUID) -> ImprovementState:
    return await here.does.lead_improvement(ImprovementAsk(tenant_id=here.office.tenant_id, case_id=case))


async def months_pass(here: Scene, case: UUID) -> list[str]:
    """Live through the months; the days on which one ended."""
    ends: list[str] = []
    clock = here.database.clock
    assert isinstance(clock, SetClock)
    while (state := await lead(here, case)).wait_seconds is not None:
        clock.advance(seconds=state.wait_seconds)
        ends.append(here.now().astimezone(JAKARTA).date().isoformat())
    return ends
