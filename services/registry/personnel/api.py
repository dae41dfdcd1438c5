"""Changes of personnel over HTTP: what becomes of a person from a day on, in the past or in the future."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Frozen, Role
from contracts.registry.personnel import ActingKind, ChangeKind, Status
from kit.errors import Forbidden, Refused
from kit.web import Acting, Session, router
from services.registry.personnel.commands.changes import cancel_change, record_change
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import changes
from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.servants import queries as servants
from services.registry.units import queries as units
from services.registry.vocabulary import ChangeState, PositionKind

routes = router(tags=["personnel"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class _FromADay(Frozen):
    since: date = Field(alias="from")
    reason: Reason
    """The decree's number, or what is wrong with the record."""


class NewTransfer(_FromADay):
    """Another unit, and with it another rater: by default who heads the new unit, or the nearest one above."""

    unit_id: UUID
    rater_id: UUID | None = None
    position: str | None = None
    position_kind: PositionKind | None = None
    grade: str | None = None
    is_head: bool | None = None
    successor_id: UUID | None = None
    """Who leads the people left behind; by default the acting official, else the next superior."""


class NewStatus(_FromADay):
    """Leave, suspension, retirement, death, or back at work."""

    status: Status
    until: date | None = None
    """Last day; the day after the person is active again."""
    successor_id: UUID | None = None


class NewActing(_FromADay):
    """Somebody acts for the unit's head (Plt, Plh)."""

    acting_id: UUID
    kind: ActingKind
    until: date | None = None
    """Last day; the day after the people go back."""
    absent_id: UUID | None = None
    """Who is stood in for; by default who is recorded as the unit's head."""


class ChangeView(Frozen):
    """A change, and where it stands."""

    id: UUID
    servant_id: UUID
    kind: ChangeKind
    effective_on: date
    until: date | None
    state: ChangeState
    reason: str
    effect: Effect
    follows: UUID | None
    recorded_at: datetime
    recorded_by: UUID
    applied_at: datetime | None
    note: str | None

    @classmethod
    def of(cls, row: PersonnelChange) -> "ChangeView":
        """From its row."""
        return cls.model_validate({**row.model_dump(exclude={"payload"}), "effect": row.payload})


class ChangeList(Frozen):
    """By the day on which they take effect, newest first."""

    items: list[ChangeView]
    next: None = None


class Cancellation(Frozen):
    """Why a planned change shall not come."""

    reason: Reason


@routes.post("/servants/{servant_id}/transfers", status_code=201)
async def transfer(session: Session, servant_id: UUID, body: NewTransfer) -> ChangeView:
    """Transfer a person from a day on; the people led in the old unit stay there and get another rater."""
    fields = body.model_dump(exclude={"since", "reason"})
    wanted = Wanted(servant_id, ChangeKind.TRANSFER, body.since, Effect(**fields), body.reason)
    return ChangeView.of(await record_change(session, wanted))


@routes.post("/servants/{servant_id}/status", status_code=201)
async def change_status(session: Session, servant_id: UUID, body: NewStatus) -> ChangeView:
    """Record leave, suspension, retirement or death from a day on; the people led get another rater."""
    effect = Effect(status=body.status, successor_id=body.successor_id)
    wanted = Wanted(servant_id, ChangeKind.STATUS, body.since, effect, body.reason, body.until)
    return ChangeView.of(await record_change(session, wanted))


@routes.post("/units/{unit_id}/acting", status_code=201)
async def appoint_acting(session: Session, unit_id: UUID, body: NewActing) -> ChangeView:
    """Appoint an acting official for the head of a unit, from a day to a day or until further notice."""
    absent = body.absent_id or await units.head_of(session, unit_id)
    if absent is None:
        raise Refused("the unit has no head on record: name absent_id", "unit belum memiliki kepala: isi absent_id")
    effect = Effect(acting_id=body.acting_id, acting=body.kind)
    wanted = Wanted(absent, ChangeKind.ACTING, body.since, effect, body.reason, body.until)
    return ChangeView.of(await record_change(session, wanted))


@routes.get("/servants/{servant_id}/changes")
async def list_changes(session: Session, actor: Acting, servant_id: UUID) -> ChangeList:
    """List what changed or will change about a person, for that person and the performance office."""
    if not (actor.id == servant_id or actor.has(Role.PERFORMANCE_OFFICE)):
        raise Forbidden("this is for the person and the office", "hanya untuk pegawai itu dan pengelola kinerja")
    await servants.servant(session, servant_id)
    rows = await changes.changes(session, servant_id=servant_id)
    return ChangeList(items=[ChangeView.of(row) for row in rows])


@routes.get("/personnel-changes")
async def list_planned(session: Session, actor: Acting, state: ChangeState = ChangeState.PLANNED) -> ChangeList:
    """List the city's changes in one state: what is planned, or what was refused on its day and wants an answer."""
    if not actor.has(Role.PERFORMANCE_OFFICE):
        raise Forbidden("this is for the performance office", "hanya untuk pengelola kinerja")
    return ChangeList(items=[ChangeView.of(row) for row in await changes.changes(session, state=state.value)])


@routes.post("/personnel-changes/{change_id}/cancellation")
async def cancel(session: Session, change_id: UUID, body: Cancellation) -> ChangeView:
    """Take back a planned change before its day."""
    return ChangeView.of(await cancel_change(session, change_id, reason=body.reason))
