"""Who may act: a token's roles count only as far as the city's people have them now, and who has left writes nothing."""

from dataclasses import replace
from typing import Any

from sqlalchemy import text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.registry.personnel import AT_WORK
from directory.models import Person
from kit.access import outside_the_province
from kit.actor import Actor
from kit.db import situation
from kit.errors import Forbidden

# The city is set first, then the person is read under it: the outer side of a nested loop is one row, is not pulled up
# (it is materialized), and row-level security looks at the setting when the inner side is scanned.
_OPENING = """
with city as materialized (select set_config('app.tenant', $1, true))
select p.roles, p.active, p.status from city left join {people} as p on p.tenant_id = $1 and p.id = $2
"""
_FOUNDING = frozenset({Role.PERFORMANCE_OFFICE})
"""Whom an unknown city may begin with; every other role is declared by that one."""
_HELD = "select distinct unnest(roles) from {people} as p where roles <> '{{}}' and active and status = any(:at_work)"


class RecordedEmployment:
    """Looks people up in a table with ``roles``, ``active`` and ``status``."""

    def __init__(self, people: type[SQLModel] | str = Person, *, founding: bool = False) -> None:
        """``people``: a table, or an expression in SQL that has its columns. ``founding``: whether somebody unknown acts with a role that nobody of the city has yet, or has any more.

        That is how the first import of a city comes in, and how a city whose only office has left gets another.
        """
        known = people if isinstance(people, str) else str(people.__tablename__)
        self.opening = _OPENING.format(people=known)
        self._held = text(_HELD.format(people=known))
        self._founding = founding

    async def judge(self, session: AsyncSession, actor: Actor, *, writes: bool) -> Actor:
        """As :class:`kit.employment.Employment` has it."""
        found = situation(session).opened
        if found is None or found.roles is None:
            return await self._unknown(session, actor, writes=writes)
        if found.active and Role.PROVINCE.value in found.roles and not actor.has(Role.PROVINCE):
            raise outside_the_province()  # a token that leaves the role out opens no other door
        if writes and not found.active:
            raise Forbidden(
                "you are no longer in this city's service: you may read what is yours, and change nothing",
                "Anda tidak lagi bertugas di kota ini: Anda dapat membaca data Anda, tetapi tidak mengubahnya",
            )
        return replace(actor, roles=actor.roles & _counting(found))

    async def _unknown(self, session: AsyncSession, actor: Actor, *, writes: bool) -> Actor:
        free = await self._free(session, actor) if self._founding and actor.roles else frozenset[Role]()
        if writes and not free:
            raise Forbidden(
                "you are not among the civil servants that are known here: if you were recorded just now, try again in a "
                "minute, else ask the performance office",
                "Anda belum terdaftar sebagai pegawai di sini: jika baru saja didaftarkan, coba lagi sebentar lagi; jika "
                "tidak, hubungi pengelola kinerja",
            )
        return replace(actor, roles=free)

    async def _free(self, session: AsyncSession, actor: Actor) -> frozenset[Role]:
        held = set((await session.execute(self._held, {"at_work": [one.value for one in AT_WORK]})).scalars())
        return frozenset(role for role in actor.roles & _FOUNDING if role.value not in held)


def _counting(person: Any) -> frozenset[Role]:
    """Roles of office lie with those at work, as :func:`directory.queries.holders` finds them."""
    if not person.active or person.status not in {one.value for one in AT_WORK}:
        return frozenset()
    return frozenset(Role(name) for name in person.roles)
