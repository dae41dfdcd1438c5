"""Keeps whom the cities have declared, and tells the province each city's figures: counted inside the city, told without persons.

A city's rows never leave its wall. Its figures are counted in its own transaction, small cells are hidden there, and only
what is left is written for the province, in a transaction of the province.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.registry.holders import AccountRecorded
from directory import take
from kit.db import Database, clock
from services.evaluation.cycles.rules.states import CycleState, CycleStatus
from services.evaluation.provinces import queries
from services.evaluation.provinces.models import CityFigures, ProvinceOfficial
from services.evaluation.provinces.rules import in_steps, province_of
from services.evaluation.publication.rules import LEAST

_EVERY = timedelta(hours=1)
"""Figures are told no more often; whoever reads aggregates decides nothing within the hour."""
# Two cities that declare the same person at once: whoever comes second sees the first.
_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:person, 0))")


class Officials:
    """Takes accounts as the registries tell of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, event: AccountRecorded, _: UUID) -> None:
        """Whether this city's figures are for that person from now on; seen twice, or late, it changes nothing."""
        async with self._database.transaction(province_of(event.tenant_id)) as session:
            declared = await _record(session, event)
        if declared:
            await tell(self._database, event.tenant_id, at_once=True)


async def _record(session: AsyncSession, event: AccountRecorded) -> bool:
    """In the province: the declaration, and whether the person may sign in there at all; true where one is in force."""
    await session.execute(_LOCK, {"person": str(event.account_id)})
    declared = event.active and Role.PROVINCE in event.roles
    row = {
        "tenant_id": province_of(event.tenant_id),
        "city": event.tenant_id,
        "person_id": event.account_id,
        "revision": event.revision,
        "active": declared,
    }
    newer = {"revision": event.revision, "active": declared}
    if declared:
        writing: Any = insert(ProvinceOfficial).values(row)
        writing = writing.on_conflict_do_update(
            index_elements=["tenant_id", "city", "person_id"],
            set_=newer,
            where=col(ProvinceOfficial.revision) < event.revision,
        )
    else:
        writing = (
            update(ProvinceOfficial)
            .values(newer)
            .where(
                col(ProvinceOfficial.city) == event.tenant_id,
                col(ProvinceOfficial.person_id) == event.account_id,
                col(ProvinceOfficial.revision) < event.revision,
            )
        )
    if (await session.execute(writing.returning(col(ProvinceOfficial.person_id)))).first() is not None:
        await _sign_in(session, event)
    return declared


async def _sign_in(session: AsyncSession, event: AccountRecorded) -> None:
    """The person as the province's own directory has him or her: there as long as one city has declared it."""
    looking = select(func.sum(col(ProvinceOfficial.revision)), func.bool_or(col(ProvinceOfficial.active))).where(
        col(ProvinceOfficial.person_id) == event.account_id
    )
    revisions, active = (await session.execute(looking)).one()
    known = {
        "tenant_id": province_of(event.tenant_id),
        "revision": int(revisions),  # each city's only rises, so their sum does
        "email": "",
        "roles": (Role.PROVINCE,) if active else (),
        "active": bool(active),
    }
    await take.take_master_data(session, [event.model_copy(update=known)])


async def tell(database: Database, city: str, *, at_once: bool = False) -> int:
    """Tell the province how the city's cycles stand, if anybody reads it and an hour has passed; how many cycles."""
    province = province_of(city)
    async with database.transaction(province) as session:
        read, told_at = await queries.last_told(session, city)
    now = database.clock.now()
    if not read or (told_at is not None and not at_once and now - told_at < _EVERY):
        return 0
    async with database.transaction(city) as session:
        counted = await queries.counted(session, since=told_at)
    if not counted:
        return 0
    async with database.transaction(province) as session:
        await _write(session, [_shown(row, city) | {"told_at": clock(session).now()} for row in counted])
    return len(counted)


def _shown(row: Row[Any], city: str) -> dict[str, Any]:
    """What the province may know of a cycle: no number that is about fewer than ``LEAST`` people."""
    plain = ("cycle_id", "name", "scope", "period_start", "period_end", "phase", "phase_due_at")
    shares = {name: in_steps(getattr(row, name), row.people) for name in ("rated", "issued", "final")}
    enough = row.people >= LEAST
    paused = row.state == CycleState.OPEN and row.paused_at is not None
    return {
        **{name: getattr(row, name) for name in plain},
        **shares,
        "tenant_id": province_of(city),
        "city": city,
        "city_name": row.city_name or city,
        "state": CycleStatus.PAUSED.value if paused else row.state,
        "least": LEAST,
        "people": row.people if enough else None,
        "on_time": in_steps(row.in_time, row.ended) if enough else None,
        "results": row.results,
        "predicates": row.predicates,
    }


async def _write(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    statement = insert(CityFigures)
    keys = ("tenant_id", "city", "cycle_id")
    changes = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    upsert = statement.on_conflict_do_update(index_elements=list(keys), set_=changes)
    await session.execute(upsert, [dict(row) for row in rows], execution_options={"render_nulls": True})
