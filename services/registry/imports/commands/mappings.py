"""Remembers what an office confirmed of the columns of its own table; the next file with that header needs no question."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor, clock
from kit.errors import Invalid
from services.registry.imports.models import ImportMapping
from services.registry.imports.rules.headers import FIELDS, key
from services.registry.imports.rules.mapping import NEEDED, key_of
from services.registry.lock import lock_city
from services.registry.personnel.queries.offices import require_some_office

CONFIRM = ("confirm what the columns of a file mean", "mengonfirmasi arti kolom berkas")


async def confirm(
    session: AsyncSession,
    *,
    header: Sequence[str],
    columns: Mapping[str, str],
    answers: Mapping[str, Mapping[str, str]],
) -> ImportMapping:
    """Keep it for this header, in the place of what was confirmed before.

    Raises Forbidden for anybody but the office, Invalid for an unknown field, a column that the header does not have,
    one column for two fields, and where a field is missing that no rule supplies.
    """
    await require_some_office(session, what=CONFIRM)
    tenant_id = await lock_city(session)
    _judge(header, columns)
    found = key_of("servants", header)
    row = (await session.scalars(select(ImportMapping).where(col(ImportMapping.key) == found))).first()
    said: dict[str, Any] = {
        "header": list(header),
        "fields_by_name": dict(columns),
        "answers": {name: dict(one) for name, one in answers.items()},
        "confirmed_at": clock(session).now(),
        "confirmed_by": actor(session).id,
    }
    if row is None:
        row = ImportMapping(tenant_id=tenant_id, key=found, **said)
    else:
        for name, value in said.items():
            setattr(row, name, value)
    session.add(row)
    return row


def _judge(header: Sequence[str], columns: Mapping[str, str]) -> None:
    known = {key(one) for one in header}
    for name, label in columns.items():
        if name not in FIELDS:
            fields = ", ".join(FIELDS)
            raise Invalid(f"unknown field {name}: one of {fields}", f"isian {name} tidak dikenal: {fields}", where=name)
        if key(label) not in known:
            raise Invalid(f"the header has no column '{label}'", f"kolom '{label}' tidak ada dalam judul", where=name)
    labels = [key(label) for label in columns.values()]
    if twice := next((label for label in columns.values() if labels.count(key(label)) > 1), None):
        raise Invalid(f"column '{twice}' is there for two fields", f"kolom '{twice}' dipakai untuk dua isian")
    missing = [name for name in NEEDED if name not in columns]
    missing += [] if {"grade", "rank"} & set(columns) else ["grade"]
    if missing:
        names = ", ".join(missing)
        raise Invalid(f"no column gives {names}", f"tidak ada kolom untuk {names}", where="columns")
