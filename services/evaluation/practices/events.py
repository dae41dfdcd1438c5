"""The events of good practices, made from their rows."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.practices import PracticePublished, PracticeWithdrawn
from contracts.evidence import Evidence
from kit.outbox import emit
from services.evaluation.practices.models import Practice


def published(session: AsyncSession, practice: Practice) -> None:
    """With everything that others read of it."""
    content = {name: getattr(practice, name) for name in ("unit_id", "title", "what", "where")}
    evidence = tuple(Evidence.model_validate(one) for one in practice.evidence)
    emit(session, PracticePublished(**_who(practice), **content, evidence=evidence), reason=practice.reason)


def withdrawn(session: AsyncSession, practice: Practice) -> None:
    """With the reason."""
    emit(session, PracticeWithdrawn(**_who(practice), reason=practice.reason or ""), reason=practice.reason)


def _who(practice: Practice) -> dict[str, Any]:
    return {
        "tenant_id": practice.tenant_id,
        "cycle_id": practice.cycle_id,
        "appraisal_id": practice.appraisal_id,
        "servant_id": practice.servant_id,
        "practice_id": practice.id,
    }
