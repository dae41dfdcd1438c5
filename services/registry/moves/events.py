"""Moves as the events that tell of them."""

from contracts.registry.moves import MoveKind, ServantArrived, ServantReleased
from services.registry.moves.models import Move


def moved(row: Move) -> ServantReleased | ServantArrived:
    """A release or an arrival; numbers of people are in neither."""
    kind = ServantReleased if row.kind == MoveKind.RELEASE else ServantArrived
    return kind(
        tenant_id=row.tenant_id,
        move_id=row.id,
        servant_id=row.servant_id,
        other_city=row.other_city,
        moved_on=row.moved_on,
        reason=row.reason,
        document=row.document,
        recorded_by=row.recorded_by,
    )
