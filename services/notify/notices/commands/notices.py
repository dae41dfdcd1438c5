"""Notifies people of events: one notice a person, event and template, with its deliveries."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import any_, bindparam, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from contracts.calendar import LegalCalendar
from contracts.evaluation.cycles import MembersEnrolled
from contracts.notify.notices import NoticeDelivered
from contracts.obligations import ObligationsMoved, ObligationsOpened, ObligationsStepped
from directory import queries
from directory.models import CycleCopy, Member, Person, Unit
from kit.db import clock, situation
from kit.errors import NotReady
from kit.outbox import emit
from services.notify.notices.commands.storage import Addressed, Letter, Stored, store
from services.notify.notices.rules.channels import mailed
from services.notify.notices.rules.duties import opened
from services.notify.notices.rules.ladders import moved, stepped
from services.notify.notices.rules.letters import write
from services.notify.notices.rules.notes import Note, Whom
from services.notify.notices.rules.recipients.cycles import begun, joined
from services.notify.notices.rules.recipients.table import RECIPIENTS

_IDS = any_(bindparam("ids", type_=ARRAY(PG_UUID)))
_PEOPLE = select(col(Person.id), col(Person.language), col(Person.email), col(Person.active)).where(
    col(Person.id) == _IDS
)
_NAMES = union_all(
    select(col(Person.id), col(Person.name)).where(col(Person.id) == _IDS),
    select(col(Unit.id), col(Unit.name)).where(col(Unit.id) == _IDS),
    select(col(CycleCopy.id), col(CycleCopy.name)).where(col(CycleCopy.id) == _IDS),
)


_MEMBERS = select(col(Member.servant_id)).where(col(Member.cycle_id) == bindparam("cycle_id"))
_RATER = _MEMBERS.with_only_columns(col(Member.rater_id)).where(col(Member.servant_id) == bindparam("servant_id"))


class _Reader(NamedTuple):
    """A person, as far as it matters here."""

    id: UUID
    language: str
    email: str | None
    active: bool


async def notify(session: AsyncSession, event: Event) -> None:
    """Notify everybody whom the event concerns; asked twice for the same event, notifies once."""
    await _notify(session, event, RECIPIENTS[type(event)](event))


async def notify_of(session: AsyncSession, event: Event, *notes: Note) -> None:
    """Notify people of an event that this service has just emitted itself."""
    await _notify(session, event, notes)


async def notify_steps(session: AsyncSession, event: ObligationsStepped) -> None:
    """Notify everybody whose ladders moved."""
    await _notify(session, event, stepped(event))


async def notify_opened(session: AsyncSession, event: ObligationsOpened) -> None:
    """Notify everybody who owes something from now on: the first word is no reminder."""
    await _notify(session, event, opened(event))


async def notify_moves(session: AsyncSession, event: ObligationsMoved) -> None:
    """Notify everybody whose obligations are due on another day, or somebody else's now."""
    await _notify(session, event, moved(event))


async def notify_joined(session: AsyncSession, event: MembersEnrolled) -> None:
    """Notify everybody with whom a cycle begins; and those who join one that runs already, with their raters."""
    runs = (await queries.cycle(session, event.cycle_id)).phase is not None
    await _notify(session, event, joined(event) if runs else begun(event))


async def _notify(session: AsyncSession, event: Event, notes: Sequence[Note]) -> None:
    found = await _addressed(session, event, notes)
    if not found:
        return
    cause, now = _cause(session), clock(session).now()
    people = await _people(session, {person_id for person_id, _ in found})
    names = await _names(session, set().union(*(note.ids() for _, note in found)))
    writing = _Writing(names, await _zone(session))
    stored = await store(
        session,
        event,
        [writing.to(people[person_id], note) for person_id, note in found],
        cause=cause,
        cycle_id=_id_in(event, "cycle_id"),
        now=now,
        receipts={note.template for _, note in found if note.receipt},
    )
    receipts = {(person_id, note.template): note for person_id, note in found if note.receipt}
    for notice in stored:
        if (note := receipts.get((notice.person_id, notice.template))) is not None:
            _emit_delivered(session, event, notice, note, cause=cause, now=now)


