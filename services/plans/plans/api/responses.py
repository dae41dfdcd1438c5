"""What is answered of plans: one in a list, a whole one, and those set together."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from contracts.plans.plans import Remark
from kit.responses import FromRow
from services.plans.community.api import CommunityCountResponse
from services.plans.confirmations.api import ConfirmationResponse
from services.plans.dialogues.api import DialogueResponse
from services.plans.plans.api.content import Behaviour, MeasuredResult, behaviours
from services.plans.plans.queries.plans import WholePlan
from services.plans.plans.rules.agreements import Expectation, Resource
from services.plans.plans.rules.proposal import Finding
from services.plans.plans.rules.states import PlanState
from services.plans.reports.api import ReportSummaryResponse
from services.plans.reviews.api.responses import PlanReviewResponse


class PlanSummaryResponse(FromRow):
    """A plan without its content."""

    id: UUID
    cycle_id: UUID
    servant_id: UUID
    appraisal_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    unit_id: UUID
    state: PlanState
    version: int
    round: int
    plan_version: int
    proposed_at: datetime | None
    propose_late: bool
    returned_reason: str | None
    remarks: list[Remark] | None
    """By row, of the last return; the reason says why it came back as a whole."""
    set_at: datetime | None
    set_by: UUID | None
    by_superior: bool
    late: bool
    late_by_law: bool
    """First set after the limit of the law, beside ``late``, which is the city's own."""


class PlanResponse(PlanSummaryResponse):
    """A plan with everything about it, and what should be looked at again before it is proposed."""

    results: list[MeasuredResult]
    behaviours: list[Behaviour]
    expectations: tuple[Expectation, ...]
    resources: tuple[Resource, ...]
    positive_consequences: tuple[str, ...]
    negative_consequences: tuple[str, ...]
    practices: tuple[UUID, ...]
    reports: list[ReportSummaryResponse]
    dialogues: list[DialogueResponse]
    confirmations: list[ConfirmationResponse]
    """What the servant said of each version that was set; nothing yet of one that is not named."""
    reviews: list[PlanReviewResponse]
    """What the performance office found when the plan was in its sample, oldest first."""
    community: list[CommunityCountResponse]
    """What was answered of its indicators, of the servant and of the unit (PLB-6)."""
    hints: list[Finding]
    set_by_law_until: date
    """The last day of the first month: by then the law wants it set (art. 14; L II.C.4)."""

    @classmethod
    def of(cls, whole: WholePlan) -> "PlanResponse":
        """Made from what was read."""
        return cls(
            **PlanSummaryResponse.model_validate(whole.plan).model_dump(),
            results=[MeasuredResult.of(result, whole.indicators) for result in whole.content.results],
            behaviours=behaviours(whole.content),
            **whole.content.annex.model_dump(),
            reports=[ReportSummaryResponse.model_validate(report) for report in whole.reports],
            dialogues=[DialogueResponse.model_validate(dialogue) for dialogue in whole.dialogues],
            confirmations=[ConfirmationResponse.model_validate(said) for said in whole.confirmations],
            reviews=[PlanReviewResponse.model_validate(found) for found in whole.reviews],
            community=[CommunityCountResponse.of(one) for one in whole.community],
            hints=whole.hints,
            set_by_law_until=whole.limit,
        )


class PlanCopyResponse(PlanResponse):
    """A plan that began as an earlier one."""

    copied_from: UUID
    left_out: list[Finding]
    """What the earlier plan said and this one cannot: links to results of last period, practices no longer there."""


class SettingResponse(BaseModel):
    """The plans that were set, in the order of their ids."""

    items: list[PlanSummaryResponse]
