"""Who is to come to a session: invited by the office, one by one or a unit with all below it, or enrolled by oneself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, any_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.feedback.sessions import PeopleInvited, SessionEnrolled, SessionWithdrawn
from directory import queries as people_queries
from directory.models import Member
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Invalid, Refused
from kit.outbox import emit, emit_all
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.sessions.models import SessionPlace, TrainingSession
from services.feedback.sessions.queries import batches, locked, taken
from services.feedback.sessions.rules import SessionState, require_room


async def invite(
    session: AsyncSession, session_id: UUID, *, person_ids: Sequence[UUID], unit_id: UUID | None
) -> tuple[TrainingSession, int]:
    """Invite members of the cycle; returns how many were invited now, the others had been or are enrolled already."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("invite to a session", "mengundang ke sesi"))
    planned = await _open(session, session_id)
    if not person_ids and unit_id is None:
        raise Invalid("name people or a unit", "sebutkan pegawai atau unit kerja", where="person_ids")
    members = await _members(session, planned, person_ids, unit_id)
    source = members.add_columns(literal(actor(session).id, PG_UUID))
    inviting = insert(SessionPlace).from_select(["tenant_id", "session_id", "person_id", "invited_by"], source)
    # A conflict is somebody who was invited or has enrolled: nobody is told twice.
    told = inviting.on_conflict_do_nothing().returning(col(SessionPlace.person_id))
    invited = sorted((await session.scalars(told)).all())
    said: dict[str, Any] = {"tenant_id": planned.tenant_id, "cycle_id": planned.cycle_id, "session_id": planned.id}
    said |= {"title": planned.title_id, "planned_on": planned.planned_on, "place": planned.place or ""}
    if invited:
        await emit_all(session, [PeopleInvited(**said, people=some) for some in batches(invited)])
    return planned, len(invited)


async def _members(
    session: AsyncSession, planned: TrainingSession, person_ids: Sequence[UUID], unit_id: UUID | None
) -> Select[tuple[str, UUID, UUID]]:
    named = col(Member.servant_id) == any_(literal(list(person_ids), ARRAY(PG_UUID(as_uuid=True))))
    wanted = [named]
    if unit_id is not None:
        wanted.append(
            col(Member.servant_id).in_(await people_queries.people_of(session, unit_id=unit_id, person_id=None))
        )
    known = select(func.count()).select_from(Member).where(col(Member.cycle_id) == planned.cycle_id, named)
    if (await session.execute(known)).scalar_one() < len(set(person_ids)):
        raise Invalid(
            "some of them take no part in this cycle", "ada yang bukan peserta siklus ini", where="person_ids"
        )
    return select(col(Member.tenant_id), literal(planned.id, PG_UUID), col(Member.servant_id)).where(
        col(Member.cycle_id) == planned.cycle_id, or_(*wanted)
    )


async def enrol(session: AsyncSession, session_id: UUID) -> TrainingSession:
    """The acting person comes; asked twice, comes once. Raises Refused where no seat is left."""
    planned = await _open(session, session_id)  # locked: the last seat is taken by one of two
    mine = await own_membership(session, planned.cycle_id)
    if await _enrolled(session, session_id, mine.servant_id):
        return planned
    require_room(planned.seats, await taken(session, session_id))
    row = {
        "tenant_id": mine.tenant_id,
        "session_id": session_id,
        "person_id": mine.servant_id,
        "enrolled_at": clock(session).now(),
    }
    keeping = insert(SessionPlace).values(row)
    again = keeping.on_conflict_do_update(
        index_elements=["tenant_id", "session_id", "person_id"], set_={"enrolled_at": row["enrolled_at"]}
    )
    await session.execute(again)
    about: dict[str, Any] = {"tenant_id": mine.tenant_id, "cycle_id": planned.cycle_id, "servant_id": mine.servant_id}
    emit(session, SessionEnrolled(**about, session_id=session_id))
    return planned


async def withdraw(session: AsyncSession, session_id: UUID) -> TrainingSession:
    """The acting person does not come after all; the seat is free again."""
    planned = await _open(session, session_id)
    mine = await own_membership(session, planned.cycle_id)
    leaving = (
        update(SessionPlace)
        .where(
            col(SessionPlace.session_id) == session_id,
            col(SessionPlace.person_id) == mine.servant_id,
            col(SessionPlace.enrolled_at).is_not(None),
        )
        .values(enrolled_at=None)
        .returning(col(SessionPlace.person_id))
    )
    if (await session.scalars(leaving)).first() is not None:
        about: dict[str, Any] = {
            "tenant_id": mine.tenant_id,
            "cycle_id": planned.cycle_id,
            "servant_id": mine.servant_id,
        }
        emit(session, SessionWithdrawn(**about, session_id=session_id))
    return planned


async def _open(session: AsyncSession, session_id: UUID) -> TrainingSession:
    planned = await locked(session, session_id)
    await open_cycle(session, planned.cycle_id)
    if planned.state != SessionState.PLANNED:
        raise Refused(
            f"the session is {planned.state.lower()}: choose one that is still to come",
            f"sesi ini berstatus {planned.state}: pilih sesi yang masih akan datang",
        )
    return planned


async def _enrolled(session: AsyncSession, session_id: UUID, person_id: UUID) -> bool:
    looking = select(col(SessionPlace.enrolled_at)).where(
        col(SessionPlace.session_id) == session_id, col(SessionPlace.person_id) == person_id
    )
    return (await session.scalars(looking)).first() is not None
