"""Routes of the performance office's review of plans by sample."""

from uuid import UUID

from pydantic import BaseModel, Field

from contracts.base import Relation
from contracts.plans.reviews import ReviewFinding
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from services.plans.plans.rules.texts import LONGEST_TEXT
from services.plans.reviews import commands, queries
from services.plans.reviews.api.responses import (
    LotResponse,
    PlanReviewResponse,
    PlanSampleResponse,
    RedrawResponse,
    SampledPlanResponse,
)

router = web.router(tags=["reviews"])


class SampleRequest(BaseModel):
    """The seed from which is drawn, e.g. one that was named in public; without it a fresh one is made and recorded."""

    seed: str | None = Field(default=None, min_length=1, max_length=200, pattern=r"^[!-~]+( [!-~]+)*$")


class FindingRequest(BaseModel):
    """What was found; a plan to be mended says what and how."""

    finding: ReviewFinding
    what: str | None = Field(default=None, max_length=LONGEST_TEXT)
    how: str | None = Field(default=None, max_length=LONGEST_TEXT)
    plan_version: int | None = Field(default=None, ge=1, le=1_000_000)
    """The version that was read; without it the present one is meant."""


@router.post(
    "/cycles/{cycle_id}/plan-samples",
    status_code=201,
    summary="Draw a sample of the plans that are set, unit by unit, by lot from a seed",
    **permits(Relation.OFFICE, alike="drawn by lot, from every unit by the same rule"),
)
async def draw(cycle_id: UUID, body: SampleRequest, session: web.Session) -> PlanSampleResponse:
    return PlanSampleResponse.model_validate(await commands.draw(session, cycle_id, seed=body.seed))


@router.get(
    "/cycles/{cycle_id}/plan-samples",
    summary="The samples of a cycle, oldest first",
    **permits(Relation.OFFICE, Relation.AUDITOR),
)
async def list_samples(cycle_id: UUID, session: web.Session, paging: Paging) -> Page[PlanSampleResponse]:
    return page_of(await queries.page(session, cycle_id, window=paging), PlanSampleResponse.model_validate)


@router.get(
    "/plan-samples/{sample_id}/plans",
    summary="The plans that were drawn, with what was found of each",
    **permits(Relation.OFFICE),
)
async def list_plans(sample_id: UUID, session: web.Session, paging: Paging) -> Page[SampledPlanResponse]:
    return page_of(await queries.drawn(session, sample_id, window=paging), SampledPlanResponse.of)


@router.post(
    "/plan-samples/{sample_id}/plans/{plan_id}/finding",
    summary="Record what was found of a plan in the sample; it stays set",
    **permits(Relation.OFFICE, concerns="the plan's servant"),
)
async def record(sample_id: UUID, plan_id: UUID, body: FindingRequest, session: web.Session) -> PlanReviewResponse:
    found = await commands.record(
        session,
        sample_id,
        plan_id,
        finding=body.finding,
        what=body.what,
        how=body.how,
        plan_version=body.plan_version,
    )
    return PlanReviewResponse.model_validate(found)


@router.get(
    "/plan-samples/{sample_id}/lots",
    summary="Everything that took part in the draw: with the seed, anybody can draw again",
    **permits(Relation.OFFICE, Relation.AUDITOR, note="ids of plans and units alone"),
)
async def list_lots(sample_id: UUID, session: web.Session, paging: Paging) -> Page[LotResponse]:
    return page_of(await queries.lots(session, sample_id, window=paging), LotResponse.model_validate)


@router.get(
    "/plan-samples/{sample_id}/redraw",
    summary="Draw the sample again from its seed and compare",
    **permits(Relation.OFFICE, Relation.AUDITOR),
)
async def redraw(sample_id: UUID, session: web.Session) -> RedrawResponse:
    sample, differing = await queries.redraw(session, sample_id)
    return RedrawResponse(sample=PlanSampleResponse.model_validate(sample), agrees=not differing, differing=differing)
