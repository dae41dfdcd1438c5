"""Templates of plans, and whether somebody leads anybody for whom to keep one."""

from uuid import UUID

from sqlalchemy import bindparam, func, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.plans.plans.models import Plan
from services.plans.templates.models import PlanTemplate

_LEADS = (
    select(literal(1))
    .where((col(Plan.rater_id) == bindparam("person_id")) | (col(Plan.authority_id) == bindparam("person_id")))
    .limit(1)
)


async def leads_somebody(session: AsyncSession) -> bool:
    """Whether the actor rates anybody, or the raters of anybody."""
    return (await session.execute(_LEADS, {"person_id": actor(session).id})).first() is not None


async def page(session: AsyncSession, *, position: str | None, window: Window) -> Found[PlanTemplate]:
    """A page of the templates that are kept, of one position if it is named."""
    looking = select(PlanTemplate).where(col(PlanTemplate.retired_at).is_(None))
    if position is not None:
        looking = looking.where(func.lower(col(PlanTemplate.position)) == position.strip().lower())
    return await read(session, looking, col(PlanTemplate.id), window=window)


async def template(session: AsyncSession, template_id: UUID, *, lock: bool = False) -> PlanTemplate:
    """The template, kept or retired; raises NotFound."""
    looking = select(PlanTemplate).where(col(PlanTemplate.id) == template_id)
    found = (await session.scalars(looking.with_for_update() if lock else looking)).first()
    if found is None:
        raise NotFound(f"no template {template_id} in this city", f"templat {template_id} tidak ada di kota ini")
    return found
