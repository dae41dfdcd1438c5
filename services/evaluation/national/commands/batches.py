"""A batch is made: every final result of a cycle that is in none yet, in the national form, and what is held back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role, new_id
from kit.access import require_role
from kit.db import actor, clock
from kit.errors import Refused
from kit.keyset import MOST, Window
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries import context
from services.evaluation.cycles.rules.states import CycleState
from services.evaluation.national import events
from services.evaluation.national.models import NationalBatch, NationalHold, NationalRow
from services.evaluation.national.queries import batches
from services.evaluation.national.rules.holds import BatchHold, Months, batch_hold, to_go
from services.evaluation.national.rules.manifest import Digest, content_of
from services.evaluation.reports.queries import exports
from services.evaluation.reports.queries.exports import ExportedResult

MAKE = ("export results", "mengekspor hasil penilaian")


@dataclass(slots=True)
class _Making:
    """A batch that comes into being, page by page."""

    tenant_id: str
    batch_id: UUID = field(default_factory=new_id)
    results: int = 0
    rows: int = 0
    earlier: int = 0
    held: Counter[str] = field(default_factory=Counter)
    digest: Digest = field(default_factory=Digest)

    def rows_of(self, result: ExportedResult, gone: dict[int, Months]) -> list[dict[str, Any]] | BatchHold:
        """The rows of a result, none if all its parts are in a batch; or why it is held back."""
        if (hold := batch_hold(result.records)) is not None:
            return hold
        if (going := to_go(result.records, gone)) is None:
            return BatchHold.PARTS_CHANGED
        return [self._row(result, part=one.bagian, content=content_of(one)) for one in going]

    def _row(self, result: ExportedResult, *, part: int, content: dict[str, Any]) -> dict[str, Any]:
        self.rows += 1
        self.digest.add(content)
        made = NationalRow(
            tenant_id=self.tenant_id,
            batch_id=self.batch_id,
            place=self.rows,
            result_id=result.result_id,
            appraisal_id=result.appraisal_id,
            servant_id=result.servant_id,
            version=result.version,
            part=part,
            record=content,
        )
        return made.model_dump()

    def hold(self, result_id: UUID, servant_id: UUID, reason: BatchHold) -> dict[str, Any]:
        """The row of what is held back."""
        self.held[reason.value] += 1
        about = {"tenant_id": self.tenant_id, "batch_id": self.batch_id, "result_id": result_id}
        return about | {"servant_id": servant_id, "reason": reason.value}


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What a batch would be if it were made now."""

    results: int
    """Final results that would be in it."""
    rows: int
    """One for each part of the period with one rater and one position."""
    earlier: int
    """Results that are in an earlier batch and were not rejected there."""
    held: Mapping[str, int]
    """Results that would be held back, by reason."""


async def make(session: AsyncSession, cycle_id: UUID) -> NationalBatch:
    """Take everything that is final and in no batch, or was rejected there; raises Refused where there is nothing."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=MAKE)
    # Of two batches at once the second waits, and finds what the first has taken.
    cycle = await context.locked(session, cycle_id)
    _require_counting(cycle)
    making = _Making(cycle.tenant_id)
    await _gather(session, cycle, making, write=True)
    if not making.rows:
        raise _nothing(making)
    batch = NationalBatch(
        tenant_id=cycle.tenant_id,
        id=making.batch_id,
        cycle_id=cycle.id,
        results=making.results,
        rows=making.rows,
        held=making.held.total(),
        earlier=making.earlier,
        sha256=making.digest.told(),
        made_at=clock(session).now(),
        made_by=actor(session).id,
    )
    session.add(batch)
    events.exported(session, batch, held=making.held)
    return batch


async def rehearse(session: AsyncSession, cycle_id: UUID) -> Rehearsed:
    """What a batch would take now, without making it; raises Refused for a cycle that was cancelled."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=MAKE)
    cycle = await context.cycle(session, cycle_id)
    _require_counting(cycle)
    making = _Making(cycle.tenant_id)
    await _gather(session, cycle, making, write=False)
    return Rehearsed(making.results, making.rows, making.earlier, dict(making.held))


def _require_counting(cycle: Cycle) -> None:
    if cycle.state == CycleState.CANCELLED:
        raise Refused("the cycle was cancelled: its results do not count", "siklus dibatalkan: hasilnya tidak berlaku")


def _nothing(making: _Making) -> Refused:
    return Refused(
        "there is no final result that is in no batch yet",
        "tidak ada hasil final yang belum masuk paket",
        earlier=making.earlier,
        held=dict(making.held),
    )


async def _gather(session: AsyncSession, cycle: Cycle, making: _Making, *, write: bool) -> None:
    window = Window(limit=MOST)
    while True:
        found = await exports.page(session, cycle, window=window)
        gone = await batches.gone(session, [one.result_id for one in found.results])
        rows: list[dict[str, Any]] = []
        held = [making.hold(one.result_id, one.servant_id, BatchHold(one.reason.value)) for one in found.held]
        for result in found.results:
            going = making.rows_of(result, gone.get(result.result_id, {}))
            if isinstance(going, BatchHold):
                held.append(making.hold(result.result_id, result.servant_id, going))
            else:
                making.results += bool(going)
                making.earlier += not going
                rows += going
        if write:
            await _write(session, rows, held)
        if found.next is None:
            return
        window = Window(cursor=found.next, limit=MOST)


async def _write(session: AsyncSession, rows: Sequence[dict[str, Any]], held: Sequence[dict[str, Any]]) -> None:
    if rows:
        await session.execute(insert(NationalRow), rows)
    if held:
        await session.execute(insert(NationalHold), held)
