"""What every event about an improvement case says of it."""

from typing import Any

from services.feedback.improvement.models import ImprovementCase


def about(case: ImprovementCase) -> dict[str, Any]:
    """The fields that events of improvement cases share, from the row."""
    return {
        "tenant_id": case.tenant_id,
        "cycle_id": case.cycle_id,
        "servant_id": case.servant_id,
        "case_id": case.id,
    }
