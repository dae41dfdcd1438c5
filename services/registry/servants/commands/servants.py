"""Records people, in pieces of some thousand rows a statement; a line that changes nothing writes and emits nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from kit.chunks import in_chunks
from kit.db import actor
from kit.outbox import emit_all
from services.registry.events import servants_recorded
from services.registry.imports.queries.recorded import Person
from services.registry.imports.rules.report import CHANGED, CREATED, UNCHANGED, RowDone
from services.registry.imports.rules.rows import ServantRow
from services.registry.positions.commands import FORMER, PositionChange, keep_positions
from services.registry.servants.commands.authorities import follow_raters
from services.registry.servants.commands.relations import RaterChange, change_relations
from services.registry.servants.rules.ranks import may_rate
from services.registry.servants.rules.relations import RelationSource
from services.registry.units.models import Unit

_PIECE = 1_000
"""Rows a statement; each comes back as an event."""
_ARRAYS = {
    "id": "uuid",
    "nip": "text",
    "name": "text",
    "email": "text",
    "employment_type": "text",
    "grade": "text",
    "position": "text",
    "position_kind": "text",
    "unit_id": "uuid",
    "is_head": "boolean",
    "rater_id": "uuid",
    "authority_id": "uuid",
    "roles": "text",
    "language": "text",
}
_COMPARED = [name for name in _ARRAYS if name not in ("id", "nip")]
# One statement for all: a row as it is already is not written, grows no revision, is not returned and so not emitted.
# Roles come as one text a person: unnest would lay lists in a list end to end. The status of a recorded person is not
# touched, because only a change of personnel may set it.
_UPSERT = text(
    f"""
    insert into servants (tenant_id, revision, active, status, {", ".join(_ARRAYS)})
    select :tenant, 1, true, 'ACTIVE', {", ".join("string_to_array(roles, ' ')" if n == "roles" else n for n in _ARRAYS)}
    from unnest({", ".join(f"cast(:{name} as {kind}[])" for name, kind in _ARRAYS.items())}) as t({", ".join(_ARRAYS)})
    on conflict (tenant_id, nip) do update
    set revision = servants.revision + 1, {", ".join(f"{name} = excluded.{name}" for name in _COMPARED)}
    where ({", ".join(f"servants.{name}" for name in _COMPARED)})
        is distinct from ({", ".join(f"excluded.{name}" for name in _COMPARED)})
    returning new.*, {FORMER}
    """  # noqa: S608 - nothing but the column names above is put in
)
DELEGATE = (
    "the rater ranks below pejabat pengawas and rates as a delegate only: record the delegation (L IV.A) / "
    "penilai di bawah pejabat pengawas hanya dapat menilai sebagai pejabat lain yang diberi delegasi: catat delegasinya"
)
KEPT = "the rater was set by the performance office and stays / penilai ditetapkan pengelola kinerja dan tetap"


class Hierarchy:
    """Who is above whom once the file is taken in, by NIP and by id."""

    def __init__(self, rows: Sequence[ServantRow], recorded: Mapping[str, Person]) -> None:
        self.ids: dict[str, UUID] = {nip: one.id for nip, one in recorded.items()}
        self._superiors = {nip for nip, one in recorded.items() if may_rate(one.position_kind, is_head=one.is_head)}
        self._superiors -= {row.nip for row in rows}
        self._superiors |= {row.nip for row in rows if may_rate(row.position_kind, is_head=row.is_head)}
        nips = {one.id: nip for nip, one in recorded.items()}
        self._above: dict[str, str | None] = {
            nip: None if one.rater_id is None else nips.get(one.rater_id) for nip, one in recorded.items()
        }
        self._heads = {nip: one.rater_id for nip, one in recorded.items() if one.rater_id and one.rater_id not in nips}
        """Raters without a NIP, whom no file can name: a regional head stays until the file names another rater."""
        for row in rows:
            self.ids.setdefault(row.nip, new_id())
            if row.nip not in recorded or not recorded[row.nip].pinned:
                self._above[row.nip] = row.rater_nip

    def rater(self, nip: str) -> UUID | None:
        """The rater's id."""
        above = self._above.get(nip)
        return self._heads.get(nip) if above is None else self.ids[above]

    def is_rated_by_a_superior(self, nip: str) -> bool:
        """Whether the rater, if there is one, ranks high enough to be one without a delegation."""
        above = self._above.get(nip)
        return above is None or above in self._superiors

    def authority(self, nip: str) -> UUID | None:
        """The rater's rater's id."""
        above = self._above.get(nip)
        return None if above is None else self.rater(above)


