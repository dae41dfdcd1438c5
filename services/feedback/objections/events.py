"""What every event about an objection says of it."""

from typing import Any

from services.feedback.objections.models import Objection


def about(objection: Objection) -> dict[str, Any]:
    """The fields that events of objections share, from the row."""
    return {
        "tenant_id": objection.tenant_id,
        "cycle_id": objection.cycle_id,
        "servant_id": objection.servant_id,
        "objection_id": objection.id,
        "appraisal_id": objection.appraisal_id,
        "result_id": objection.result_id,
    }
