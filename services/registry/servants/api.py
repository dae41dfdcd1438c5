"""People and their raters over HTTP."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from contracts.base import Frozen, Role
from contracts.registry.personnel import Status
from kit.actor import Actor
from kit.errors import Forbidden, NotFound
from kit.web import Acting, Session, router
from services.registry.paging import Cursor, Limit, Page, pack, unpack
from services.registry.personnel.commands.raters import Assignment, assign_rater
from services.registry.servants import queries
from services.registry.servants.models import Servant
from services.registry.vocabulary import RelationSource

routes = router(tags=["people"])


class ServantView(Frozen):
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
    revision: int

    @classmethod
    def of(cls, servant: Servant, actor: Actor) -> "ServantView":
        """What this actor may see."""
        if may_see_all(servant, actor):
            return cls.model_validate(servant.model_dump())
        seen = {"id", "name", "position", "unit_id", "is_head", "roles", "revision"}
        return cls.model_validate(servant.model_dump(include=seen))


class ServantPage(Page):
    """People by name."""

    items: list[ServantView]


class RaterView(Frozen):
    """Who rated from a day (included) to a day (excluded)."""

    rater_id: UUID
    authority_id: UUID | None = None
    """Reviewing authority in that time: the rater's rater."""
    valid_from: date
    valid_to: date | None
    source: RelationSource
    reason: str | None
    recorded_at: datetime
    recorded_by: str


class RaterList(Frozen):
    """The history, newest first."""

    items: list[RaterView]
    next: None = None


class NewRater(Frozen):
    """A rater from a day on."""

    rater_id: UUID
    since: date = Field(alias="from")
    until: date | None = None
    """Last day of a delegation; the day after the former rater is back."""
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
    source: RelationSource = RelationSource.CORRECTION


def may_see_all(servant: Servant, actor: Actor) -> bool:
    """The person, rater, reviewing authority, performance office."""
    above = (servant.id, servant.rater_id, servant.authority_id)
    return actor.id in above or actor.has(Role.PERFORMANCE_OFFICE)


@routes.get("/servants")
async def list_servants(
    session: Session,
    actor: Acting,
    cursor: Cursor = None,
    limit: Limit = 100,
    unit: UUID | None = None,
    q: Annotated[str | None, Query(min_length=2, max_length=100, description="Part of the name.")] = None,
) -> ServantPage:
    """List the city's people by name; the performance office may also search the beginning of a NIP."""
    after = None
    if cursor:
        name, last = unpack(cursor, 2)
        after = (name, UUID(last))
    office = actor.has(Role.PERFORMANCE_OFFICE)
    rows = await queries.servants(
        session, after=after, limit=limit + 1, unit_id=unit, text_in_name=q, text_in_nip=q if office else None
    )
    more = pack(rows[limit - 1].name, str(rows[limit - 1].id)) if len(rows) > limit else None
    return ServantPage(items=[ServantView.of(row, actor) for row in rows[:limit]], next=more)


@routes.get("/servants/by-nip/{nip}")
async def read_servant_by_nip(session: Session, actor: Acting, nip: str) -> ServantView:
    """Find a civil servant by NIP; whoever may not see the number is not told whether it exists."""
    servant = await queries.servant_by_nip(session, nip)
    if not may_see_all(servant, actor):
        raise NotFound("no such civil servant in this city", "pegawai tidak ada di kota ini")
    return ServantView.of(servant, actor)


@routes.get("/servants/{servant_id}")
async def read_servant(session: Session, actor: Acting, servant_id: UUID) -> ServantView:
    """Read one civil servant."""
    return ServantView.of(await queries.servant(session, servant_id), actor)


@routes.get("/servants/{servant_id}/raters")
async def list_raters(session: Session, actor: Acting, servant_id: UUID, on: date | None = None) -> RaterList:
    """List who rated this person and who was the reviewing authority, newest first; or on one day."""
    if not may_see_all(await queries.servant(session, servant_id), actor):
        raise Forbidden("this is for the person and those above", "hanya untuk pegawai itu dan atasannya")
    rows = await queries.raters(session, servant_id, on=on)
    return RaterList(items=[RaterView.model_validate(row, from_attributes=True) for row in rows])


@routes.post("/servants/{servant_id}/raters", status_code=201)
async def change_rater(session: Session, servant_id: UUID, body: NewRater) -> RaterView:
    """Give a person another rater from a day on: a delegate, a correction, or back to the hierarchy.

    A day in the future is planned: the relation begins on that day by itself.
    """
    wanted = Assignment(body.rater_id, body.since, body.source, body.reason, body.until)
    change = await assign_rater(session, servant_id, wanted)
    return RaterView(
        rater_id=body.rater_id,
        valid_from=change.effective_on,
        valid_to=None,
        source=body.source,
        reason=change.reason,
        recorded_at=change.recorded_at,
        recorded_by=str(change.recorded_by),
    )
