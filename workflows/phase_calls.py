"""One phase of a cycle in all services that have obligations in it: open it, count what is owed, close it.

The order of the calls is part of recorded histories; a service more goes to the end, behind ``workflow.patched``.
"""

import asyncio

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.activities import PhaseAsk, PhaseState
    from contracts.evaluation.activities import QUEUE as EVALUATION
    from contracts.evaluation.activities import Evaluation
    from contracts.feedback.activities import QUEUE as FEEDBACK
    from contracts.feedback.activities import Feedback
    from contracts.plans.activities import QUEUE as PLANS
    from contracts.plans.activities import Plans
    from workflows.activity_calls import call


async def open_phase(ask: PhaseAsk) -> None:
    """Open the obligations of the phase; asked again, opens those of who has joined since."""
    await asyncio.gather(
        call(Plans.open_phase, ask, queue=PLANS),
        call(Feedback.open_phase, ask, queue=FEEDBACK),
        call(Evaluation.open_phase, ask, queue=EVALUATION),
    )


async def read_phase(ask: PhaseAsk) -> dict[str, PhaseState]:
    """What is still owed, by service."""
    states = await asyncio.gather(
        call(Plans.read_phase, ask, queue=PLANS),
        call(Feedback.read_phase, ask, queue=FEEDBACK),
        call(Evaluation.read_phase, ask, queue=EVALUATION),
    )
    return dict(zip((PLANS, FEEDBACK, EVALUATION), states, strict=True))


async def close_phase(ask: PhaseAsk) -> None:
    """Let lapse what may not outlive the phase."""
    await asyncio.gather(
        call(Plans.close_phase, ask, queue=PLANS),
        call(Feedback.close_phase, ask, queue=FEEDBACK),
        call(Evaluation.close_phase, ask, queue=EVALUATION),
    )
