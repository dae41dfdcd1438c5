"""Gives people other numbers: the person and everything about him or her stays, both numbers are kept."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.registry.numbers import NumberKind
from kit.db import actor, clock
from kit.errors import Invalid, Refused
from kit.outbox import emit_all
from services.registry.calendars.queries import today
from services.registry.events import servants_recorded
from services.registry.lock import lock_city
from services.registry.numbers import queries
from services.registry.numbers.events import nips_changed
from services.registry.numbers.models import FormerNumber
from services.registry.numbers.rules import Basis, Replacement, require_number
from services.registry.personnel.queries.offices import offices, require_some_office
from services.registry.servants.models import Servant
from services.registry.servants.queries import servant as servant_of
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import EmploymentType

_CORRECT = ("correct a number", "memperbaiki NIP")
_REPLACE = text(
    """
    update servants s set nip = c.nip, revision = s.revision + 1
    from unnest(cast(:servants as uuid[]), cast(:nips as text[])) as c(servant, nip)
    where s.tenant_id = :tenant and s.id = c.servant and s.nip <> c.nip
    returning s.*
    """
)


async def correct(session: AsyncSession, servant_id: UUID, *, nip: str, reason: str, document: str) -> FormerNumber:
    """Record the right number of a person whose recorded one is wrong; asked twice it is corrected once.

    Raises Forbidden for whoever may not act for the office about the person, NotFound, Invalid for what cannot be a
    number or is recorded already, Refused for another person's.
    """
    await require_some_office(session, what=_CORRECT)
    await lock_city(session)
    person = await servant_of(session, servant_id)
    (await offices(session)).require(actor(session), servant_id, what=_CORRECT)
    number = nips.tidy(nip)
    if person.nip == number:
        return await _again(session, servant_id, Basis(NumberKind.CORRECTION, reason, document))
    require_number(number, EmploymentType(person.employment_type))
    await refuse_taken(session, number, servant_id)
    wanted = Replacement(servant_id, person.nip, number, today(session))
    [kept] = await replace(session, [wanted], Basis(NumberKind.CORRECTION, reason, document))
    return kept


async def replace(session: AsyncSession, wanted: Sequence[Replacement], basis: Basis) -> list[FormerNumber]:
    """Write the new numbers, keep the former ones and emit both; the city is locked, and who asks was judged."""
    values = {
        "tenant": actor(session).tenant_id,
        "servants": [one.servant_id for one in wanted],
        "nips": [one.nip for one in wanted],
    }
    written = (await session.execute(_REPLACE, values)).all()
    await emit_all(session, servants_recorded(written), reason=basis.reason)
    return await keep_former(session, wanted, basis)


async def keep_former(session: AsyncSession, wanted: Sequence[Replacement], basis: Basis) -> list[FormerNumber]:
    """Keep the former numbers of people whose new ones were written, and emit that."""
    who, now = actor(session), clock(session).now()
    rows = [
        FormerNumber(
            tenant_id=who.tenant_id,
            id=new_id(),
            servant_id=one.servant_id,
            kind=basis.kind.value,
            former_nip=one.former_nip,
            nip=one.nip,
            effective_on=one.effective_on,
            reason=basis.reason,
            document=basis.document,
            recorded_at=now,
            recorded_by=who.id,
        )
        for one in wanted
    ]
    session.add_all(rows)
    await emit_all(session, nips_changed(rows), reason=basis.reason)
    return rows


async def refuse_taken(session: AsyncSession, nip: str, servant_id: UUID) -> None:
    """Raises Refused where this is the number of somebody else."""
    looking = select(col(Servant.name)).where(col(Servant.nip) == nip, col(Servant.id) != servant_id)
    if (name := (await session.scalars(looking)).first()) is not None:
        raise Refused(
            f"NIP {nip} is recorded for {name}: correct that record first",
            f"NIP {nip} tercatat untuk {name}: perbaiki dahulu data itu",
        )


async def _again(session: AsyncSession, servant_id: UUID, basis: Basis) -> FormerNumber:
    last = await queries.last_of(session, servant_id)
    if last is not None and (last.reason, last.document) == (basis.reason, basis.document):
        return last
    raise Invalid("this is the recorded number", "nomor ini sudah tercatat", where="nip")
