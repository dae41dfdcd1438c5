"""The events of an initiative, made from its row."""

from uuid import UUID

from contracts.plans.initiatives import InitiativeRecorded, InitiativeVerified
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
    )


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
    )
