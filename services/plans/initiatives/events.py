"""The events of an initiative, made from its row."""

from uuid import UUID

from contracts.evidence import Evidence
from contracts.plans.initiatives import InitiativeProved, InitiativeRecorded, InitiativeVerified
from services.plans.initiatives.models import Initiative
from services.plans.initiatives.rules import InitiativeState


def recorded(initiative: Initiative) -> InitiativeRecorded:
    """It was written down."""
    return InitiativeRecorded(
        tenant_id=initiative.tenant_id,
        initiative_id=initiative.id,
        cycle_id=initiative.cycle_id,
        servant_id=initiative.servant_id,
        kind=initiative.kind,
        title=initiative.title,
        evidence=_evidence(initiative),
        recorded_at=initiative.recorded_at,
        recorded_by=initiative.recorded_by,
    )


def proved(initiative: Initiative, *, added: int, added_by: UUID) -> InitiativeProved:
    """More proof was pointed to."""
    return InitiativeProved(**recorded(initiative).model_dump(), added=added, added_by=added_by)


def verified(initiative: Initiative, *, verified_by: UUID) -> InitiativeVerified:
    """It was decided, or nobody did in time: then ``verified_by`` is the system."""
    return InitiativeVerified(
        tenant_id=initiative.tenant_id,
        initiative_id=initiative.id,
        cycle_id=initiative.cycle_id,
        servant_id=initiative.servant_id,
        kind=initiative.kind,
        title=initiative.title,
        recognised=initiative.state == InitiativeState.RECOGNISED,
        verified_by=verified_by,
        document=initiative.document,
        evidence=_evidence(initiative),
        recorded_at=initiative.recorded_at,
        recorded_by=initiative.recorded_by,
    )


def _evidence(initiative: Initiative) -> tuple[Evidence, ...] | None:
    return tuple(Evidence.model_validate(one) for one in initiative.evidence) or None
