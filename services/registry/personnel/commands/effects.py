"""Lets a change of personnel take effect on its day: the person, the people led by him or her, and the events of it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.numbers import NumberKind
from contracts.registry.personnel import GONE, ActingKind, ChangeKind, Status
from kit.db import clock
from kit.outbox import emit
from services.registry.numbers import commands as numbers
from services.registry.numbers.rules import Basis, Replacement
from services.registry.personnel import events
from services.registry.personnel.commands.ledger import FORMER, Ledger
from services.registry.personnel.commands.succession import give_back, hand_over, lead
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import lines
from services.registry.personnel.rules.effects import Effect, Moved
from services.registry.personnel.rules.states import Act, move
from services.registry.personnel.rules.succession import can_lead, next_superior, successors
from services.registry.positions import commands as positions
from services.registry.positions.commands import PositionChange
from services.registry.servants.rules.positions import EmploymentType
from services.registry.servants.rules.relations import RelationSource

# Null is "the change says nothing of it": one statement for every kind of change. Types are cast because PostgreSQL
# cannot tell the type of a parameter that is null.
_WRITE = text(
    f"""
    update servants s set revision = s.revision + 1, status = coalesce(:status, s.status),
        status_since = case when :status is null then s.status_since else cast(:day as date) end,
        active = case when :status is null then s.active else :active end,
        unit_id = coalesce(cast(:unit as uuid), s.unit_id), position = coalesce(:position, s.position),
        position_kind = coalesce(:position_kind, s.position_kind), grade = coalesce(:grade, s.grade),
        is_head = coalesce(cast(:is_head as boolean), s.is_head), nip = coalesce(:nip, s.nip),
        employment_type = coalesce(:employment, s.employment_type)
    where s.tenant_id = :tenant and s.id = :servant
    returning new.*, {FORMER}, {positions.FORMER}
    """  # noqa: S608 - nothing but the constants is put in
)


async def apply(session: AsyncSession, change: PersonnelChange) -> None:
    """Write what the change does and emit it; the city is locked. Raises Refused where the rules forbid it."""
    effect, ledger = Effect.model_validate(change.payload), Ledger()
    servant = await lines.servant(session, change.servant_id)
    was_unit = servant.unit_id
    moved = await _EFFECTS[ChangeKind(change.kind)](session, change, effect, ledger)
    await ledger.finish(session, reason=change.reason)
    change.payload = effect.model_copy(update={"moved": tuple(moved)}).model_dump(mode="json", exclude_none=True)
    change.state, change.applied_at = move(change.state, Act.APPLY).value, clock(session).now()
    now = await lines.servant(session, change.servant_id)
    for event in events.changed(change, now, ledger.relations(), effect=effect, was_unit=was_unit):
        emit(session, event, reason=change.reason)


async def _status(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> list[Moved]:
    """Who cannot lead any more hands over; who can again gets the people back whom the absence gave away."""
    status = effect.status or Status.ACTIVE
    before = await lines.servant(session, change.servant_id)
    await _write(session, change, effect, ledger)
    if can_lead(status):
        return [] if change.follows is None else await give_back(session, change, ledger)
    people = await lines.led_by(session, change.servant_id)
    return await hand_over(session, change, effect, ledger, people, above=before.rater_id)


async def _transfer(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> list[Moved]:
    """The person goes with his or her own obligations; the people led in the old unit stay there."""
    before = await lines.servant(session, change.servant_id)
    old_unit, above = before.unit_id, before.rater_id
    goes = effect.unit_id is not None and effect.unit_id != old_unit
    placed = effect.model_copy(update={"is_head": bool(effect.is_head)}) if goes else effect
    if placed.is_head and placed.unit_id is not None:
        await lines.refuse_second_head(session, placed.unit_id, change.servant_id)
    await _write(session, change, placed, ledger)
    rater = effect.rater_id or (await lines.head_above(session, change.servant_id) if goes else None)
    if rater is not None:
        await lead(session, change, ledger, {change.servant_id: rater}, RelationSource.HIERARCHY)
    if not goes:
        return []
    people = await lines.led_by(session, change.servant_id, outside=effect.unit_id)
    return await hand_over(session, change, effect, ledger, people, above=above)


async def _rater(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> list[Moved]:
    """Another rater, by delegation, by the hierarchy, or because the recorded one was wrong or missing."""
    source = effect.source or RelationSource.CORRECTION
    to = {change.servant_id: effect.rater_id}
    return await lead(session, change, ledger, to, source, acting_for=effect.acting_for_id)


async def _acting(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> list[Moved]:
    """The acting official leads the absent one's people, and reports to the next superior.

    A Plt, from whatever unit, is evaluated where he reports as such (L IV.A); a Plh of another unit stays where he was.
    """
    absent = await lines.servant(session, change.servant_id)
    people = set(await lines.led_by(session, absent.id))
    line = await lines.line_above(session, [absent.rater_id])
    superior = next_superior(absent.rater_id, line, but=effect.acting_id)
    if effect.acting is ActingKind.PLT and effect.acting_id is not None and superior is not None:
        people.add(effect.acting_id)
    raters = successors(sorted(people), acting=effect.acting_id, superior=superior)
    return await lead(session, change, ledger, raters, RelationSource.DELEGATION)


async def _entry(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> list[Moved]:
    """Who came into the city's service in the middle of a year; what he or she is was recorded before."""
    row = await _write(session, change, effect, ledger)
    await positions.enter(session, change.effective_on, row)
    return []