def _cause(session: AsyncSession) -> UUID:
    cause = situation(session).cause
    if cause is None:
        raise ValueError("notices are written because of an event: the transaction must know which")
    return cause


async def _addressed(session: AsyncSession, event: Event, notes: Sequence[Note]) -> list[tuple[UUID, Note]]:
    """Find who stands behind "the office" and "the rater"; a city without either has nobody to tell."""
    found: dict[tuple[UUID, str], Note] = {}
    for note in notes:
        for person_id in await _who(session, event, note.to) if isinstance(note.to, Whom) else [note.to]:
            found.setdefault((person_id, note.template), note)
    return [(person_id, note) for (person_id, _), note in found.items()]


async def _who(session: AsyncSession, event: Event, whom: Whom) -> Sequence[UUID]:
    if whom is Whom.MEMBERS:
        return (await session.scalars(_MEMBERS, {"cycle_id": _id_in(event, "cycle_id")})).all()
    office = await queries.office(session)
    if whom is Whom.RATER:
        asked = {"cycle_id": _id_in(event, "cycle_id"), "servant_id": _id_in(event, "servant_id")}
        if (member := (await session.execute(_RATER, asked)).first()) is None:
            raise NotReady("the cycle's members have not arrived yet", "peserta siklus belum diterima")
        office = member.rater_id or office
    return [] if office is None else [office]


def _id_in(event: Event, name: str) -> UUID | None:
    found = getattr(event, name, None)
    return found if isinstance(found, UUID) else None


async def _people(session: AsyncSession, ids: set[UUID]) -> dict[UUID, _Reader]:
    """Raises NotReady while the registry's word about one of them has not arrived."""
    found = {row.id: _Reader(*row) for row in await session.execute(_PEOPLE, {"ids": list(ids)})}
    if missing := ids - found.keys():
        raise NotReady(f"people have not arrived yet: {sorted(map(str, missing))}", "data pegawai belum diterima")
    return found


async def _names(session: AsyncSession, ids: set[UUID]) -> dict[str, str]:
    if not ids:
        return {}
    return {str(row.id): row.name for row in await session.execute(_NAMES, {"ids": list(ids)})}


async def _zone(session: AsyncSession) -> str:
    try:
        return (await queries.calendar(session)).zone
    except NotReady:  # a city may be notified before it has a calendar
        return LegalCalendar().zone


class _Writing:
    """Puts the notes of one event into words, each text once: a reminder may be the same for hundreds."""

    def __init__(self, names: Mapping[str, str], zone: str) -> None:
        self._names = names
        self._zone = zone
        self._known: dict[tuple[str, str, str], Letter] = {}

    def to(self, person: _Reader, note: Note) -> Addressed:
        """What one person is sent."""
        mail = person.email if person.email and person.active and mailed(note.template) else None
        return Addressed(person.id, self._letter(note, person.language), note.about_id, mail)

    def _letter(self, note: Note, language: str) -> Letter:
        params = json.dumps(note.params)
        key = note.template, language, params
        if (known := self._known.get(key)) is None:
            words = write(note, language, names=self._names, zone=self._zone)
            known = self._known[key] = Letter(note.template, language, params, words.subject, words.body)
        return known


def _emit_delivered(
    session: AsyncSession, event: Event, notice: Stored, note: Note, *, cause: UUID, now: datetime
) -> None:
    emit(
        session,
        NoticeDelivered(
            tenant_id=event.tenant_id,
            notice_id=notice.id,
            person_id=notice.person_id,
            about_event=cause,
            about_type=event.ce_type(),
            about_id=note.about_id,
            delivered_at=now,
        ),
    )
