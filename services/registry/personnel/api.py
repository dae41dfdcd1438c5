"""Changes of personnel over HTTP: what becomes of a person from a day on, in the past or in the future."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from contracts.base import Frozen, Relation, Role
from contracts.registry.personnel import ActingKind, ChangeKind, Status
from contracts.written import Day
from kit import web
from kit.access import permits, require_role
from kit.errors import Refused
from kit.paging import Page, Paging, page_of
from kit.web import Acting, Session
from services.registry.lookups.commands import LOOKUPS
from services.registry.lookups.rules import Record
from services.registry.personnel.commands.appointments import appoint
from services.registry.personnel.commands.changes import cancel_change, record_change
from services.registry.personnel.commands.own_leave import Leave, hand_over_own, take_back_own
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import changes
from services.registry.personnel.rules.effects import AppointedAs, Effect, Wanted
from services.registry.personnel.rules.states import ChangeState
from services.registry.servants import queries as servants
from services.registry.servants.rules import nip as nips
from services.registry.servants.rules.positions import PositionKind
from services.registry.units import queries as units

router = web.router(tags=["personnel"])

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]


class _FromADay(Frozen):
    since: Day = Field(alias="from")
    reason: Reason
    """The decree's number, or what is wrong with the record."""


class TransferRequest(_FromADay):
    """Another unit, and with it another rater: by default who heads the new unit, or the nearest one above."""

    unit_id: UUID
    rater_id: UUID | None = None
    position: Annotated[str, StringConstraints(max_length=300)] | None = None
    position_kind: PositionKind | None = None
    grade: Annotated[str, StringConstraints(max_length=50)] | None = None
    is_head: bool | None = None
    successor_id: UUID | None = None
    """Who leads the people left behind; by default the acting official, else the next superior."""


class StatusRequest(_FromADay):
    """Leave, suspension, retirement, death, or back at work."""

    status: Status
    until: Day | None = None
    """Last day; the day after the person is active again."""
    successor_id: UUID | None = None


class EntryRequest(_FromADay):
    """The day on which the person came into this city's service."""


class AppointmentRequest(_FromADay):
    """Appointed as candidate civil servant or civil servant; what is left out stays as it is."""

    appointed_as: AppointedAs
    nip: Annotated[str, StringConstraints(strip_whitespace=True, min_length=18, max_length=30)] | None = None
    """The NIP that a PPPK gets; whoever is a civil servant keeps the number."""
    grade: Annotated[str, StringConstraints(max_length=50)] | None = None
    position: Annotated[str, StringConstraints(max_length=300)] | None = None
    position_kind: PositionKind | None = None
    document: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=300)]
    """The decree."""


class ActingRequest(_FromADay):
    """Somebody acts for the unit's head (Plt, Plh)."""

    acting_id: UUID
    kind: ActingKind
    until: Day | None = None
    """Last day; the day after the people go back."""
    absent_id: UUID | None = None
    """Whom the official acts for; by default who is recorded as the unit's head."""


class HandOverRequest(Frozen):
    """A rater's own leave: who rates the people meanwhile."""

    colleague_id: UUID
    since: Day = Field(alias="from")
    until: Day
    """Last day; the day after the people come back."""
    reason: Reason


class ChangeResponse(Frozen):
    """A change, and what became of it."""

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
    def of(cls, row: PersonnelChange) -> "ChangeResponse":
        """From its row."""
        return cls.model_validate({**row.model_dump(exclude={"payload"}), "effect": row.payload})


class CancellationRequest(Frozen):
    """Why a planned change shall not come."""

    reason: Reason


@router.post(
    "/servants/{servant_id}/transfers",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the person, who rates so far, who shall rate, and who succeeds"),
)
async def transfer(session: Session, servant_id: UUID, body: TransferRequest) -> ChangeResponse:
    """Transfer a person from a day on; the people led in the old unit stay there and get another rater."""
    fields = body.model_dump(exclude={"since", "reason"})
    wanted = Wanted(servant_id, ChangeKind.TRANSFER, body.since, Effect(**fields), body.reason)
    return ChangeResponse.of(await record_change(session, wanted))


@router.post(
    "/servants/{servant_id}/status",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the person, and who succeeds"),
)
async def change_status(session: Session, servant_id: UUID, body: StatusRequest) -> ChangeResponse:
    """Record leave, suspension, retirement or death from a day on; the people led get another rater."""
    effect = Effect(status=body.status, successor_id=body.successor_id)
    wanted = Wanted(servant_id, ChangeKind.STATUS, body.since, effect, body.reason, body.until)
    return ChangeResponse.of(await record_change(session, wanted))


