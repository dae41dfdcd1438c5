"""Takes the events of registry and evaluation into the copy; by revision, so that seeing a fact twice changes nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Event
from contracts.evaluation.cycles import CycleClosed, CycleOpened, MembersChanged, MembersEnrolled, PhaseOpened
from contracts.evaluation.interventions import CycleCancelled, CycleResumed, PhaseExtended
from contracts.registry.assistants import AssistantDeclared, AssistantEnded
from contracts.registry.calendars import CalendarPublished
from contracts.registry.holders import AccountRecorded
from contracts.registry.personnel import Status
from contracts.registry.policies import PolicyPublished
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from directory.models import AssistantCopy, CalendarCopy, CycleCopy, Member, Person, PolicyCopy, Unit
from kit.columns import table_of

MASTER_DATA: tuple[type[Event], ...] = (
    UnitRecorded,
    ServantRecorded,
    AccountRecorded,
    PolicyPublished,
    CalendarPublished,
)
"""What :func:`take_master_data` takes."""
NOWHERE = UUID(int=0)
"""The unit of whoever is no civil servant; no unit has this id."""
_AS_WRITTEN = {"render_nulls": True}
"""One statement, compiled once, for all rows of a batch, also where some of their columns are empty."""


async def take_master_data(session: AsyncSession, events: Sequence[Event]) -> None:
    """Upsert a batch of one city's units, people, policies and calendars, one statement a kind."""
    units: dict[UUID, dict[str, Any]] = {}
    people: dict[UUID, dict[str, Any]] = {}
    for event in events:
        match event:
            case UnitRecorded():
                units[event.unit_id] = _row(event, "unit_id", Unit)
            case ServantRecorded():
                people[event.servant_id] = _row(event, "servant_id", Person)
            case AccountRecorded():
                people[event.account_id] = _account(event)
            case PolicyPublished():
                await _take_policy(session, event)
            case CalendarPublished():
                await _take_calendar(session, event)
            case _:
                pass
    await _newer(session, Unit, list(units.values()), "revision")
    await _newer(session, Person, list(people.values()), "revision")


def _row(event: Event, key: str, table: type[SQLModel]) -> dict[str, Any]:
    """What the copy has a column for; an event may say more."""
    row = event.model_dump(mode="python")
    row["id"] = row.pop(key)
    row = {name: value for name, value in row.items() if name in table.model_fields}
    if "roles" in row:
        row["roles"] = [role.value for role in row["roles"]]
        row["status"] = (row["status"] or Status.ACTIVE).value
    if row.get("work_days") is not None:
        row["work_days"] = list(row["work_days"])
    return row


def _account(event: AccountRecorded) -> dict[str, Any]:
    """Somebody who acts and is no civil servant: in no unit, rated by nobody, a member of no cycle."""
    plain = ("employment_type", "grade", "position", "position_kind")
    return {
        "tenant_id": event.tenant_id,
        "id": event.account_id,
        "revision": event.revision,
        "nip": "",
        "name": event.name,
        "email": event.email,
        **dict.fromkeys(plain, ""),
        "unit_id": NOWHERE,
        "is_head": False,
        "rater_id": None,
        "authority_id": None,
        "roles": [role.value for role in event.roles],
        "language": event.language,
        "active": event.active,
        "status": Status.ACTIVE.value,
    }


async def _take_policy(session: AsyncSession, event: PolicyPublished) -> None:
    row = {
        "tenant_id": event.tenant_id,
        "scope": event.scope,
        "version": event.policy_version,
        "policy": event.policy.model_dump(mode="json"),
    }
    await session.execute(insert(PolicyCopy).values(row).on_conflict_do_nothing())


async def _take_calendar(session: AsyncSession, event: CalendarPublished) -> None:
    calendar = event.calendar.model_dump(mode="json")
    row = {"tenant_id": event.tenant_id, "version": event.calendar.version, "calendar": calendar}
    await _newer(session, CalendarCopy, [row], "version")


