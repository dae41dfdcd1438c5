"""Records what positions ask for, as a file gives it: one statement for all lines, one event a position that changed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.competences import RequiredCompetence, position_key
from contracts.registry.competences import CompetencesRecorded
from kit.db import actor, clock
from kit.outbox import emit_all
from services.registry.competences import queries
from services.registry.competences.models import PositionCompetence
from services.registry.imports.rules.report import CHANGED, CREATED, UNCHANGED, RowDone
from services.registry.imports.rules.rows import CompetenceRow

_NOBODY = "nobody holds this position / belum ada pemegang jabatan ini"
# What a line does not change is not returned; "old" (PostgreSQL 18) tells what is new from what was there.
_KEEP = text(
    """
    insert into position_competences as c (tenant_id, id, position_key, position, code, name, required, valid_from,
        valid_to, imported_at, imported_by)
    select :tenant, r.id, r.position_key, r.position, r.code, r.name, r.required, r.valid_from, r.valid_to, :now, :who
    from jsonb_to_recordset(cast(:rows as jsonb)) as r(id uuid, position_key text, position text, code text, name text,
        required smallint, valid_from date, valid_to date)
    on conflict (tenant_id, id) do update set position = excluded.position, name = excluded.name,
        required = excluded.required, valid_to = excluded.valid_to, imported_at = excluded.imported_at,
        imported_by = excluded.imported_by
    where (c.position, c.name, c.required, c.valid_to)
        is distinct from (excluded.position, excluded.name, excluded.required, excluded.valid_to)
    returning id, old.id is null as created
    """
)


async def record_competences(session: AsyncSession, rows: Sequence[CompetenceRow], *, file: str) -> list[RowDone]:
    """What each line did; a line that is recorded already changes nothing, what the file does not name stays."""
    if not rows:
        return []
    who = actor(session)
    values = {"tenant": who.tenant_id, "now": clock(session).now(), "who": who.id}
    by_id = {_id(who.tenant_id, row): row for row in rows}
    stored = [_stored(one, row) for one, row in by_id.items()]
    written = (await session.execute(_KEEP, values | {"rows": json.dumps(stored)})).all()
    done = {row.id: CREATED if row.created else CHANGED for row in written}
    await emit_all(session, await _events(session, who.tenant_id, {_key(by_id[one]) for one in done}))
    held = await queries.held(session, who.tenant_id, {_key(row) for row in rows})
    return [
        RowDone(file, row.line, one, row.code, done.get(one, UNCHANGED), None if _key(row) in held else _NOBODY)
        for one, row in by_id.items()
    ]


def _key(row: CompetenceRow) -> str:
    return position_key(row.position)


def _id(tenant_id: str, row: CompetenceRow) -> UUID:
    """The same for the same competence, position and day: so a file that is imported again finds its rows."""
    return uuid5(NAMESPACE_URL, f"competences/{tenant_id}/{row.code}/{row.valid_from}/{_key(row)}")


def _stored(row_id: UUID, row: CompetenceRow) -> dict[str, Any]:
    return {
        "id": str(row_id),
        "position_key": _key(row),
        "position": row.position,
        "code": row.code,
        "name": row.name,
        "required": row.required,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": None if row.valid_to is None else row.valid_to.isoformat(),
    }


async def _events(session: AsyncSession, tenant_id: str, keys: set[str]) -> Iterable[CompetencesRecorded]:
    found = await queries.of_positions(session, keys) if keys else ()
    return _recorded(tenant_id, found)


def _recorded(tenant_id: str, found: Sequence[PositionCompetence]) -> Iterator[CompetencesRecorded]:
    for _, rows in groupby(found, lambda one: one.position_key):
        position = list(rows)
        items = tuple(RequiredCompetence.model_validate(one, from_attributes=True) for one in position)
        yield CompetencesRecorded(tenant_id=tenant_id, position=position[-1].position, items=items)
