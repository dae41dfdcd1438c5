"""What the bodies of plans' routes say."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.plans.plans.rules.content import Content
from services.plans.plans.rules.remarks import MOST_REMARKS, WrittenRemark
from services.plans.plans.rules.texts import Text


class PlanRequest(Content):
    """The whole content of a plan."""

    @property
    def content(self) -> Content:
        """Of the content, what was named."""
        return Content(**{name: getattr(self, name) for name in self.model_fields_set & Content.model_fields.keys()})


class AmendmentRequest(PlanRequest):
    """Another content for a plan that was set; what is not named stays as it is."""

    reason: Text


class ReturnRequest(BaseModel):
    """Why a plan comes back."""

    reason: Text
    remarks: list[WrittenRemark] = Field(default=[], max_length=MOST_REMARKS)
    """What each place lacks, named as errors name it, e.g. ``results.0.indicators.1.target_lo``."""


class CopyRequest(BaseModel):
    """Which earlier plan an empty one begins with."""

    from_plan_id: UUID | None = None
    """One of the same person; without it the newest of an earlier period that was set."""


class SettingRequest(BaseModel):
    """Plans to be set, all or none."""

    plan_ids: list[UUID] = Field(min_length=1, max_length=100)
