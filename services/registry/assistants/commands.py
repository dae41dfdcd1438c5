"""The office declares who enters for a civil servant without a computer; the office or the servant ends it."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from kit.db import actor, clock
from kit.errors import Invalid, Refused
from kit.outbox import emit
from services.registry.assistants import events
from services.registry.assistants.models import Assistant
from services.registry.assistants.queries import assistant
from services.registry.calendars.queries import today
from services.registry.lock import lock_city
from services.registry.personnel.queries.lines import servant
from services.registry.personnel.queries.offices import offices, require_some_office

_DECLARE = ("declare who assists whom", "menetapkan pendamping pegawai")
_END = ("end this assistance", "mengakhiri pendampingan ini")


async def declare(
    session: AsyncSession, *, servant_id: UUID, assistant_id: UUID, since: date, until: date | None, reason: str
) -> Assistant:
    """Declare who enters for the civil servant from a day to a day.

    Raises Forbidden, with a conflict of interest as well; NotFound; Invalid for a span that ends before it begins; Refused
    for somebody who judges the servant, is not in service, or assists in that time already.
    """
    await require_some_office(session, what=_DECLARE)
    tenant_id = await lock_city(session)
    (await offices(session)).require(actor(session), servant_id, what=_DECLARE)
    if until is not None and until < since:
        raise Invalid("it would end before it begins", "berakhir sebelum dimulai", where="until")
    await _require_apart(session, servant_id, assistant_id)
    await _require_free(session, servant_id, assistant_id, since=since, until=until)
    row = Assistant(
        tenant_id=tenant_id,
        id=new_id(),
        servant_id=servant_id,
        assistant_id=assistant_id,
        valid_from=since,
        valid_until=until,
        reason=reason,
        recorded_at=clock(session).now(),
        recorded_by=actor(session).id,
    )
    session.add(row)
    emit(session, events.declared(row), reason=reason)
    return row


async def end(session: AsyncSession, declaration_id: UUID, *, until: date, reason: str) -> Assistant:
    """Let it end after this day, at the earliest yesterday; the same end again changes nothing.

    Raises Forbidden for whoever is neither the servant nor the office, NotFound, Refused for what ended sooner.
    """
    await lock_city(session)
    row = await assistant(session, declaration_id)
    if actor(session).id != row.servant_id:
        await require_some_office(session, what=_END)
        (await offices(session)).require(actor(session), row.servant_id, what=_END)
    if (row.valid_until, row.end_reason) == (until, reason):
        return row
    if row.valid_until is not None and until > row.valid_until:
        raise Refused("it ends sooner already: declare it anew", "sudah berakhir lebih awal: tetapkan kembali")
    yesterday = today(session) - timedelta(days=1)
    if until < yesterday and row.valid_from <= yesterday:
        raise Invalid(
            "what was entered until yesterday stays: end it yesterday or later",
            "yang diisi sampai kemarin tetap berlaku: akhiri kemarin atau sesudahnya",
            where="until",
        )
    # What never began ends on the day before its first: no day remains.
    row.valid_until = max(until, row.valid_from - timedelta(days=1))
    row.ended_at, row.ended_by, row.end_reason = clock(session).now(), actor(session).id, reason
    emit(session, events.ended(row, until=row.valid_until, reason=reason, ended_by=actor(session).id), reason=reason)
    return row


async def _require_apart(session: AsyncSession, servant_id: UUID, assistant_id: UUID) -> None:
    """Whoever judges a person does not write what is judged."""
    assisted, assisting = await servant(session, servant_id), await servant(session, assistant_id)
    if assistant_id in (servant_id, assisted.rater_id, assisted.authority_id):
        raise Refused(
            "nobody assists himself or herself, or somebody whom he or she rates: choose a colleague",
            "pendamping bukan diri sendiri dan bukan pejabat penilai pegawai itu: pilih rekan kerja lain",
        )
    if not (assisted.active and assisting.active):
        raise Refused(
            "one of the two is no longer in this city's service", "salah satu sudah tidak bertugas di kota ini"
        )


async def _require_free(
    session: AsyncSession, servant_id: UUID, assistant_id: UUID, *, since: date, until: date | None
) -> None:
    same = select(col(Assistant.id)).where(
        col(Assistant.servant_id) == servant_id,
        col(Assistant.assistant_id) == assistant_id,
        col(Assistant.valid_until).is_(None) | (col(Assistant.valid_until) >= since),
    )
    if until is not None:
        same = same.where(col(Assistant.valid_from) <= until)
    if (found := (await session.scalars(same)).first()) is not None:
        raise Refused(
            "this colleague assists the person in that time already: end it first",
            "rekan ini sudah menjadi pendamping pada masa itu: akhiri dahulu",
            declaration_id=str(found),
        )
