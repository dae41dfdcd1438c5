"""What the bodies of plans' routes say."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.plans.plans.rules.content import Content
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


class SettingRequest(BaseModel):
    """Plans to be set, all or none."""

    plan_ids: list[UUID] = Field(min_length=1, max_length=100)
