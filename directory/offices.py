"""Who acts for the performance office about whom, as the copy of people has it; the rule is ``kit.conflicts``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, any_, bindparam, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.registry.personnel import Status
from directory.models import Member, Person, Unit
from directory.queries import holders_of
from kit.access import require_role
from kit.conflicts import Offices, Tie
from kit.db import actor
from kit.errors import NotReady


@dataclass(frozen=True, slots=True)
class Rated:
    """Columns of a table that says who is rated by whom, and which of its rows count."""

    servant: Any
    rater: Any
    which: ColumnElement[bool] | None = None

    def ties(self) -> Select[Any]:
        """The rows in which one of ``ids`` takes part."""
        ids = any_(bindparam("ids", type_=ARRAY(PG_UUID)))
        found = select(self.servant, self.rater).where(
            self.rater.is_not(None), or_(self.servant == ids, self.rater == ids)
        )
        return found if self.which is None else found.where(self.which)


_TODAY = Rated(col(Person.id), col(Person.rater_id))
_led = aliased(Person)
_HEADS_LED = (
    select(func.count())
    .where(col(_led.rater_id) == col(Person.id), col(_led.is_head))
    .correlate(Person)
    .scalar_subquery()
)
_leader = aliased(Person)
# Of whoever is no civil servant no number is known: a regional head rates, and is nobody's superior in the service.
_RATED_BY_A_SERVANT = (
    select(col(_leader.id))
    .where(
        col(_leader.tenant_id) == col(Person.tenant_id),
        col(_leader.id) == col(Person.rater_id),
        col(_leader.nip) != "",
    )
    .correlate(Person)
    .exists()
)
# The head of the city's root unit; where nobody heads it (the mayor is no civil servant), the head whom no civil servant
# rates, and of several whoever leads most of the other heads.
_APPOINTING = (
    select(col(Person.id))
    .join(Unit, and_(col(Unit.tenant_id) == col(Person.tenant_id), col(Unit.id) == col(Person.unit_id)))
    .where(
        col(Person.is_head),
        col(Person.active),
        col(Person.status) == Status.ACTIVE.value,
        or_(col(Unit.parent_id).is_(None), ~_RATED_BY_A_SERVANT),
    )
    .order_by(col(Unit.parent_id).is_(None).desc(), _HEADS_LED.desc(), col(Person.nip))
    .limit(1)
)


def of_cycle(cycle_id: UUID) -> Rated:
    """The relations that a cycle has frozen, in a service that keeps a copy of its members."""
    return Rated(col(Member.servant_id), col(Member.rater_id), col(Member.cycle_id) == cycle_id)


async def ties_of(session: AsyncSession, ids: Sequence[UUID], *frozen: Rated) -> frozenset[Tie]:
    """Every tie in which one of these people takes part, of today and ``frozen``."""
    found: set[Tie] = set()
    for one in (_TODAY, *frozen):
        found.update((row[0], row[1]) for row in await session.execute(one.ties(), {"ids": list(ids)}))
    return frozenset(found)


async def offices(session: AsyncSession, *frozen: Rated) -> Offices:
    """Who acts about whom, by the relations of today and by those ``frozen`` in a cycle."""
    found = await holders_of(session, Role.PERFORMANCE_OFFICE, Role.APPOINTING_AUTHORITY)
    officers, declared = found[Role.PERFORMANCE_OFFICE], found[Role.APPOINTING_AUTHORITY]
    ties = await ties_of(session, [*officers, actor(session).id], *frozen)
    appointing = declared[0] if declared else (await session.scalars(_APPOINTING)).first()
    return Offices(officers, appointing, ties, declared)


async def in_cycle(session: AsyncSession, cycle_id: UUID) -> Offices:
    """As :func:`offices`, in a cycle whose members the service keeps a copy of."""
    return await offices(session, of_cycle(cycle_id))


async def require_some_office(session: AsyncSession, *, what: tuple[str, str]) -> None:
    """Raises Forbidden for whoever can act for the office about nobody, before anything is told of whom it is about."""
    who = actor(session)
    if who.is_system or who.has(Role.PERFORMANCE_OFFICE) or who.has(Role.APPOINTING_AUTHORITY):
        return
    if who.id != (await session.scalars(_APPOINTING)).first():
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)


async def require_decision(session: AsyncSession, *about: UUID | None, cycle_id: UUID, what: tuple[str, str]) -> None:
    """Raises Forbidden unless the actor decides what the law gives to the appointing authority about these people."""
    (await in_cycle(session, cycle_id)).require_decision(actor(session), *about, what=what)


async def require_office(session: AsyncSession, *about: UUID | None, cycle_id: UUID, what: tuple[str, str]) -> None:
    """Raises Forbidden unless the actor may act for the office about these people in the cycle."""
    (await in_cycle(session, cycle_id)).require(actor(session), *about, what=what)


def arrived(found: Offices, *about: UUID | None) -> UUID:
    """Who acts about these people; raises NotReady while nobody of the office has arrived."""
    if (acting := found.acting_for(*about)) is None:
        raise NotReady(
            "the performance office of this city has not arrived yet", "pengelola kinerja kota ini belum diterima"
        )
    return acting


def acting_for(found: Offices, about: Any) -> ColumnElement[UUID | None]:
    """The same as SQL, for sets: who acts about the person in the column ``about``."""
    usual: ColumnElement[UUID | None] = literal(found.acting_for(), PG_UUID)
    others = {one: literal(other, PG_UUID) for one, other in found.exceptions().items()}
    return case(others, value=about, else_=usual) if others else usual
