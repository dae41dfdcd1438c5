"""Manifests, and how far their rows have come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.exports import ExportState
from kit.errors import NotFound
from kit.keyset import Found, Window, read
from services.evaluation.national.models import NationalBatch, NationalHold, NationalRow
from services.evaluation.national.rules.holds import Months


@dataclass(slots=True)
class Standing:
    """How many rows of a batch are in which state."""

    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ExportState, 0))
    sending: int = 0
    """Of those without an answer, how many the gateway is asked about."""


async def page(session: AsyncSession, cycle_id: UUID, *, window: Window) -> Found[NationalBatch]:
    """Batches of a cycle, the newest first."""
    looking = select(NationalBatch).where(col(NationalBatch.cycle_id) == cycle_id)
    return await read(session, looking, col(NationalBatch.id), window=window, descending=True)


async def one(session: AsyncSession, batch_id: UUID) -> NationalBatch:
    """The batch; raises NotFound."""
    found = (await session.scalars(select(NationalBatch).where(col(NationalBatch.id) == batch_id))).first()
    if found is None:
        raise NotFound(f"no batch {batch_id} in this city", f"paket {batch_id} tidak ada di kota ini")
    return found


async def standings(session: AsyncSession, batches: Sequence[UUID]) -> dict[UUID, Standing]:
    """By batch, in one question."""
    counting = (
        select(col(NationalRow.batch_id), col(NationalRow.state), func.count(), func.count(col(NationalRow.next_at)))
        .where(col(NationalRow.batch_id).in_(batches))
        .group_by(col(NationalRow.batch_id), col(NationalRow.state))
    )
    found: dict[UUID, Standing] = {one: Standing() for one in batches}
    for batch_id, state, rows, asked in (await session.execute(counting)).all():
        found[batch_id].states[state] = rows
        if state == ExportState.EXPORTED:
            found[batch_id].sending = asked
    return found


async def rows(
    session: AsyncSession, batch_id: UUID, *, state: ExportState | None, window: Window
) -> Found[NationalRow]:
    """Rows of a batch in their places."""
    looking = select(NationalRow).where(col(NationalRow.batch_id) == batch_id)
    if state is not None:
        looking = looking.where(col(NationalRow.state) == state.value)
    return await read(session, looking, col(NationalRow.place), window=window)


async def every_row(session: AsyncSession, batch_id: UUID) -> Sequence[NationalRow]:
    """All of them in their places, for a file."""
    looking = select(NationalRow).where(col(NationalRow.batch_id) == batch_id).order_by(col(NationalRow.place))
    return (await session.scalars(looking)).all()


async def holds(session: AsyncSession, batch_id: UUID, *, window: Window) -> Found[NationalHold]:
    """What a batch held back."""
    looking = select(NationalHold).where(col(NationalHold.batch_id) == batch_id)
    return await read(session, looking, col(NationalHold.result_id), window=window)


async def gone(session: AsyncSession, results: Sequence[UUID]) -> dict[UUID, dict[int, Months]]:
    """Of these results the parts that a batch holds and nobody has rejected, with their months."""
    months = [
        col(NationalRow.record)[name].as_integer()
        for name in ("tahunMulaiPenilaian", "bulanMulaiPenilaian", "tahunSelesaiPenilaian", "bulanSelesaiPenilaian")
    ]
    looking = select(col(NationalRow.result_id), col(NationalRow.part), *months).where(
        col(NationalRow.result_id).in_(results), col(NationalRow.state) != ExportState.REJECTED.value
    )
    found: dict[UUID, dict[int, Months]] = defaultdict(dict)
    for result_id, part, *spans in (await session.execute(looking)).all():
        found[result_id][part] = (spans[0], spans[1], spans[2], spans[3])
    return found