async def _newer(session: AsyncSession, table: type[SQLModel], rows: list[dict[str, Any]], by: str) -> None:
    """Insert, or overwrite what is older."""
    if not rows:
        return
    target = table_of(table)
    statement = insert(table)
    keys = {column.name for column in target.primary_key}
    changes = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=list(keys), set_=changes, where=target.c[by] < statement.excluded[by]
        ),
        rows,
        execution_options=_AS_WRITTEN,
    )


async def take_cycle(session: AsyncSession, event: CycleOpened) -> None:
    """A cycle exists, with its frozen policy."""
    row = {
        "tenant_id": event.tenant_id,
        "id": event.cycle_id,
        "scope": event.scope,
        "name": event.name,
        "period_start": event.period_start,
        "period_end": event.period_end,
        "policy": event.policy.model_dump(mode="json"),
        "closed": False,
    }
    await session.execute(insert(CycleCopy).values(row).on_conflict_do_nothing())


async def take_assistant(session: AsyncSession, event: AssistantDeclared) -> None:
    """Somebody enters for a person."""
    row = {
        "tenant_id": event.tenant_id,
        "id": event.declaration_id,
        "servant_id": event.servant_id,
        "assistant_id": event.assistant_id,
        "valid_from": event.since,
        "valid_until": event.until,
    }
    await session.execute(insert(AssistantCopy).values(row).on_conflict_do_nothing())


async def take_assistant_end(session: AsyncSession, event: AssistantEnded) -> None:
    """Nobody enters for the person by this declaration after that day."""
    ending = update(AssistantCopy).where(col(AssistantCopy.id) == event.declaration_id)
    await session.execute(ending.values(valid_until=event.until))


async def take_members(session: AsyncSession, event: MembersEnrolled) -> None:
    """People entered a cycle."""
    rows = [{"tenant_id": event.tenant_id, "cycle_id": event.cycle_id, **one.model_dump()} for one in event.members]
    await session.execute(insert(Member).on_conflict_do_nothing(), rows, execution_options=_AS_WRITTEN)


async def take_changes(session: AsyncSession, event: MembersChanged) -> None:
    """Members of a cycle have other relations."""
    names = ("appraisal_id", "servant_id", "unit_id", "rater_id", "authority_id", "is_head")
    rows = [
        {"tenant_id": event.tenant_id, "cycle_id": event.cycle_id, **{name: getattr(one, name) for name in names}}
        for one in event.members
    ]
    statement = insert(Member)
    changes = {name: statement.excluded[name] for name in names if name != "servant_id"}
    upsert = statement.on_conflict_do_update(index_elements=["tenant_id", "cycle_id", "servant_id"], set_=changes)
    await session.execute(upsert, rows, execution_options=_AS_WRITTEN)


async def take_phase(session: AsyncSession, event: PhaseOpened) -> None:
    """A phase began."""
    await _change(session, event.cycle_id, phase=event.phase.value, phase_due_at=event.due_at)


async def take_extension(session: AsyncSession, event: PhaseExtended) -> None:
    """A phase is due later."""
    changing = update(CycleCopy).where(col(CycleCopy.id) == event.cycle_id, col(CycleCopy.phase) == event.phase.value)
    await session.execute(changing.values(phase_due_at=event.due_at))


async def take_resumption(session: AsyncSession, event: CycleResumed) -> None:
    """The cycle goes on after a pause: its phase is due later."""
    if event.phase is not None:
        await _change(session, event.cycle_id, phase_due_at=event.due_at)


async def take_end(session: AsyncSession, event: CycleClosed | CycleCancelled) -> None:
    """The cycle is over."""
    await _change(session, event.cycle_id, closed=True)


async def _change(session: AsyncSession, cycle_id: UUID, **values: Any) -> None:
    await session.execute(update(CycleCopy).where(col(CycleCopy.id) == cycle_id).values(**values))
