"""The office declares who holds a role from a day to a day, and ends it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from kit.db import actor, clock
from kit.errors import Invalid, NotFound, Refused
from kit.outbox import emit
from services.registry.calendars.queries import today
from services.registry.holders import events
from services.registry.holders.applying import apply_holders
from services.registry.holders.checks import APART, goes_with_others, not_held
from services.registry.holders.models import Account, Declaration
from services.registry.holders.queries import is_account, is_servant, name_of
from services.registry.lock import lock_city
from services.registry.personnel.queries.offices import offices, require_some_office

_DECLARE = ("declare who holds an office", "menetapkan pemegang jabatan")
MACHINES = frozenset({Role.INTEGRATOR})
"""Roles that no person holds: nobody's own token may carry results out of the house."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A civil servant by id, or somebody who gets an account; both together: an account that another city has made."""

    person_id: UUID | None = None
    name: str | None = None
    email: str = ""
    language: str = "id"


async def declare(
    session: AsyncSession, holder: Holder, role: Role, *, since: date, until: date | None, reason: str
) -> tuple[Declaration, str]:
    """Declare it and let it begin if its day has come; returns the declaration and the holder's name.

    Raises Forbidden, with a conflict of interest as well; Invalid for a span that ends before it begins, for a machine's
    role of a person, and for a province's of a civil servant; Refused where the person holds the role in that time
    already, or another beside which it does not go.
    """
    await require_some_office(session, what=_DECLARE)
    tenant_id = await lock_city(session)
    (await offices(session)).require(actor(session), holder.person_id, what=_DECLARE)
    if until is not None and until < since:
        raise Invalid("it would end before it begins", "berakhir sebelum dimulai", where="until")
    person_id, name = await _person(session, holder, role)
    await not_held(session, person_id, role, since=since, until=until)
    await goes_with_others(session, person_id, role, since=since)
    row = Declaration(
        tenant_id=tenant_id,
        id=new_id(),
        person_id=person_id,
        role=role.value,
        valid_from=since,
        valid_until=until,
        reason=reason,
        recorded_at=clock(session).now(),
        recorded_by=actor(session).id,
    )
    session.add(row)
    emit(session, events.declared(row, name), reason=reason)
    await apply_holders(session)
    return row, name


async def end(session: AsyncSession, declaration_id: UUID, *, until: date, reason: str) -> Declaration:
    """Let a declared role end after this day; the same end again changes nothing.

    Raises Forbidden, NotFound, Invalid for a day before the day before it began, Refused for what has ended already.
    """
    await require_some_office(session, what=_DECLARE)
    await lock_city(session)
    one = select(Declaration).where(col(Declaration.id) == declaration_id)
    if (row := (await session.scalars(one)).first()) is None:
        raise NotFound("no such declaration in this city", "penetapan tidak ada di kota ini")
    (await offices(session)).require(actor(session), row.person_id, what=_DECLARE)
    if (row.valid_until, row.end_reason) == (until, reason):
        return row
    day = today(session)
    if row.valid_until is not None and row.valid_until < day:
        raise Refused("it has ended already: declare it anew", "sudah berakhir: tetapkan kembali")
    if row.valid_until is not None and until > row.valid_until:
        raise Invalid("it ends sooner already: declare it anew", "sudah berakhir lebih awal: tetapkan kembali")
    if until < row.valid_from and row.applied:
        raise Invalid("it has begun already: end it today or later", "sudah berlaku: akhiri hari ini atau sesudahnya")
    # What never began ends on the day before its first: no day remains.
    row.valid_until = max(until, date.fromordinal(row.valid_from.toordinal() - 1))
    row.ended_at, row.ended_by, row.end_reason = clock(session).now(), actor(session).id, reason
    emit(session, events.ended(row, until=row.valid_until, reason=reason), reason=reason)
    await apply_holders(session)
    return row


async def _person(session: AsyncSession, holder: Holder, role: Role) -> tuple[UUID, str]:
    """The holder's id and name; who is no civil servant gets an account."""
    if holder.person_id is None:
        return await _account(session, holder, new_id())
    if role in APART:
        return await _official(session, holder, holder.person_id)
    if role in MACHINES:
        raise Invalid(
            "a machine has this role: leave person_id out and name the machine",
            "peran ini untuk mesin: kosongkan person_id dan isi nama mesinnya",
            where="person_id",
        )
    return holder.person_id, await name_of(session, holder.person_id)


async def _official(session: AsyncSession, holder: Holder, person_id: UUID) -> tuple[UUID, str]:
    """An account that this city knows, or one that another has made: one token, the numbers of every city that agrees."""
    if await is_servant(session, person_id):
        raise Invalid(
            "a civil servant of the city is no official of the province: leave person_id out and name the official",
            "pegawai kota bukan pejabat provinsi: kosongkan person_id dan isi nama pejabatnya",
            where="person_id",
        )
    if holder.name is None or await is_account(session, person_id):
        return person_id, await name_of(session, person_id)
    return await _account(session, holder, person_id)


async def _account(session: AsyncSession, holder: Holder, account_id: UUID) -> tuple[UUID, str]:
    if holder.name is None:
        raise Invalid(
            "say who: person_id of a civil servant, or a name for somebody who is none",
            "sebutkan siapa: person_id pegawai, atau nama bila bukan pegawai",
            where="person_id",
        )
    account = Account(
        tenant_id=actor(session).tenant_id,
        id=account_id,
        revision=1,
        name=holder.name,
        email=holder.email,
        language=holder.language,
        roles=[],
        active=True,
        recorded_at=clock(session).now(),
    )
    session.add(account)
    # Before anything is told of what he or she holds: who is notified must be known.
    emit(session, next(events.accounts_recorded([account])))
    return account.id, account.name
