"""Keeps each content that was set, for ever."""

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor, clock
from services.plans.plans.models import Plan, PlanVersion
from services.plans.plans.rules.content import Content


async def keep(session: AsyncSession, plan: Plan, content: Content, *, reason: str | None = None) -> None:
    """Store the content under the plan's present version."""
    session.add(
        PlanVersion(
            tenant_id=plan.tenant_id,
            plan_id=plan.id,
            plan_version=plan.plan_version,
            content=content.model_dump(mode="json"),
            set_at=clock(session).now(),
            set_by=actor(session).id,
            reason=reason,
        )
    )
