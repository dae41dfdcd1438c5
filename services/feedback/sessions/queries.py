"""Training and socialisation sessions: what is planned, who is to come, and how many came."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, union
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.models import Person
from kit.access import require_role
from kit.db import actor
from kit.errors import NotFound
from kit.keyset import Found, Window, read_rows
from services.feedback.sessions.models import Attendance, SessionPlace, TrainingSession

IN_ONE_EVENT = 200
"""People whom one event names at most."""


class Seen(NamedTuple):
    """A session as somebody sees it: how many are to come and came, and the own part in it."""

    planned: TrainingSession
    invited: int
    enrolled: int
    attended: int
    am_invited: bool
    am_enrolled: bool
    was_there: bool


async def sessions(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[Seen]:
    """The sessions of a cycle, those of a topic together; anybody of the city may read them."""
    listed = _seen(session).where(col(TrainingSession.cycle_id) == cycle_id)
    key = (col(TrainingSession.ordinal), col(TrainingSession.number))
    found = await read_rows(session, listed, *key, window=window)
    return Found([Seen(*row) for row in found.items], found.next)


async def seen(session: AsyncSession, session_id: UUID) -> Seen:
    """One session; raises NotFound."""
    row = (await session.execute(_seen(session).where(col(TrainingSession.id) == session_id))).first()
    if row is None:
        raise NotFound(f"no session {session_id}", f"sosialisasi {session_id} tidak ada")
    return Seen(*row)


def _seen(session: AsyncSession) -> Select[TrainingSession, int, int, int, bool, bool, bool]:
    # Scalar subqueries, not joins with `group by`: a session to which nobody came is there, with 0.
    me = actor(session).id
    place = col(SessionPlace.session_id) == col(TrainingSession.id)
    there = col(Attendance.session_id) == col(TrainingSession.id)
    mine, coming = col(SessionPlace.person_id) == me, col(SessionPlace.enrolled_at).is_not(None)
    return select(
        TrainingSession,
        _count(SessionPlace, place & col(SessionPlace.invited_by).is_not(None)),
        _count(SessionPlace, place & coming),
        _count(Attendance, there),
        exists().where(place, mine, col(SessionPlace.invited_by).is_not(None)),
        exists().where(place, mine, coming),
        exists().where(there, col(Attendance.person_id) == me),
    )


def _count(table: type[SessionPlace | Attendance], which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(which).correlate(TrainingSession).scalar_subquery()


async def locked(session: AsyncSession, session_id: UUID) -> TrainingSession:
    """The session, locked: of two acts at the same moment the second finds what the first did. Raises NotFound."""
    one = select(TrainingSession).where(col(TrainingSession.id) == session_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no session {session_id}", f"sosialisasi {session_id} tidak ada")
    return found


async def taken(session: AsyncSession, session_id: UUID) -> int:
    """How many seats are taken."""
    counting = select(func.count()).where(
        col(SessionPlace.session_id) == session_id, col(SessionPlace.enrolled_at).is_not(None)
    )
    count: int = (await session.execute(counting)).scalar_one()
    return count


async def expected(session: AsyncSession, session_id: UUID) -> Sequence[UUID]:
    """Whoever was invited to a session or is enrolled in it."""
    looking = select(col(SessionPlace.person_id)).where(col(SessionPlace.session_id) == session_id)
    return (await session.scalars(looking.order_by(col(SessionPlace.person_id)))).all()


def batches(people: Sequence[UUID]) -> Iterator[tuple[UUID, ...]]:
    """As many at once as one event names; one empty batch of nobody."""
    yield tuple(people[:IN_ONE_EVENT])
    for begin in range(IN_ONE_EVENT, len(people), IN_ONE_EVENT):
        yield tuple(people[begin : begin + IN_ONE_EVENT])


class Place(NamedTuple):
    """One person of a session."""

    person_id: UUID
    name: str
    unit_id: UUID
    invited: bool
    enrolled: bool
    attended: bool


async def places(session: AsyncSession, session_id: UUID, *, window: Window) -> Found[Place]:
    """Who was invited, is enrolled or came; for the performance office."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=("read who comes", "membaca peserta sesi"))
    await seen(session, session_id)
    # First whoever it is about, then what is known of each: the city has many more people than a session.
    about = union(
        select(col(SessionPlace.person_id).label("id")).where(col(SessionPlace.session_id) == session_id),
        select(col(Attendance.person_id).label("id")).where(col(Attendance.session_id) == session_id),
    ).subquery()
    placed = and_(col(SessionPlace.person_id) == col(Person.id), col(SessionPlace.session_id) == session_id)
    came = and_(col(Attendance.person_id) == col(Person.id), col(Attendance.session_id) == session_id)
    listed = (
        select(
            col(Person.id),
            col(Person.name),
            col(Person.unit_id),
            col(SessionPlace.invited_by).is_not(None),
            col(SessionPlace.enrolled_at).is_not(None),
            col(Attendance.person_id).is_not(None),
        )
        .select_from(about)
        .join(Person, col(Person.id) == about.c.id)
        .outerjoin(SessionPlace, placed)
        .outerjoin(Attendance, came)
    )
    found = await read_rows(session, listed, col(Person.id), window=window)
    return Found([Place(*row) for row in found.items], found.next)
