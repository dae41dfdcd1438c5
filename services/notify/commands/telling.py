"""Writes notices: one a person, event and template, with its deliveries, in one statement each."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, any_, bindparam, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event, new_id
from contracts.calendar import LegalCalendar
from contracts.notify import NoticeDelivered
from contracts.obligations import ObligationsMoved, ObligationsStepped
from directory import queries
from directory.models import Member, Person, Unit
from kit.db import clock, situation
from kit.errors import NotReady
from kit.outbox import emit
from services.notify.models import Delivery, Notice
from services.notify.rules.ladders import moved, stepped
from services.notify.rules.letters import write
from services.notify.rules.notes import Note, Whom
from services.notify.rules.whom import TOLD

# Built once; the inserts are those of the tables, because nothing of a notice is read back but whether it is new.
_IDS = any_(bindparam("ids", type_=ARRAY(PG_UUID)))
_NOTICES: Table = Notice.__table__  # type: ignore[attr-defined]
_PEOPLE = select(Person).where(col(Person.id) == _IDS)
_NAMES = union_all(
    select(col(Person.id), col(Person.name)).where(col(Person.id) == _IDS),
    select(col(Unit.id), col(Unit.name)).where(col(Unit.id) == _IDS),
)
_STORE = insert(_NOTICES).on_conflict_do_nothing().returning(_NOTICES.c.id)
_DELIVER = insert(Delivery.__table__).values(next_at=func.now())  # type: ignore[attr-defined]


async def tell(session: AsyncSession, event: Event) -> None:
    """Tell everybody whom the event concerns; asked twice for the same event, tells once."""
    await _tell(session, event, TOLD[type(event)](event))


async def tell_steps(session: AsyncSession, event: ObligationsStepped) -> None:
    """Tell everybody whose ladders moved."""
    await _tell(session, event, stepped(event))


async def tell_moves(session: AsyncSession, event: ObligationsMoved) -> None:
    """Tell everybody whose duties are due on another day, or somebody else's now."""
    await _tell(session, event, moved(event))


async def _tell(session: AsyncSession, event: Event, notes: Sequence[Note]) -> None:
    addressed = await _addressed(session, event, notes)
    if not addressed:
        return
    people = await _people(session, {person_id for person_id, _ in addressed})
    names = await _names(session, set().union(*(note.ids() for _, note in addressed)))
    zone = await _zone(session)
    now = clock(session).now()
    rows = [
        _row(event, _cause(session), people[person_id], note, now=now, names=names, zone=zone)
        for person_id, note in addressed
    ]
    stored = await _store(session, rows)
    await _deliver(session, [row for row in rows if row["id"] in stored], people)
    receipts = {(person_id, note.template) for person_id, note in addressed if note.receipt}
    for row in rows:
        if row["id"] in stored and (row["person_id"], row["template"]) in receipts:
            _tell_delivered(session, row)


def _cause(session: AsyncSession) -> UUID:
    cause = situation(session).cause
    if cause is None:
        raise ValueError("notices are written because of an event: the transaction must know which")
    return cause


async def _addressed(session: AsyncSession, event: Event, notes: Sequence[Note]) -> list[tuple[UUID, Note]]:
    """Find who stands behind "the office" and "the rater"; a city without either has nobody to tell."""
    found: dict[tuple[UUID, str], Note] = {}
    for note in notes:
        person_id = await _who(session, event, note.to) if isinstance(note.to, Whom) else note.to
        if person_id is not None:
            found.setdefault((person_id, note.template), note)
    return [(person_id, note) for (person_id, _), note in found.items()]


async def _who(session: AsyncSession, event: Event, whom: Whom) -> UUID | None:
    office = await queries.office(session)
    if whom is Whom.OFFICE:
        return office
    enrolled = select(col(Member.rater_id)).where(
        col(Member.cycle_id) == _id_in(event, "cycle_id"), col(Member.servant_id) == _id_in(event, "servant_id")
    )
    member = (await session.execute(enrolled)).first()
    if member is None:
        raise NotReady("the cycle's members have not arrived yet", "peserta siklus belum diterima")
    return member.rater_id or office


def _id_in(event: Event, name: str) -> UUID | None:
    found = getattr(event, name, None)
    return found if isinstance(found, UUID) else None


async def _people(session: AsyncSession, ids: set[UUID]) -> dict[UUID, Person]:
    """Raises NotReady while the registry's word about one of them has not arrived."""
    found = (await session.scalars(_PEOPLE, {"ids": list(ids)})).all()
    if missing := ids - {person.id for person in found}:
        raise NotReady(f"people have not arrived yet: {sorted(map(str, missing))}", "data pegawai belum diterima")
    return {person.id: person for person in found}


async def _names(session: AsyncSession, ids: set[UUID]) -> dict[str, str]:
    if not ids:
        return {}
    return {str(row.id): row.name for row in await session.execute(_NAMES, {"ids": list(ids)})}


async def _zone(session: AsyncSession) -> str:
    try:
        return (await queries.calendar(session)).zone
    except NotReady:  # a city may be told something before it has a calendar
        return LegalCalendar().zone


def _row(
    event: Event, cause: UUID, person: Person, note: Note, *, now: datetime, names: Mapping[str, str], zone: str
) -> dict[str, Any]:
    letter = write(note, person.language, names=names, zone=zone)
    return {
        "tenant_id": event.tenant_id,
        "id": new_id(),
        "person_id": person.id,
        "cycle_id": _id_in(event, "cycle_id"),
        "event_id": cause,
        "about_type": event.ce_type(),
        "about_id": note.about_id,
        "template": note.template,
        "params": note.params,
        "language": person.language,
        "subject": letter.subject,
        "body": letter.body,
        "created_at": now,
    }


async def _store(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> set[UUID]:
    return set((await session.scalars(_STORE, rows)).all())


async def _deliver(session: AsyncSession, rows: Sequence[dict[str, Any]], people: Mapping[UUID, Person]) -> None:
    """The inbox has it at once; the mailer takes what is to be mailed."""
    deliveries = [one for row in rows for one in _deliveries(row, people[row["person_id"]])]
    if deliveries:
        await session.execute(_DELIVER, deliveries)


def _deliveries(row: dict[str, Any], person: Person) -> list[dict[str, Any]]:
    common = {"tenant_id": row["tenant_id"], "notice_id": row["id"]}
    inbox = {"channel": "INBOX", "address": str(person.id), "state": "SENT", "attempts": 1}
    found = [common | inbox | {"id": new_id(), "sent_at": row["created_at"]}]
    if person.email and person.active:
        mail = {"channel": "EMAIL", "address": person.email, "state": "PENDING", "attempts": 0}
        found.append(common | mail | {"id": new_id(), "sent_at": None})
    return found


def _tell_delivered(session: AsyncSession, row: dict[str, Any]) -> None:
    emit(
        session,
        NoticeDelivered(
            tenant_id=row["tenant_id"],
            notice_id=row["id"],
            person_id=row["person_id"],
            about_event=row["event_id"],
            about_type=row["about_type"],
            about_id=row["about_id"],
            delivered_at=row["created_at"],
        ),
    )
