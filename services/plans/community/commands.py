"""Takes in what the community answered: every line of a file or none, and a file once."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from contracts.plans.community import CommunityCount, CommunityResponsesRecorded
from directory import queries as directory
from directory.models import CycleCopy
from directory.offices import in_cycle
from kit.chunks import in_chunks
from kit.conflicts import Offices
from kit.db import actor, clock
from kit.errors import Refused
from kit.files.apart import ReadTable
from kit.files.errors import FileErrors
from kit.files.uploads import require_none
from kit.outbox import emit
from services.plans.community import queries, rules
from services.plans.community.models import CommunityFile
from services.plans.community.rules import Counted, Said
from services.plans.cycles.rules import require_before_moderation

WHAT = ("record what the community answered", "mencatat tanggapan masyarakat")


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a file, in different things that it said."""

    accepted: int
    changed: int
    """Said before with another count or day; the newest file counts."""
    known: int


async def record(session: AsyncSession, cycle_id: UUID, table: ReadTable) -> Recorded:
    """Record a file as evidence of units, people and indicators; the same file a second time adds nothing.

    Raises InvalidFiles with every cell that is wrong, and every person about whom whoever sends it may not act.
    """
    cycle, offices = await directory.cycle(session, cycle_id), await in_cycle(session, cycle_id)
    codes = {code for line in table.lines if (code := line.get("unit"))}
    nips = {nip for line in table.lines if (nip := rules.nip_of(line))}
    known = await queries.known(session, cycle_id, codes=codes, nips=nips)
    _require_office(session, offices, [one.id for one in known.people.values()])
    _require_open(cycle)
    found = rules.counted(table.lines, known, table.errors)
    _note_conflicts(session, offices, found, table.errors)
    require_none(table.errors)
    if (file_id := await _new_file(session, cycle, table, len(found))) is None:
        return Recorded(accepted=0, changed=0, known=len(found))
    return await _store(session, cycle, file_id, table.sha256, found)


def _require_open(cycle: CycleCopy) -> None:
    if cycle.closed:
        raise Refused("this cycle is closed", "siklus ini sudah ditutup")
    require_before_moderation(cycle.phase)


def _require_office(session: AsyncSession, offices: Offices, people: Iterable[UUID]) -> None:
    """Raises Forbidden for whoever is no officer, unless nobody else is left to act about these people."""
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        offices.require(who, *people, what=WHAT)


def _note_conflicts(session: AsyncSession, offices: Offices, found: Mapping[Said, Counted], errors: FileErrors) -> None:
    """Each line about somebody about whom this officer may not act."""
    who = actor(session)
    people = {one.servant_id for one in found if one.servant_id is not None}
    refused = {one: offices.refusal(who, [one], WHAT) for one in people if not offices.may_act(who, one)}
    fix = ("another officer sends this line", "baris ini dikirim petugas lain")
    for what, how_many in found.items():
        if what.servant_id is None or (refusal := refused.get(what.servant_id)) is None:
            continue
        for line in how_many.lines:
            errors.add(line.at("nip"), (refusal.en, refusal.indonesian), fix)


async def _new_file(session: AsyncSession, cycle: CycleCopy, table: ReadTable, counts: int) -> UUID | None:
    """The id under which it is recorded; None for one that was before."""
    row = {
        "tenant_id": cycle.tenant_id,
        "cycle_id": cycle.id,
        "sha256": table.sha256,
        "id": new_id(),
        "counts": counts,
        "recorded_by": actor(session).id,
        "recorded_at": clock(session).now(),
    }
    storing = insert(CommunityFile).values(row).on_conflict_do_nothing().returning(col(CommunityFile.id))
    return (await session.scalars(storing)).first()


_STORE = text("""
insert into community_responses (
    tenant_id, id, cycle_id, target, subject_id, servant_id, kind, title, reference, count, on_day, file_id, recorded_at
)
select cast(:tenant as text), id, cast(:cycle as uuid), target, subject_id, servant_id, kind, title, reference, count, on_day,
    cast(:file as uuid), cast(:now as timestamptz)
from jsonb_to_recordset(cast(:said as jsonb)) as one(
    id uuid, target text, subject_id uuid, servant_id uuid, kind text, title text, reference text, count integer,
    on_day date
)
on conflict (tenant_id, cycle_id, subject_id, kind, reference, title) do update
set count = excluded.count, on_day = excluded.on_day, file_id = excluded.file_id, recorded_at = excluded.recorded_at
where (community_responses.count, community_responses.on_day) is distinct from (excluded.count, excluded.on_day)
returning id, subject_id, kind, reference, title
""")


async def _store(
    session: AsyncSession, cycle: CycleCopy, file_id: UUID, sha256: str, found: Mapping[Said, Counted]
) -> Recorded:
    ids = {what: new_id() for what in found}
    asked = {
        "said": json.dumps([_row(ids[what], what, found[what]) for what in found]),
        "tenant": cycle.tenant_id,
        "cycle": cycle.id,
        "file": file_id,
        "now": clock(session).now(),
    }
    by_key = {(what.subject_id, what.kind.value, what.reference, what.title): what for what in found}
    stored = {by_key[tuple(row[1:])]: row.id for row in await session.execute(_STORE, asked)}
    told = [_told(what, found[what]) for what in found if what in stored]
    for some in in_chunks(told):
        emit(
            session,
            CommunityResponsesRecorded(
                tenant_id=cycle.tenant_id,
                file_id=file_id,
                cycle_id=cycle.id,
                sha256=sha256,
                counts=tuple(some),
                recorded_by=actor(session).id,
            ),
        )
    accepted = sum(ids[what] == one for what, one in stored.items())
    return Recorded(accepted=accepted, changed=len(stored) - accepted, known=len(found) - len(stored))


def _row(new: UUID, what: Said, how_many: Counted) -> dict[str, object]:
    return {
        "id": str(new),
        "target": what.target.value,
        "subject_id": str(what.subject_id),
        "servant_id": None if what.servant_id is None else str(what.servant_id),
        "kind": what.kind.value,
        "title": what.title,
        "reference": what.reference,
        "count": how_many.count,
        "on_day": None if how_many.on is None else how_many.on.isoformat(),
    }


def _told(what: Said, how_many: Counted) -> CommunityCount:
    return CommunityCount(
        target=what.target,
        subject_id=what.subject_id,
        servant_id=what.servant_id,
        evidence=rules.evidence(what, how_many),
    )
