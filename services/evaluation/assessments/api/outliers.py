"""Route of scores by colleagues that stand far from those of the others: for the office, which may ask."""

from uuid import UUID

from pydantic import BaseModel

from contracts.base import Role
from directory.relations import Relation
from kit import web
from kit.access import permits, require_role
from kit.paging import Page, Paging, page_of
from kit.web import Session
from services.evaluation.assessments.queries import Apart, standing_apart
from services.evaluation.assessments.rules.outliers import Outlying
from services.evaluation.cycles.queries.context import cycle as existing

router = web.router(tags=["fairness"])


class OutlierResponse(BaseModel):
    """A person some of whose colleagues' scores stand far from the others; neither who gave them nor how many points."""

    appraisal_id: UUID
    servant_id: UUID
    unit_id: UUID
    assessors: int
    """Colleagues who answered."""
    outlying: tuple[Outlying, ...]


@router.get(
    "/cycles/{cycle_id}/outliers",
    summary="Whose colleagues' scores stand far apart (performance office); a page may be shorter than its limit",
    **permits(
        Relation.OFFICE,
        note="once the result is computed, from four colleagues on; never about oneself or somebody one is tied to",
    ),
)
async def list_outliers(cycle_id: UUID, session: Session, paging: Paging) -> Page[OutlierResponse]:
    require_role(session, Role.PERFORMANCE_OFFICE, what=("read outlying scores", "membaca nilai yang menyimpang"))
    found = await standing_apart(session, await existing(session, cycle_id), window=paging)
    return page_of(found, _response)


def _response(one: Apart) -> OutlierResponse:
    return OutlierResponse.model_validate(one._asdict())
