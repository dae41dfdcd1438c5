"""Changes one person's rater from a day on: delegation, correction, or back to the hierarchy."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.calendar import LegalCalendar
from kit.db import actor, clock
from kit.deadlines import local_date
from kit.errors import Forbidden, NotFound, Refused
from kit.outbox import emit_all
from services.registry.commands.authorities import follow_raters
from services.registry.commands.lock import lock_city
from services.registry.commands.relations import RaterChange, change_relations
from services.registry.commands.sets import plan_for_sets
from services.registry.commands.told import servants_recorded
from services.registry.models import RaterRelation, Servant
from services.registry.rules.words import RelationSource


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who shall rate from when on, and why."""

    rater_id: UUID
    since: date
    source: RelationSource
    reason: str


_ABOVE = text(
    """
    with recursive above as (
        select id, rater_id from servants where id = :rater
        union select s.id, s.rater_id from servants s join above a on s.id = a.rater_id
    )
    select 1 from above where id = :servant
    """
)
_ASSIGN = text(
    """
    update servants s set rater_id = r.id, authority_id = r.rater_id, revision = s.revision + 1
    from servants r where s.id = :servant and r.id = :rater and r.tenant_id = s.tenant_id
    returning s.*
    """
)


async def assign_rater(session: AsyncSession, servant_id: UUID, wanted: Assignment) -> RaterRelation:
    """Record the relation and tell of everybody whom it concerns; asked twice, it is recorded once."""
    if not actor(session).has(Role.PERFORMANCE_OFFICE):
        raise Forbidden("raters are changed by the performance office", "penilai diubah oleh pengelola kinerja")
    await lock_city(session)
    servant = await _locked(session, servant_id)
    await _locked(session, wanted.rater_id)
    current = (await session.scalars(_open(servant_id))).first()
    if current is not None and _is(current, wanted):
        return current
    _judge_day(session, wanted)
    await _refuse_circle(session, servant, wanted.rater_id)
    change = RaterChange(servant_id, wanted.rater_id, wanted.since)
    await change_relations(session, [change], source=wanted.source, reason=wanted.reason)
    if servant.rater_id != wanted.rater_id:
        sets = {"servant": servant_id, "rater": wanted.rater_id}
        rows = (await session.execute(_ASSIGN, sets)).all()
        await emit_all(session, servants_recorded(rows), reason=wanted.reason)
        await plan_for_sets(session)
        await follow_raters(session, reason=wanted.reason)
    return (await session.scalars(_open(servant_id))).one()


async def _locked(session: AsyncSession, servant_id: UUID) -> Servant:
    one = select(Servant).where(col(Servant.id) == servant_id).with_for_update(key_share=True)
    found = (await session.scalars(one)).first()
    if found is None:
        raise NotFound(f"no civil servant {servant_id} in this city", f"pegawai {servant_id} tidak ada di kota ini")
    return found


def _open(servant_id: UUID) -> Select[RaterRelation]:
    one = select(RaterRelation).where(
        col(RaterRelation.servant_id) == servant_id, col(RaterRelation.valid_to).is_(None)
    )
    return one.execution_options(populate_existing=True)


def _is(current: RaterRelation, wanted: Assignment) -> bool:
    return (current.rater_id, current.valid_from, current.source, current.reason) == (
        wanted.rater_id,
        wanted.since,
        wanted.source.value,
        wanted.reason,
    )


def _judge_day(session: AsyncSession, wanted: Assignment) -> None:
    if wanted.since > local_date(clock(session).now(), LegalCalendar()):
        raise Refused(
            f"{wanted.since} lies in the future: enter the change when its day has come",
            f"{wanted.since} belum terjadi: masukkan perubahan pada harinya",
        )


async def _refuse_circle(session: AsyncSession, servant: Servant, rater_id: UUID) -> None:
    found = await session.execute(_ABOVE, {"rater": rater_id, "servant": servant.id})
    if found.first() is not None:
        raise Refused(
            f"{servant.name} is above that rater: they would rate one another in a circle",
            f"{servant.name} berada di atas penilai itu: keduanya akan saling menilai",
        )
