"""Keeping templates, retiring them, and starting a plan from one."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from kit.db import actor, clock
from kit.errors import Forbidden, Refused
from kit.outbox import emit
from services.plans.plans.commands.drafts import write
from services.plans.plans.models import Plan
from services.plans.plans.queries.content import content
from services.plans.plans.queries.plans import find
from services.plans.plans.rules.content import Content
from services.plans.templates import events
from services.plans.templates.models import PlanTemplate
from services.plans.templates.queries import leads_somebody, template
from services.plans.templates.rules import general, require_empty, require_indicators


async def keep(session: AsyncSession, *, position: str, name: str, written: Content) -> PlanTemplate:
    """Keep a template; of the same position and name it is the same one, with the newer content."""
    await require_keeper(session)
    require_indicators(written)
    stored = general(written).model_dump(mode="json")
    # Two who keep the same at once wait for each other: the lock is on the name, because there may be no row yet.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{position.lower()}/{name.lower()}"))))
    found = await _same(session, position, name)
    if found is None:
        found = PlanTemplate(
            tenant_id=actor(session).tenant_id,
            id=new_id(),
            position=position,
            name=name,
            content=stored,
            kept_by=actor(session).id,
            kept_at=clock(session).now(),
        )
        session.add(found)
    elif found.content == stored:
        return found
    else:
        _require_own(session, found)
        found.content, found.kept_at = stored, clock(session).now()
    emit(session, events.kept(found))
    return found


async def retire(session: AsyncSession, template_id: UUID) -> PlanTemplate:
    """Nobody starts from it any more; plans that did stay as they are."""
    await require_keeper(session)
    found = await template(session, template_id, lock=True)
    _require_own(session, found)
    if found.retired_at is None:
        found.retired_at = clock(session).now()
        emit(session, events.retired(found, retired_by=actor(session).id))
    return found


async def start(session: AsyncSession, plan_id: UUID, template_id: UUID) -> Plan:
    """Begin an empty plan with what the template says; its writer goes on from there."""
    await find(session, plan_id)
    kept = await template(session, template_id)
    if kept.retired_at is not None:
        raise Refused(
            "this template is kept no more: choose another", "templat ini tidak dipakai lagi: pilih yang lain"
        )
    require_empty(await content(session, plan_id))
    return await write(session, plan_id, written=Content.model_validate(kept.content))


async def _same(session: AsyncSession, position: str, name: str) -> PlanTemplate | None:
    looking = select(PlanTemplate).where(
        func.lower(col(PlanTemplate.position)) == position.lower(),
        func.lower(col(PlanTemplate.name)) == name.lower(),
        col(PlanTemplate.retired_at).is_(None),
    )
    return (await session.scalars(looking.with_for_update())).first()


async def require_keeper(session: AsyncSession) -> None:
    """Raises Forbidden for whoever neither leads somebody nor holds the office."""
    if not actor(session).has(Role.PERFORMANCE_OFFICE) and not await leads_somebody(session):
        raise Forbidden(
            "templates are kept by the performance office and by those who lead somebody",
            "templat disimpan oleh pengelola kinerja dan oleh atasan",
        )


def _require_own(session: AsyncSession, found: PlanTemplate) -> None:
    acting = actor(session)
    if acting.id != found.kept_by and not acting.has(Role.PERFORMANCE_OFFICE):
        raise Forbidden(
            "somebody else keeps this template: keep one of another name",
            "templat ini disimpan orang lain: simpan dengan nama lain",
        )
