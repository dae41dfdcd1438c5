"""The questions and answers that several services share with the workflows."""

from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Frozen, Phase, TenantId


class PhaseAsk(Frozen):
    """One phase of one cycle."""

    tenant_id: TenantId
    cycle_id: UUID
    phase: Phase
    members: int = 0
    """How many people the cycle has; a service whose copy has fewer is not ready and must be asked again."""
    due_at: AwareDatetime | None = None
    """When the phase is due as far as the workflow knows; one that was extended since does not end."""


class PhaseState(Frozen):
    """Where one service stands in a phase."""

    owed: int
    """Obligations still open in this phase, and whatever else the phase must wait for."""
    in_cycle: int = 0
    """Obligations still open in any phase of the cycle."""
    goes_on: bool = False
    """What should have ended has not: it was extended or paused meanwhile, so the workflow must look again."""
    cancelled: bool = False
    """The cycle was cancelled: nothing of it begins or ends any more."""


class SweepAsk(Frozen):
    """Move the ladders of one city that are due."""

    tenant_id: TenantId


class Swept(Frozen):
    """What a sweep did and when the next one is due."""

    handled: int
    wait_seconds: float | None
    """Seconds on the wall until the next rung of this service in this city; None if nothing is open."""
