"""Events of cycles: opened with the frozen policy, and what the performance office did to a running one."""

from datetime import datetime

from contracts.base import Phase
from contracts.evaluation.cycles import CycleOpened
from contracts.evaluation.interventions import CycleCancelled, CyclePaused, CycleResumed, PhaseExtended
from contracts.policy import Policy
from services.evaluation.cycles.models import Cycle, CycleIntervention


def opened(cycle: Cycle, policy: Policy) -> CycleOpened:
    """The policy travels with the event, so that the other services need no copy of their own to freeze."""
    return CycleOpened(
        tenant_id=cycle.tenant_id,
        cycle_id=cycle.id,
        scope=cycle.scope,
        name=cycle.name,
        period_start=cycle.period_start,
        period_end=cycle.period_end,
        months=cycle.months,
        policy=policy,
        calendar_version=cycle.calendar_version,
    )


def paused(done: CycleIntervention) -> CyclePaused:
    """Nothing of the cycle moves from now on."""
    return CyclePaused(
        tenant_id=done.tenant_id,
        cycle_id=done.cycle_id,
        paused_at=done.done_at,
        paused_by=done.done_by,
        reason=done.reason,
    )


def resumed(done: CycleIntervention, *, since: datetime, working_days: int) -> CycleResumed:
    """The cycle goes on after so many working days of pause."""
    return CycleResumed(
        tenant_id=done.tenant_id,
        cycle_id=done.cycle_id,
        resumption_id=done.id,
        paused_at=since,
        resumed_at=done.done_at,
        resumed_by=done.done_by,
        working_days=working_days,
        reason=done.reason,
        phase=None if done.phase is None else Phase(done.phase),
        due_at=done.due_at,
    )


def extended(done: CycleIntervention, phase: Phase, *, former: datetime, due_at: datetime, days: int) -> PhaseExtended:
    """The open phase is due so many working days later."""
    return PhaseExtended(
        tenant_id=done.tenant_id,
        cycle_id=done.cycle_id,
        extension_id=done.id,
        phase=phase,
        former_due_at=former,
        due_at=due_at,
        working_days=days,
        extended_by=done.done_by,
        reason=done.reason,
    )


def cancelled(done: CycleIntervention) -> CycleCancelled:
    """The cycle ended for good."""
    return CycleCancelled(
        tenant_id=done.tenant_id,
        cycle_id=done.cycle_id,
        cancelled_at=done.done_at,
        cancelled_by=done.done_by,
        reason=done.reason,
    )
