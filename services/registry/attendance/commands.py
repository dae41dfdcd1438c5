"""Takes in the attendance of a month. Nothing is emitted: what no service hears of can weigh in no score (BJI-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Invalid, fault
from services.registry.lock import lock_city

_WHAT = ("import attendance", "mengimpor kehadiran")
_TOO_LATE = (
    "late days are days present: there cannot be more of them",
    "hari terlambat termasuk hari hadir: jumlahnya tidak boleh lebih besar",
)
# One statement for all lines; who is not among the city's people is left out, and told by the caller.
_TAKE = text(
    """
    insert into attendance (tenant_id, servant_id, month, present, late, absent, source, imported_at, imported_by)
    select s.tenant_id, s.id, :month, t.present, t.late, t.absent, :source, :now, :who
    from unnest(cast(:nips as text[]), cast(:present as int[]), cast(:late as int[]), cast(:absent as int[]))
        as t(nip, present, late, absent)
    join servants s on s.tenant_id = :tenant and s.nip = t.nip
    on conflict (tenant_id, servant_id, month) do update
    set present = excluded.present, late = excluded.late, absent = excluded.absent, source = excluded.source,
        imported_at = excluded.imported_at, imported_by = excluded.imported_by
    returning servant_id
    """
)
_UNKNOWN = text(
    "select n from unnest(cast(:nips as text[])) as n where not exists (select from servants s where s.tenant_id = :tenant"
    " and s.nip = n) order by n"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One person's days."""

    nip: str
    present: int
    late: int
    absent: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How many people's month was recorded, and who is not known here."""

    recorded: int
    unknown: tuple[str, ...]


async def import_attendance(session: AsyncSession, month: date, lines: Sequence[Line], *, source: str) -> Taken:
    """Record these days of the month that the day lies in; sent again, the last ones count. Raises Forbidden or Invalid."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=_WHAT)
    if wrong := [number for number, line in enumerate(lines) if line.late > line.present]:
        raise Invalid(*_TOO_LATE, errors=[fault(f"body.lines.{one}.late", *_TOO_LATE) for one in wrong])
    tenant_id = await lock_city(session)
    every = {line.nip: line for line in lines}
    nips = {"tenant": tenant_id, "nips": list(every)}
    counted = {name: [getattr(one, name) for one in every.values()] for name in ("present", "late", "absent")}
    said = {"month": month.replace(day=1), "source": source, "now": clock(session).now(), "who": actor(session).id}
    taken = (await session.execute(_TAKE, nips | counted | said)).all()
    unknown = (await session.scalars(_UNKNOWN, nips)).all()
    return Taken(len(taken), tuple(unknown))
