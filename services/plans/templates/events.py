"""The events of templates of plans, made from their rows."""

from uuid import UUID

from contracts.plans.templates import TemplateAssigned, TemplateKept, TemplateRetired
from services.plans.plans.rules.content import Content
from services.plans.templates.models import PlanTemplate


def kept(template: PlanTemplate) -> TemplateKept:
    """It is there, or says something else."""
    return TemplateKept(
        tenant_id=template.tenant_id,
        template_id=template.id,
        position=template.position,
        name=template.name,
        kept_by=template.kept_by,
        indicators=len(Content.model_validate(template.content).indicators),
    )


def assigned(template: PlanTemplate, *, cycle_id: UUID, by: UUID, plans: int) -> TemplateAssigned:
    """Many plans began with it at once."""
    return TemplateAssigned(
        tenant_id=template.tenant_id, template_id=template.id, of_cycle=cycle_id, assigned_by=by, plans=plans
    )


def retired(template: PlanTemplate, *, retired_by: UUID) -> TemplateRetired:
    """It is there no more."""
    return TemplateRetired(tenant_id=template.tenant_id, template_id=template.id, retired_by=retired_by)