async def _appointed(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> list[Moved]:
    """CPNS or PNS from that day on, with the number that it gives; person, plans and cycles go on."""
    before = await lines.servant(session, change.servant_id)
    former = before.nip
    if effect.nip is not None and effect.nip != former:
        await numbers.refuse_taken(session, effect.nip, change.servant_id)
    await _write(session, change, effect, ledger)
    if effect.nip is not None and effect.nip != former:
        wanted = Replacement(change.servant_id, former, effect.nip, change.effective_on)
        basis = Basis(NumberKind.APPOINTMENT, change.reason, effect.document or change.reason)
        await numbers.keep_former(session, [wanted], basis)
    return []


async def _ended(session: AsyncSession, change: PersonnelChange, _: Effect, ledger: Ledger) -> list[Moved]:
    return await give_back(session, change, ledger)


_Effect = Callable[[AsyncSession, PersonnelChange, Effect, Ledger], Awaitable[list[Moved]]]
_EFFECTS: Mapping[ChangeKind, _Effect] = {
    ChangeKind.STATUS: _status,
    ChangeKind.TRANSFER: _transfer,
    ChangeKind.RATER: _rater,
    ChangeKind.CORRECTION: _rater,
    ChangeKind.ACTING: _acting,
    ChangeKind.ACTING_ENDED: _ended,
    ChangeKind.ENTRY: _entry,
    ChangeKind.APPOINTMENT: _appointed,
}


async def _write(session: AsyncSession, change: PersonnelChange, effect: Effect, ledger: Ledger) -> Any:
    """The row after it, with what it was; positions that were held are kept."""
    values: dict[str, Any] = {
        "tenant": change.tenant_id,
        "servant": change.servant_id,
        "day": change.effective_on,
        "status": None if effect.status is None else effect.status.value,
        "active": effect.status not in GONE,
        "unit": effect.unit_id,
        "position": effect.position,
        "position_kind": None if effect.position_kind is None else effect.position_kind.value,
        "grade": effect.grade,
        "is_head": effect.is_head,
        "nip": effect.nip,
        "employment": None if effect.appointed_as is None else EmploymentType.PNS.value,
    }
    row = (await session.execute(_WRITE, values)).one()
    ledger.take([row])
    await positions.keep_positions(session, [PositionChange(change.effective_on, row)])
    return row
