"""Further sessions of a topic: planned by the office, and called off where they do not take place."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.feedback.sessions import SessionCalledOff, SessionPlanned
from kit.access import require_role
from kit.outbox import emit, emit_all
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.sessions.models import TrainingSession
from services.feedback.sessions.queries import batches, expected, locked
from services.feedback.sessions.rules import Act, SessionState, moved, require_further, topic


async def plan(
    session: AsyncSession, cycle_id: UUID, *, ordinal: int, planned_on: date, place: str, seats: int | None
) -> TrainingSession:
    """Plan a session of a topic beside those there are; nobody owes it."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("plan a session", "merencanakan sesi"))
    context = await open_cycle(session, cycle_id)
    title = topic(context.policy.session_topics, ordinal)
    planned = TrainingSession(
        tenant_id=context.cycle.tenant_id,
        id=new_id(),
        cycle_id=cycle_id,
        ordinal=ordinal,
        number=await _next_number(session, cycle_id, ordinal),
        title_id=title.id,
        title_en=title.en,
        state=SessionState.PLANNED.value,
        planned_on=planned_on,
        place=place,
        seats=seats,
        materials=[],
    )
    session.add(planned)
    event = SessionPlanned(
        tenant_id=planned.tenant_id,
        cycle_id=cycle_id,
        session_id=planned.id,
        title=planned.title_id,
        of_topic=ordinal,
        number=planned.number,
        planned_on=planned_on,
        place=place,
    )
    emit(session, event)
    return planned


async def _next_number(session: AsyncSession, cycle_id: UUID, ordinal: int) -> int:
    # The lock is on the topic: two who plan at once get two numbers, and there may be no row yet to lock.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{cycle_id}/{ordinal}"))))
    newest = select(func.coalesce(func.max(col(TrainingSession.number)), 1)).where(
        col(TrainingSession.cycle_id) == cycle_id, col(TrainingSession.ordinal) == ordinal
    )
    last: int = (await session.execute(newest)).scalar_one()
    return last + 1  # 1 is for the policy's own, planned yet or not


async def call_off(session: AsyncSession, session_id: UUID, reason: str) -> TrainingSession:
    """A further session does not take place, for a reason; whoever was to come is told."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("call a session off", "membatalkan sesi"))
    called = await locked(session, session_id)
    if called.state == SessionState.CALLED_OFF:
        return called
    require_further(called.number)
    called.state = moved(called.state, Act.CALL_OFF).value
    about: dict[str, Any] = {"tenant_id": called.tenant_id, "cycle_id": called.cycle_id, "session_id": called.id}
    said: dict[str, Any] = about | {"title": called.title_id, "planned_on": called.planned_on}
    people = batches(await expected(session, session_id))
    await emit_all(session, [SessionCalledOff(**said, people=some) for some in people], reason=reason)
    return called