@router.post(
    "/servants/{servant_id}/entries",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the person"),
)
async def record_entry(session: Session, servant_id: UUID, body: EntryRequest) -> ChangeResponse:
    """Record since when a person is in this city's service: credit points count from then on (Peraturan BKN 3/2023)."""
    wanted = Wanted(servant_id, ChangeKind.ENTRY, body.since, Effect(), body.reason)
    return ChangeResponse.of(await record_change(session, wanted))


@router.post(
    "/servants/{servant_id}/appointments",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the person"),
)
async def record_appointment(session: Session, servant_id: UUID, body: AppointmentRequest) -> ChangeResponse:
    """Appoint a PPPK as CPNS, or a CPNS as PNS, from a day on: the person keeps one history, both numbers included."""
    fields = body.model_dump(exclude={"since", "reason", "nip"})
    effect = Effect(**fields, nip=None if body.nip is None else nips.tidy(body.nip))
    wanted = Wanted(servant_id, ChangeKind.APPOINTMENT, body.since, effect, body.reason)
    return ChangeResponse.of(await appoint(session, servant_id, wanted))


@router.post(
    "/units/{unit_id}/acting",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the absent head, and who acts"),
)
async def appoint_acting(session: Session, unit_id: UUID, body: ActingRequest) -> ChangeResponse:
    """Appoint an acting official for the head of a unit, from a day to a day or until further notice."""
    absent = body.absent_id or await units.head_of(session, unit_id)
    if absent is None:
        raise Refused("the unit has no head on record: name absent_id", "unit belum memiliki kepala: isi absent_id")
    effect = Effect(acting_id=body.acting_id, acting=body.kind)
    wanted = Wanted(absent, ChangeKind.ACTING, body.since, effect, body.reason, body.until)
    return ChangeResponse.of(await record_change(session, wanted))


@router.post(
    "/hand-overs",
    status_code=201,
    **permits(Relation.RATER, note="of one's own people, for one's own leave; a longer absence the office records"),
)
async def hand_over(session: Session, body: HandOverRequest) -> ChangeResponse:
    """Hand one's people to a colleague who may rate, from a day to a day; they and what is owed about them come back."""
    leave = Leave(body.colleague_id, body.since, body.until, body.reason)
    return ChangeResponse.of(await hand_over_own(session, leave))


@router.post("/hand-overs/{change_id}/end", **permits(Relation.RATER, note="who handed over"))
async def take_back(session: Session, change_id: UUID, body: CancellationRequest) -> ChangeResponse:
    """Come back sooner: a planned hand-over never begins, one that has begun ends today."""
    return ChangeResponse.of(await take_back_own(session, change_id, reason=body.reason))


@router.get(
    "/servants/{servant_id}/changes",
    **permits(Relation.SELF, Relation.OFFICE, note="planned and past changes of one's own record"),
)
async def list_changes(session: Session, actor: Acting, paging: Paging, servant_id: UUID) -> Page[ChangeResponse]:
    """List what changed or will change about a person, for that person and the performance office."""
    if actor.id != servant_id:
        what = ("read the changes of somebody else", "membaca perubahan pegawai lain")
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)
    await servants.servant(session, servant_id)
    await LOOKUPS.note(session, Record.CHANGES, [servant_id])
    return page_of(await changes.page(session, window=paging, servant_id=servant_id), ChangeResponse.of)


@router.get("/personnel-changes", **permits(Relation.OFFICE, Relation.AUDITOR))
async def list_planned(
    session: Session, paging: Paging, state: ChangeState = ChangeState.PLANNED
) -> Page[ChangeResponse]:
    """List the city's changes in one state: what is planned, or what was refused on its day and wants an answer."""
    what = ("read the changes of a city", "membaca perubahan kepegawaian kota")
    require_role(session, Role.PERFORMANCE_OFFICE, Role.AUDITOR, what=what)
    found = await changes.page(session, window=paging, state=state)
    await LOOKUPS.note(session, Record.CHANGES, [one.servant_id for one in found.items])
    return page_of(found, ChangeResponse.of)


@router.post(
    "/personnel-changes/{change_id}/cancellation",
    **permits(Relation.OFFICE, concerns="everybody whom the change concerns"),
)
async def cancel(session: Session, change_id: UUID, body: CancellationRequest) -> ChangeResponse:
    """Take back a planned change before its day."""
    return ChangeResponse.of(await cancel_change(session, change_id, reason=body.reason))
