"""What the plans service emits of templates of plans: content that is kept for a position, from which a plan may start."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class TemplateKept(Event):
    """The office or a leader keeps a template for a position, or another content of it."""

    topic: ClassVar[str] = "plans"
    template_id: UUID
    position: str
    name: str
    kept_by: UUID
    indicators: int

    @property
    def key(self) -> str:
        return str(self.template_id)

    @property
    def subject(self) -> str:
        return str(self.template_id)


class TemplateAssigned(Event):
    """The empty plans of many people began with it in one act; each of them is told as drafted besides."""

    topic: ClassVar[str] = "plans"
    template_id: UUID
    of_cycle: UUID
    assigned_by: UUID
    plans: int
    """How many began with it."""

    @property
    def key(self) -> str:
        return str(self.template_id)

    @property
    def subject(self) -> str:
        return str(self.template_id)


class TemplateRetired(Event):
    """No plan starts from it any more; those that did keep what they say."""

    topic: ClassVar[str] = "plans"
    template_id: UUID
    retired_by: UUID

    @property
    def key(self) -> str:
        return str(self.template_id)

    @property
    def subject(self) -> str:
        return str(self.template_id)
