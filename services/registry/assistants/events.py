"""Assistants as the events that tell of them."""

from datetime import date
from uuid import UUID

from contracts.registry.assistants import AssistantDeclared, AssistantEnded
from services.registry.assistants.models import Assistant


def declared(row: Assistant) -> AssistantDeclared:
    """Who enters for whom from which day."""
    return AssistantDeclared(
        tenant_id=row.tenant_id,
        declaration_id=row.id,
        servant_id=row.servant_id,
        assistant_id=row.assistant_id,
        since=row.valid_from,
        until=row.valid_until,
        reason=row.reason,
    )


def ended(row: Assistant, *, until: date, reason: str, ended_by: UUID) -> AssistantEnded:
    """The last day is known now."""
    return AssistantEnded(
        tenant_id=row.tenant_id,
        declaration_id=row.id,
        servant_id=row.servant_id,
        assistant_id=row.assistant_id,
        until=until,
        reason=reason,
        ended_by=ended_by,
    )