async def record_servants(
    session: AsyncSession,
    rows: Sequence[ServantRow],
    recorded: Mapping[str, Person],
    units: Mapping[str, Unit],
    *,
    today: date,
    file: str,
) -> list[RowDone]:
    """Write and emit what is new; returns what each line did."""
    # In a thread, like all that looks through a hundred thousand people: others are answered meanwhile.
    hierarchy = await asyncio.to_thread(Hierarchy, rows, recorded)
    revisions: dict[UUID, int] = {}
    for piece in in_chunks(rows, _PIECE):
        written = (await session.execute(_UPSERT, _arrays(session, piece, hierarchy, units))).all()
        revisions |= {row.id: row.revision for row in written}
        await emit_all(session, servants_recorded(written))
        days = {hierarchy.ids[row.nip]: _day(row, recorded.get(row.nip), today) for row in piece}
        await keep_positions(session, [PositionChange(days[row.id], row) for row in written])
    changes = await asyncio.to_thread(_changes, rows, recorded, hierarchy, today)
    await change_relations(session, changes, source=RelationSource.HIERARCHY)
    await follow_raters(session)
    return await asyncio.to_thread(_all_done, rows, hierarchy, recorded, revisions, file)


def _arrays(
    session: AsyncSession, rows: Sequence[ServantRow], hierarchy: Hierarchy, units: Mapping[str, Unit]
) -> dict[str, Any]:
    """One list a column."""
    plain = ("nip", "name", "email", "employment_type", "grade", "position", "position_kind", "is_head", "language")
    return {
        "tenant": actor(session).tenant_id,
        **{name: [getattr(row, name) for row in rows] for name in plain},
        "id": [hierarchy.ids[row.nip] for row in rows],
        "unit_id": [units[row.unit_code].id for row in rows],
        "rater_id": [hierarchy.rater(row.nip) for row in rows],
        "authority_id": [hierarchy.authority(row.nip) for row in rows],
        "roles": [" ".join(row.roles) for row in rows],
    }


def _changes(
    rows: Sequence[ServantRow], recorded: Mapping[str, Person], hierarchy: Hierarchy, today: date
) -> list[RaterChange]:
    return [change for row in rows if (change := _change(row, recorded.get(row.nip), hierarchy, today))]


def _change(row: ServantRow, before: Person | None, hierarchy: Hierarchy, today: date) -> RaterChange | None:
    """The date in the file counts if it is news; an old date with a new rater means: from today."""
    rater = hierarchy.rater(row.nip)
    if rater == (None if before is None else before.rater_id):
        return None
    return RaterChange(hierarchy.ids[row.nip], rater, _day(row, before, today))


def _day(row: ServantRow, before: Person | None, today: date) -> date:
    """From when on what is new in a line holds."""
    known_since = None if before is None else before.since
    fresh = row.since is not None and (known_since is None or row.since > known_since)
    return row.since if fresh and row.since else today


def _all_done(
    rows: Sequence[ServantRow],
    hierarchy: Hierarchy,
    recorded: Mapping[str, Person],
    revisions: Mapping[UUID, int],
    file: str,
) -> list[RowDone]:
    return [_done(row, hierarchy, recorded, revisions, file) for row in rows]


def _done(
    row: ServantRow, hierarchy: Hierarchy, recorded: Mapping[str, Person], revisions: Mapping[UUID, int], file: str
) -> RowDone:
    before, subject = recorded.get(row.nip), hierarchy.ids[row.nip]
    outcome = CREATED if before is None else CHANGED if subject in revisions else UNCHANGED
    return RowDone(file, row.line, subject, row.nip, outcome, _note(row, before, hierarchy))


def _note(row: ServantRow, before: Person | None, hierarchy: Hierarchy) -> str | None:
    """What the office should look at: a rater who stays against the file, or who ranks too low."""
    pinned = before is not None and before.pinned
    if pinned and row.rater_nip is not None and hierarchy.ids.get(row.rater_nip) != hierarchy.rater(row.nip):
        return KEPT
    return None if pinned or hierarchy.is_rated_by_a_superior(row.nip) else DELEGATE
