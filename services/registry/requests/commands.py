"""Asking the office for a correction, withdrawing that, and deciding it: what is granted is carried out at once."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Relation, Role, new_id
from contracts.registry.requests import RequestKind, RequestState
from kit.db import actor, clock
from kit.errors import Forbidden, Refused
from kit.outbox import emit
from services.registry.calendars.queries import today
from services.registry.lock import lock_city
from services.registry.personnel.commands.changes import record_change
from services.registry.personnel.queries.lines import servant
from services.registry.personnel.queries.offices import offices, require_some_office
from services.registry.requests import events
from services.registry.requests.models import Request
from services.registry.requests.queries import request
from services.registry.requests.rules import Asked, Decided, carried_out, require_party
from services.registry.servants.models import Servant
from services.registry.units.queries import unit

_DECIDE = ("decide this request", "memutuskan permohonan ini")


async def ask(session: AsyncSession, asked: Asked) -> Request:
    """Put the request before the office; the same one, while it is open, is the same request.

    Raises Forbidden for whoever the record does not concern, NotFound for an unknown person or unit.
    """
    await lock_city(session)
    who = actor(session)
    about = None if asked.servant_id is None else await servant(session, asked.servant_id)
    if about is not None:
        require_party(asked, about, who.id, led=await _rater_of(session, who.id) == about.id)
    elif asked.unit_id is not None:
        await unit(session, asked.unit_id)
        if not who.has(Role.PANEL):
            raise Forbidden(
                "step back from visiting a unit: only for members of a panel",
                "mundur dari kunjungan unit: hanya untuk anggota tim evaluasi",
                allowed=[Relation.PANEL.value],
            )
    if asked.person_id is not None:
        await servant(session, asked.person_id)
    if (same := await _open(session, asked)) is not None:
        return same
    row = Request(
        tenant_id=who.tenant_id,
        id=new_id(),
        kind=asked.kind.value,
        asked_by=who.id,
        servant_id=asked.servant_id,
        unit_id=asked.unit_id,
        person_id=asked.person_id,
        since=asked.since,
        until=asked.until,
        reason=asked.reason,
        evidence=asked.evidence,
        state=RequestState.OPEN.value,
        asked_at=clock(session).now(),
    )
    session.add(row)
    officer = (await offices(session)).acting_for(who.id, asked.servant_id, None if about is None else about.rater_id)
    emit(session, events.made(row, officer_id=officer), reason=asked.reason)
    return row


async def _rater_of(session: AsyncSession, person_id: UUID) -> UUID | None:
    looking = select(col(Servant.rater_id)).where(col(Servant.id) == person_id)
    return (await session.scalars(looking)).first()


async def _open(session: AsyncSession, asked: Asked) -> Request | None:
    about = col(Request.servant_id) == asked.servant_id
    if asked.servant_id is None:
        about = col(Request.unit_id) == asked.unit_id
    looking = select(Request).where(
        col(Request.asked_by) == actor(session).id,
        col(Request.kind) == asked.kind.value,
        col(Request.state) == RequestState.OPEN.value,
        about,
    )
    return (await session.scalars(looking)).first()


async def withdraw(session: AsyncSession, request_id: UUID) -> Request:
    """Ask no more; withdrawn twice it is withdrawn once. Raises Forbidden for somebody else's, Refused once decided."""
    row = await request(session, request_id, lock=True)
    if row.asked_by != actor(session).id:
        raise Forbidden("only whoever asked withdraws it", "hanya pemohon yang dapat menarik permohonan ini")
    if row.state == RequestState.WITHDRAWN:
        return row
    _require_open(row)
    row.state, row.closed_at = RequestState.WITHDRAWN.value, clock(session).now()
    emit(session, events.withdrawn(row))
    return row


async def decide(session: AsyncSession, request_id: UUID, decided: Decided) -> Request:
    """Grant or refuse with a reason; what is granted is recorded as a change of personnel in this transaction.

    Raises Forbidden, with a conflict of interest as well; Refused for what was decided, or where the correction itself is
    refused: then nothing is decided either.
    """
    await require_some_office(session, what=_DECIDE)
    await lock_city(session)
    row = await request(session, request_id, lock=True)
    (await offices(session)).require(actor(session), row.asked_by, row.servant_id, what=_DECIDE)
    state = RequestState.GRANTED if decided.granted else RequestState.REFUSED
    if (row.state, row.decision_reason, row.decided_by) == (state, decided.reason, actor(session).id):
        return row
    _require_open(row)
    wanted = None
    if decided.granted and row.servant_id is not None:
        full = replace(
            decided,
            person_id=decided.person_id or row.person_id,
            since=decided.since or row.since,
            until=decided.until or row.until,
        )
        wanted = carried_out(RequestKind(row.kind), row.servant_id, full, today=today(session))
        row.change_id = (await record_change(session, wanted)).id
    row.state, row.decision_reason, row.decided_by = state.value, decided.reason, actor(session).id
    row.closed_at = clock(session).now()
    person = None if wanted is None else wanted.effect.rater_id or wanted.effect.acting_id
    since = None if wanted is None else wanted.effective_on
    emit(session, events.decided(row, by=actor(session).id, person_id=person, since=since), reason=decided.reason)
    return row


def _require_open(row: Request) -> None:
    if row.state != RequestState.OPEN:
        raise Refused(
            f"this request is {row.state.lower()} already: ask anew if something has changed",
            "permohonan ini sudah selesai: ajukan kembali bila keadaan berubah",
            state=row.state,
        )
