"""People and their raters over HTTP."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field, StringConstraints

from contracts.base import Frozen, Relation, Role
from contracts.registry.personnel import Status
from contracts.written import Day
from kit import web
from kit.access import permits
from kit.actor import Actor
from kit.errors import Forbidden, NotFound
from kit.paging import Page, Paging, page_of
from kit.web import Acting, Session
from services.registry.lookups.commands import LOOKUPS
from services.registry.lookups.rules import Record
from services.registry.numbers.queries import servant_by_former_nip
from services.registry.personnel.commands.raters import Assignment, assign_rater
from services.registry.servants import queries
from services.registry.servants.models import Servant
from services.registry.servants.rules.offices import in_office
from services.registry.servants.rules.relations import RelationSource

router = web.router(tags=["people"])


class ServantResponse(Frozen):
    """A civil servant; number, address and the rest only for himself, those above and the performance office."""

    id: UUID
    name: str
    position: str
    unit_id: UUID
    is_head: bool
    roles: list[Role]
    nip: str | None = None
    email: str | None = None
    employment_type: str | None = None
    grade: str | None = None
    position_kind: str | None = None
    rater_id: UUID | None = None
    authority_id: UUID | None = None
    language: str | None = None
    status: Status | None = None
    status_since: date | None = None
    former_nip: str | None = None
    """The number that was asked for, where the person has another one now."""
    revision: int

    @classmethod
    def of(cls, servant: Servant, actor: Actor) -> "ServantResponse":
        """What this actor may see."""
        seen = {"id", "name", "position", "unit_id", "is_head", "revision"}
        shown = servant.model_dump() if may_see_all(servant, actor) else servant.model_dump(include=seen)
        return cls.model_validate(shown | {"roles": in_office(servant.roles, servant.held_roles)})


class RaterResponse(Frozen):
    """Who rated from a day (included) to a day (excluded)."""

    rater_id: UUID
    authority_id: UUID | None = None
    """Reviewing authority in that time: the rater's rater."""
    acting_for_id: UUID | None = None
    """The regional head for whom the rater acts."""
    valid_from: date
    valid_to: date | None
    source: RelationSource
    reason: str | None
    recorded_at: datetime
    recorded_by: str


class RaterRequest(Frozen):
    """A rater from a day on."""

    rater_id: UUID
    """A civil servant, or the account of a regional head or the deputy (L IV.A.12)."""
    acting_for_id: UUID | None = None
    """The regional head for whom the rater, a delegate, acts: the export names the head."""
    since: Day = Field(alias="from")
    until: Day | None = None
    """Last day of a delegation; the day after the former rater is back."""
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
    source: RelationSource = RelationSource.CORRECTION


def may_see_all(servant: Servant, actor: Actor) -> bool:
    """The person, rater, reviewing authority, performance office."""
    above = (servant.id, servant.rater_id, servant.authority_id)
    return actor.id in above or actor.has(Role.PERFORMANCE_OFFICE)


_OWN = "number, address and raters only of oneself and those one leads; all for the office"


@router.get("/servants", **permits(Relation.ANYONE, note=_OWN))
async def list_servants(
    session: Session,
    actor: Acting,
    paging: Paging,
    unit: UUID | None = None,
    role: Annotated[Role | None, Query(description="Only who has this role of office, and is at work.")] = None,
    q: Annotated[str | None, Query(min_length=2, max_length=100, description="Part of the name.")] = None,
) -> Page[ServantResponse]:
    """List the city's people by name; the performance office may also search the beginning of a NIP."""
    # Whoever may not see a NIP must not find its owner by it either: digit by digit that would tell the number.
    nip = q if actor.has(Role.PERFORMANCE_OFFICE) else None
    found = await queries.page(session, window=paging, unit_id=unit, role=role, text_in_name=q, text_in_nip=nip)
    # What everybody sees of everybody, name and post, is a directory and no look at a record.
    led = [one.id for one in found.items if may_see_all(one, actor)]
    office, narrowed = (Role.PERFORMANCE_OFFICE,), not (unit is None and role is None and q is None)
    await LOOKUPS.note_list(session, Record.PERSONNEL_RECORD, led, all_for=office, narrowed=narrowed)
    return page_of(found, lambda servant: ServantResponse.of(servant, actor))


_THOSE_ABOVE = (Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE)


@router.get("/servants/by-nip/{nip}", **permits(*_THOSE_ABOVE, note="others are not told whether the number exists"))
async def read_servant_by_nip(
    session: Session, actor: Acting, nip: Annotated[str, Path(max_length=18)]
) -> ServantResponse:
    """Find a civil servant by NIP, or by a number that he or she had (``former_nip`` says so).

    Whoever may not see the number does not learn whether it exists.
    """
    servant = (
        await servant_by_former_nip(session, nip) if (now := await queries.find_by_nip(session, nip)) is None else now
    )
    if servant is None or not may_see_all(servant, actor):
        raise NotFound("no such civil servant in this city", "pegawai tidak ada di kota ini")
    await LOOKUPS.note(session, Record.PERSONNEL_RECORD, [servant.id])
    found = ServantResponse.of(servant, actor)
    return found if servant.nip == nip else found.model_copy(update={"former_nip": nip})


@router.get("/servants/{servant_id}", **permits(Relation.ANYONE, note="the same"))
async def read_servant(session: Session, actor: Acting, servant_id: UUID) -> ServantResponse:
    """Read one civil servant."""
    servant = await queries.servant(session, servant_id)
    if may_see_all(servant, actor):
        await LOOKUPS.note(session, Record.PERSONNEL_RECORD, [servant.id])
    return ServantResponse.of(servant, actor)


@router.get("/servants/{servant_id}/raters", **permits(*_THOSE_ABOVE))
async def list_raters(
    session: Session, actor: Acting, paging: Paging, servant_id: UUID, on: Day | None = None
) -> Page[RaterResponse]:
    """List who rated this person and who was the reviewing authority, newest first; or on one day."""
    if not may_see_all(await queries.servant(session, servant_id), actor):
        raise Forbidden("this is for the person and those above", "hanya untuk pegawai itu dan atasannya")
    await LOOKUPS.note(session, Record.RATERS, [servant_id])
    found = await queries.raters(session, servant_id, window=paging, on=on)
    return page_of(found, lambda row: RaterResponse.model_validate(row, from_attributes=True))


@router.post(
    "/servants/{servant_id}/raters",
    status_code=201,
    **permits(Relation.OFFICE, concerns="the person, who rates so far, and who shall rate"),
)
async def change_rater(session: Session, servant_id: UUID, body: RaterRequest) -> RaterResponse:
    """Give a person another rater from a day on: a delegate, a correction, or back to the hierarchy.

    A day in the future is planned: the relation begins on that day by itself.
    """
    wanted = Assignment(body.rater_id, body.since, body.source, body.reason, body.until, body.acting_for_id)
    change = await assign_rater(session, servant_id, wanted)
    return RaterResponse(
        rater_id=body.rater_id,
        acting_for_id=body.acting_for_id,
        valid_from=change.effective_on,
        valid_to=None,
        source=body.source,
        reason=change.reason,
        recorded_at=change.recorded_at,
        recorded_by=str(change.recorded_by),
    )
