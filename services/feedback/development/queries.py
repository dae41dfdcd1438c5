"""Development actions and recognitions, for those whom they concern."""

from uuid import UUID

from sqlalchemy import ColumnElement, literal, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.models import Member
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.feedback.development.models import DevelopmentAction, Recognition
from services.feedback.development.rules.states import RecognitionState
from services.feedback.relations import owed_by


async def development_actions(
    session: AsyncSession, *, cycle_id: UUID | None, servant_id: UUID | None, window: Window
) -> Found[DevelopmentAction]:
    """One's own and those one plans; all of them for the performance office."""
    who = actor(session)
    listed = select(DevelopmentAction)
    if not who.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where(_part_in_action(who.id))
    if cycle_id is not None:
        listed = listed.where(col(DevelopmentAction.cycle_id) == cycle_id)
    if servant_id is not None:
        listed = listed.where(col(DevelopmentAction.servant_id) == servant_id)
    return await read(session, listed, col(DevelopmentAction.id), window=window, descending=True)


async def development_action(session: AsyncSession, action_id: UUID) -> DevelopmentAction:
    """One of them; raises NotFound for what does not stand in the reader's list."""
    who = actor(session)
    wanted = select(DevelopmentAction).where(col(DevelopmentAction.id) == action_id)
    if not who.has(Role.PERFORMANCE_OFFICE):
        wanted = wanted.where(_part_in_action(who.id))
    if (found := (await session.scalars(wanted)).first()) is None:
        raise NotFound(f"no development action {action_id}", f"tindakan pengembangan {action_id} tidak ada")
    return found


def _part_in_action(person_id: UUID) -> ColumnElement[bool]:
    return (
        (col(DevelopmentAction.servant_id) == person_id)
        | (col(DevelopmentAction.rater_id) == person_id)
        | (col(DevelopmentAction.planned_by) == person_id)
        | owed_by(person_id, ObligationKind.PLAN_DEVELOPMENT, col(DevelopmentAction.id))
        | owed_by(person_id, ObligationKind.COMPLETE_DEVELOPMENT, col(DevelopmentAction.id))
    )


async def recognitions(
    session: AsyncSession,
    *,
    cycle_id: UUID | None,
    servant_id: UUID | None,
    state: RecognitionState | None,
    window: Window,
) -> Found[Recognition]:
    """One's own and those of people one rates; all of them for the office, and for the appointing authority that decides."""
    who = actor(session)
    listed = select(Recognition)
    if not (who.has(Role.PERFORMANCE_OFFICE) or who.has(Role.APPOINTING_AUTHORITY)):
        # Who rates is looked up in the membership of that cycle: a recognition names the person alone.
        rated = select(literal(1)).where(
            col(Member.cycle_id) == col(Recognition.cycle_id),
            col(Member.servant_id) == col(Recognition.servant_id),
            col(Member.rater_id) == who.id,
        )
        listed = listed.where((col(Recognition.servant_id) == who.id) | rated.exists())
    if cycle_id is not None:
        listed = listed.where(col(Recognition.cycle_id) == cycle_id)
    if servant_id is not None:
        listed = listed.where(col(Recognition.servant_id) == servant_id)
    if state is not None:
        listed = listed.where(col(Recognition.state) == state.value)
    return await read(session, listed, col(Recognition.id), window=window, descending=True)
