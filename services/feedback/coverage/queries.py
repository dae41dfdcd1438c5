"""Topics that people have attended a session on, whichever of the topic's sessions it was; one statement each."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from directory.models import Member, Unit
from directory.queries import known_cycle
from kit.db import actor
from kit.errors import Forbidden
from kit.keyset import Found, Window, read_rows
from services.feedback.coverage.rules import is_hidden
from services.feedback.sessions.models import Attendance, TrainingSession


class OfUnit(NamedTuple):
    """One unit and topic: how many take part in the cycle, and how many of them attended a session on it."""

    unit_id: UUID
    unit_name: str | None
    topic: int
    title_id: str
    title_en: str
    people: int
    covered: int | None
    """None where so few people are that the reader, who sees no persons, would read one out of it."""


class OfPerson(NamedTuple):
    """One person, and the topics attended."""

    servant_id: UUID
    unit_id: UUID
    topics: Sequence[int]


async def units(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[OfUnit]:
    """Coverage by unit and topic: all units for the office and the leadership, for whoever leads those of the people led."""
    await known_cycle(session, cycle_id)
    acting = actor(session)
    topics = (
        select(
            col(TrainingSession.ordinal).label("topic"),
            func.min(col(TrainingSession.title_id)).label("title_id"),
            func.min(col(TrainingSession.title_en)).label("title_en"),
        )
        .where(col(TrainingSession.cycle_id) == cycle_id)
        .group_by(col(TrainingSession.ordinal))
        .subquery()
    )
    came = (
        select(col(TrainingSession.ordinal).label("topic"), col(Attendance.person_id).label("person_id"))
        .distinct()
        .join(Attendance, col(Attendance.session_id) == col(TrainingSession.id))
        .where(col(TrainingSession.cycle_id) == cycle_id)
        .subquery()
    )
    was_there = and_(came.c.topic == topics.c.topic, came.c.person_id == col(Member.servant_id))
    listed = (
        select(
            col(Member.unit_id),
            col(Unit.name),
            topics.c.topic,
            topics.c.title_id,
            topics.c.title_en,
            func.count(),
            func.count(came.c.person_id),
        )
        .select_from(Member)
        .join(topics, col(Member.cycle_id) == cycle_id)
        .outerjoin(came, was_there)
        .outerjoin(Unit, and_(col(Unit.tenant_id) == col(Member.tenant_id), col(Unit.id) == col(Member.unit_id)))
        .group_by(col(Member.unit_id), col(Unit.name), topics.c.topic, topics.c.title_id, topics.c.title_en)
    )
    if not (acting.has(Role.PERFORMANCE_OFFICE) or acting.has(Role.CITY_LEADER)):
        listed = listed.where(col(Member.unit_id).in_(await _units_led(session, cycle_id)))
    found = await read_rows(session, listed, col(Member.unit_id), topics.c.topic, window=window)
    sees_persons = acting.has(Role.PERFORMANCE_OFFICE) or not acting.has(Role.CITY_LEADER)
    return Found([_shown(OfUnit(*row), sees_persons=sees_persons) for row in found.items], found.next)


def _shown(one: OfUnit, *, sees_persons: bool) -> OfUnit:
    return one._replace(covered=None) if is_hidden(one.people, sees_persons=sees_persons) else one


async def _units_led(session: AsyncSession, cycle_id: UUID) -> Sequence[UUID]:
    led = select(col(Member.unit_id)).distinct().where(col(Member.cycle_id) == cycle_id, _is_led(actor(session).id))
    if not (found := (await session.scalars(led)).all()):
        raise Forbidden(
            "coverage is read by the performance office, the city's leadership and whoever leads somebody",
            "cakupan dibaca oleh pengelola kinerja, pimpinan kota, dan atasan",
            allowed=["RATER", "AUTHORITY", Role.PERFORMANCE_OFFICE.value, Role.CITY_LEADER.value],
        )
    return found


def _is_led(person_id: UUID) -> ColumnElement[bool]:
    return or_(col(Member.rater_id) == person_id, col(Member.authority_id) == person_id)


async def people(session: AsyncSession, cycle_id: UUID, *, unit_id: UUID | None, window: Window) -> Found[OfPerson]:
    """Topics attended by each: for the office of everybody, else of oneself and of those whom one leads."""
    await known_cycle(session, cycle_id)
    acting = actor(session)
    topics = (
        select(func.array_agg(distinct(col(TrainingSession.ordinal))))
        .join(Attendance, col(Attendance.session_id) == col(TrainingSession.id))
        .where(col(TrainingSession.cycle_id) == cycle_id, col(Attendance.person_id) == col(Member.servant_id))
        .correlate(Member)
        .scalar_subquery()
    )
    listed = select(col(Member.servant_id), col(Member.unit_id), topics).where(col(Member.cycle_id) == cycle_id)
    if unit_id is not None:
        listed = listed.where(col(Member.unit_id) == unit_id)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        listed = listed.where(or_(col(Member.servant_id) == acting.id, _is_led(acting.id)))
    found = await read_rows(session, listed, col(Member.servant_id), window=window)
    return Found([OfPerson(servant, unit, sorted(topics or ())) for servant, unit, topics in found.items], found.next)
