"""The recorded people whom lines of a file would change, in the words of those lines."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import Status
from kit.chunks import in_chunks
from services.registry.imports.queries.recorded import Recorded
from services.registry.imports.rules.conflicts import Before
from services.registry.imports.rules.rows import ServantRow
from services.registry.servants.models import Servant

_PIECE = 5_000
"""People a statement."""


async def before_import(session: AsyncSession, nips: Sequence[str], recorded: Recorded) -> dict[str, Before]:
    """By NIP, those who are recorded."""
    codes = {unit.id: code for code, unit in recorded.units.items()}
    known = {one.id: nip for nip, one in recorded.people.items()}
    found: dict[str, Before] = {}
    # By id: whoever gets a new number by this import still has the former one.
    for piece in in_chunks([recorded.people[nip].id for nip in nips if nip in recorded.people], _PIECE):
        rows = (await session.scalars(select(Servant).where(col(Servant.id).in_(piece)))).all()
        found |= dict(_as_lines(rows, recorded, codes, known))
    return found


def _as_lines(
    rows: Sequence[Servant], recorded: Recorded, codes: Mapping[UUID, str], nips: Mapping[UUID, str]
) -> Iterator[tuple[str, Before]]:
    plain = ("name", "employment_type", "grade", "position", "position_kind", "is_head", "email", "language")
    for one in rows:
        row = ServantRow(
            line=0,
            nip=nips[one.id],
            **{name: getattr(one, name) for name in plain},
            unit_code=codes[one.unit_id],
            rater_nip=None if one.rater_id is None else nips.get(one.rater_id),
            roles=tuple(sorted(one.roles)),
            since=None,
            status=Status(one.status),
        )
        yield row.nip, Before(one.id, row, one.rater_id, recorded.people[row.nip].pinned)
