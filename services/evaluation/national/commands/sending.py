"""The office lets a batch go, and whoever carries rows to the gateway takes some of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text, update
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.exports import ExportState
from kit.access import require_role
from kit.errors import Refused
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.national.models import NationalBatch, NationalRow
from services.evaluation.national.queries import batches

SEND = ("send results to the national application", "mengirim hasil penilaian ke aplikasi nasional")


@dataclass(frozen=True, slots=True)
class Carried:
    """A row that somebody carries now."""

    id: UUID
    record: Mapping[str, Any]
    attempts: int
    """This one included."""
    stale: bool
    """Its result does not count any more: it is not sent, and only asked about."""
    ours: Sequence[str] = ()
    """Ids that the national application gave to earlier versions: this one takes their place."""


async def send(session: AsyncSession, batch_id: UUID, *, reachable: bool) -> NationalBatch:
    """Let every row go that has no answer; asked twice it goes once. Raises Refused where the city has no gateway."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=SEND)
    batch = await batches.one(session, batch_id)
    if not reachable:
        raise Refused(
            "this city has no access to the gateway of the national application: bring the file there and upload its"
            " answers, or have KINERJA_NATIONAL_GATEWAYS set (docs/export.md)",
            "kota ini belum memiliki akses gateway aplikasi nasional: antar berkasnya dan unggah jawabannya, atau minta"
            " pengelola sistem mengisi KINERJA_NATIONAL_GATEWAYS (docs/export.md)",
        )
    waiting = (
        col(NationalRow.batch_id) == batch_id,
        col(NationalRow.state) == ExportState.EXPORTED.value,
        col(NationalRow.next_at).is_(None),
    )
    # By the database's clock, as it is claimed: the gateway lives on the wall, whatever the business clock says.
    await session.execute(update(NationalRow).where(*waiting).values(next_at=text("now()")))
    return batch


# A claim pushes the next attempt beyond its lease: who dies loses it, and whoever is next asks the gateway before it sends.
# An older version that may still arrive goes first, or it would take the place of the newer one. What counts no more
# (superseded, an objection admitted late, a cancelled cycle) is carried to be asked about.
_CLAIM = text(
    """
    with due as (
        select r.tenant_id, r.id,
            s.superseded_by is not null or a.objection_open or c.state = :cancelled as stale
        from national_rows r
        join results s on s.tenant_id = r.tenant_id and s.id = r.result_id
        join appraisals a on a.tenant_id = r.tenant_id and a.id = r.appraisal_id
        join cycles c on c.tenant_id = r.tenant_id and c.id = a.cycle_id
        where r.state = 'EXPORTED' and r.next_at <= now() and not exists (
            select from national_rows older
            where older.tenant_id = r.tenant_id and older.appraisal_id = r.appraisal_id and older.version < r.version
                and older.state = 'EXPORTED' and older.next_at is not null)
        order by r.next_at, r.id limit :most for update of r skip locked
    )
    update national_rows r set attempts = r.attempts + 1, next_at = now() + :lease
    from due where r.tenant_id = due.tenant_id and r.id = due.id
    returning r.id, r.record, r.attempts, due.stale, array(
        select older.number from national_rows older
        where older.tenant_id = r.tenant_id and older.appraisal_id = r.appraisal_id and older.version < r.version
            and older.state = 'CONFIRMED' and older.number is not null) as ours
    """
).bindparams(bindparam("lease", type_=INTERVAL()), cancelled=CycleState.CANCELLED.value)


async def claim(session: AsyncSession, most: int, *, lease: timedelta) -> Sequence[Carried]:
    """Take at most so many rows of the city that are due; nobody else takes them until the lease is over."""
    rows = (await session.execute(_CLAIM, {"most": most, "lease": lease})).all()
    return [Carried(row.id, row.record, row.attempts, row.stale, row.ours) for row in rows]
