"""Routes of trial plans."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel

from contracts.base import Relation
from contracts.policy import Policy
from kit import web
from kit.access import permits
from kit.paging import Page, Paging, page_of
from services.plans.plans.rules.proposal import Finding
from services.plans.plans.rules.texts import Title
from services.plans.trials import commands, queries
from services.plans.trials.models import TrialPlan
from services.plans.trials.rules import TrialContent, TrialIndicator, findings, total, tried

router = web.router(tags=["trial plans"])

_OWN = "one's own; nobody else sees it"


class TrialPlanRequest(TrialContent):
    """Indicators to try out, with actuals or without."""

    name: Title


class TriedIndicator(TrialIndicator):
    """An indicator, and what its actual would make."""

    calculated: Decimal | None
    """Per cent of the target; None without an actual."""
    achievement: Decimal | None
    """The same as it would count."""


class TrialPlanResponse(BaseModel):
    """A trial plan with what a real one would be told, and what it would achieve."""

    id: UUID
    name: str
    kept_at: datetime
    indicators: list[TriedIndicator]
    hints: list[Finding]
    achievement: Decimal | None
    """Of the whole, by the weights; None while something of it is missing."""

    @classmethod
    def of(cls, row: TrialPlan, policy: Policy | None) -> "TrialPlanResponse":
        """Computed at this moment, by the hints of this policy."""
        content = TrialContent.model_validate(row.content)
        return cls(
            id=row.id,
            name=row.name,
            kept_at=row.kept_at,
            indicators=[_tried(one) for one in content.indicators],
            hints=findings(content, policy),
            achievement=total(content.indicators),
        )


class TrialPlanSummaryResponse(BaseModel):
    """A trial plan in a list."""

    id: UUID
    name: str
    kept_at: datetime


def _tried(one: TrialIndicator) -> TriedIndicator:
    made = tried(one)
    return TriedIndicator(
        **one.model_dump(),
        calculated=None if made is None else made.calculated,
        achievement=None if made is None else made.counted,
    )


@router.get("/trial-plans", summary="One's own trial plans", **permits(Relation.ANYONE, note=_OWN))
async def list_trials(session: web.Session, paging: Paging) -> Page[TrialPlanSummaryResponse]:
    found = await queries.page(session, window=paging)
    return page_of(found, lambda row: TrialPlanSummaryResponse(id=row.id, name=row.name, kept_at=row.kept_at))


@router.post(
    "/trial-plans",
    status_code=201,
    summary="Keep a trial plan, which nobody rates",
    **permits(Relation.ANYONE, note=_OWN),
)
async def keep(body: TrialPlanRequest, session: web.Session) -> TrialPlanResponse:
    made = await commands.keep(session, name=body.name, written=_content(body))
    return TrialPlanResponse.of(made, await queries.policy(session))


@router.get(
    "/trial-plans/{trial_id}",
    summary="One trial plan, with hints and what it would achieve",
    **permits(Relation.SELF, note=_OWN),
)
async def read(trial_id: UUID, session: web.Session) -> TrialPlanResponse:
    return TrialPlanResponse.of(await queries.own(session, trial_id), await queries.policy(session))


@router.put("/trial-plans/{trial_id}", summary="Write a trial plan anew", **permits(Relation.SELF, note=_OWN))
async def change(trial_id: UUID, body: TrialPlanRequest, session: web.Session) -> TrialPlanResponse:
    changed = await commands.change(session, trial_id, name=body.name, written=_content(body))
    return TrialPlanResponse.of(changed, await queries.policy(session))


@router.post(
    "/trial-plans/{trial_id}/removal",
    summary="Remove a trial plan for good",
    **permits(Relation.SELF, note=_OWN),
)
async def remove(trial_id: UUID, session: web.Session) -> TrialPlanSummaryResponse:
    gone = await commands.remove(session, trial_id)
    return TrialPlanSummaryResponse(id=gone.id, name=gone.name, kept_at=gone.kept_at)


def _content(body: TrialPlanRequest) -> TrialContent:
    return TrialContent(indicators=body.indicators)
