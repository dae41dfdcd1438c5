"""More time for a unit or a person, over HTTP; a whole phase is extended where cycles are steered."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from contracts.base import Frozen, Phase
from contracts.evaluation import OBLIGATIONS
from contracts.obligations import Duty
from directory.extending import Extension, extend
from kit.web import Session, router

routes = router(tags=["extensions"])


class NewExtension(Frozen):
    """Until when, why, and for whom: a unit with all below it, or one person; for a phase, a duty, or both."""

    until: date
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
    unit_id: UUID | None = None
    person_id: UUID | None = None
    phase: Phase | None = None
    duty: Duty | None = None


class Extended(Frozen):
    """What came of it."""

    moved: int
    """Duties of this service that are due later now."""


@routes.post("/cycles/{cycle_id}/more-time")
async def extend_duties(session: Session, cycle_id: UUID, body: NewExtension) -> Extended:
    """Give a unit or a person more time for what is owed around appraisals; what is due later already stays as it is."""
    return Extended(moved=await extend(session, OBLIGATIONS, Extension(cycle_id=cycle_id, **body.model_dump())))
