"""A member of a panel declares a conflict of interest, before or after being named, and is replaced where it matters."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.evaluation.visits import PanelConflictDeclared
from contracts.obligations import ObligationKind
from contracts.registry.requests import RequestDecided, RequestKind, RequestState
from directory import queries as directory
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Forbidden
from kit.outbox import emit
from services.evaluation.appraisals.commands.access import claimed
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries.context import context_of
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.panels.commands.replacement import replace, substitutes
from services.evaluation.panels.models import PanelConflict
from services.evaluation.visits.commands.access import locked_all
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.states import VisitState

_PENDING = (VisitState.SCHEDULED.value, VisitState.HELD.value)


async def declare(
    session: AsyncSession, *, unit_id: UUID | None, servant_id: UUID | None, reason: str
) -> PanelConflict:
    """Keep the declaration and leave the panels of that unit; declared twice, it is kept once.

    Of a person, not of a unit, the member stays on the panel and does not assess this one. Raises Forbidden for whoever
    neither holds the panel's role nor is on a panel, NotFound for an unknown unit or person.
    """
    who = actor(session)
    mine = select(Visit).where(col(Visit.panel).contains([who.id]))
    if not who.has(Role.PANEL) and (await session.scalars(mine.limit(1))).first() is None:
        raise Forbidden(
            "declare a conflict of interest: only for members of a panel",
            "menyatakan benturan kepentingan: hanya untuk anggota tim evaluasi",
            allowed=[Relation.PANEL.value],
        )
    if unit_id is not None:
        await directory.unit(session, unit_id)
    if servant_id is not None:
        await directory.person(session, servant_id)
    return await _keep(session, who.id, unit_id=unit_id, servant_id=servant_id, reason=reason)


async def take_request(session: AsyncSession, event: RequestDecided) -> None:
    """The office let a member of a panel step back from a unit: the same as if the member had declared it here."""
    if event.state is RequestState.GRANTED and event.kind is RequestKind.STEP_BACK and event.unit_id is not None:
        await _keep(session, event.asked_by, unit_id=event.unit_id, servant_id=None, reason=event.reason)


async def _keep(
    session: AsyncSession, member_id: UUID, *, unit_id: UUID | None, servant_id: UUID | None, reason: str
) -> PanelConflict:
    if (known := await _known(session, member_id, unit_id, servant_id)) is not None:
        return known
    made = PanelConflict(
        tenant_id=actor(session).tenant_id,
        id=new_id(),
        member_id=member_id,
        unit_id=unit_id,
        servant_id=servant_id,
        reason=reason,
        declared_at=clock(session).now(),
    )
    session.add(made)
    await session.flush()
    event = PanelConflictDeclared(
        tenant_id=made.tenant_id, conflict_id=made.id, member_id=member_id, unit_id=unit_id, servant_id=servant_id
    )
    emit(session, event, reason=reason)
    if unit_id is not None:
        await _leave(session, member_id, unit_id, reason)
    return made


async def _known(
    session: AsyncSession, member_id: UUID, unit_id: UUID | None, servant_id: UUID | None
) -> PanelConflict | None:
    looking = select(PanelConflict).where(
        col(PanelConflict.member_id) == member_id,
        col(PanelConflict.unit_id).is_not_distinct_from(unit_id),
        col(PanelConflict.servant_id).is_not_distinct_from(servant_id),
    )
    return (await session.scalars(looking.limit(1))).first()


async def _leave(session: AsyncSession, me: UUID, unit_id: UUID, reason: str) -> None:
    """Every pending visit to the unit gets another member; where nobody is left, the office owes it and names a panel."""
    pending = (
        select(col(Visit.id))
        .join(Cycle, col(Cycle.id) == col(Visit.cycle_id))
        .where(
            col(Visit.unit_id) == unit_id,
            col(Visit.panel).contains([me]),
            col(Visit.state).in_(_PENDING),
            col(Cycle.state) == CycleState.OPEN.value,
        )
    )
    ids = (await session.scalars(pending)).all()
    for kind in (ObligationKind.VISIT_UNIT, ObligationKind.ASSESS_PANEL):
        await claimed(session, kind, ids)  # obligations before visits, as the sweep locks them
    for visit in await locked_all(session, ids):
        context = await context_of(session, visit.cycle_id)
        left = [one for one in visit.panel if one != me]
        panel = [*left, *(await substitutes(session, visit))[:1]]
        lead = visit.lead_id if visit.lead_id in left else next(iter(panel), context.office_id)
        await replace(session, context, visit, panel, lead=lead, reason=reason)
