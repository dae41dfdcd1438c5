"""Giving a template to many: the empty plans of everybody of a position begin with it, in one act however many there are."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, or_, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.plans.plans import PlanDrafted
from directory import queries as directory
from directory.models import Person
from kit.db import actor
from kit.errors import Refused
from kit.keyset import Found, Window, read_rows
from kit.outbox import emit, emit_all
from services.plans.plans.models import Plan, WorkResultRow
from services.plans.plans.rules.content import Content
from services.plans.plans.rules.states import PlanState
from services.plans.practices.queries import require_available
from services.plans.templates import events
from services.plans.templates.commands.templates import require_keeper
from services.plans.templates.models import PlanTemplate
from services.plans.templates.queries import template

# Every plan gets results and indicators with ids of its own, made by the database: of a thousand people nothing travels
# to this process but who they are. Ordinals tie an indicator to its result before either has an id.
_BEGIN = text(
    """
    with chosen as materialized (
        select id from plans where id = any(cast(:plans as uuid[])) order by id for no key update
    ), results as (
        insert into plan_results (tenant_id, id, plan_id, ordinal, kind, statement, goal, report_every, evidence)
        select :tenant, uuidv7(), p.id, r.ordinal, r.kind, r.statement, r.goal, r.report_every, r.evidence
        from chosen p cross join jsonb_to_recordset(cast(:results as jsonb)) as r(
            ordinal int, kind text, statement text, goal text, report_every text, evidence text)
        returning id, plan_id, ordinal
    ), indicators as (
        insert into plan_indicators (tenant_id, id, plan_id, work_result_id, ordinal, aspect, statement, unit, direction,
            target_lo, target_hi, weight, source_of_data, max_attainable)
        select :tenant, uuidv7(), r.plan_id, r.id, i.ordinal, i.aspect, i.statement, i.unit, i.direction,
            i.target_lo, i.target_hi, i.weight, i.source_of_data, i.max_attainable
        from results r join jsonb_to_recordset(cast(:indicators as jsonb)) as i(
            result int, ordinal int, aspect text, statement text, unit text, direction text, target_lo numeric,
            target_hi numeric, weight numeric, source_of_data text, max_attainable boolean) on i.result = r.ordinal
    )
    update plans p set annex = cast(:annex as jsonb), version = p.version + 1 from chosen c where p.id = c.id
    """
)


class Outcome(StrEnum):
    """What the act does to one plan."""

    BEGINS = "BEGINS"
    HAS_CONTENT = "HAS_CONTENT"
    PAST_DRAFT = "PAST_DRAFT"


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose plans: of a cycle, by default everybody of the template's position."""

    cycle_id: UUID
    unit_id: UUID | None
    positions: tuple[str, ...]
    servant_ids: tuple[UUID, ...]


class Assigned(NamedTuple):
    """How many plans began, and how many did not."""

    begun: int
    with_content: int
    past_draft: int


class _Chosen(NamedTuple):
    """One plan of the selection."""

    plan_id: UUID
    servant_id: UUID
    name: str | None
    position: str | None
    unit_id: UUID
    outcome: str


async def preview(session: AsyncSession, template_id: UUID, whom: Whom, *, window: Window) -> Found[_Chosen]:
    """A page of the people whom the act would concern, by name; nothing changes."""
    looking = (await _selection(session, await _kept(session, template_id), whom)).subquery()
    by_name = func.coalesce(looking.c.name, "")
    found = await read_rows(session, select(*looking.c), by_name, looking.c.plan_id, window=window, counted=True)
    return Found([_Chosen(*row) for row in found.items], found.next, found.total)


async def assign(session: AsyncSession, template_id: UUID, whom: Whom) -> Assigned:
    """Let every empty draft of the selection begin with the template; what says something stays as it is.

    Asked twice, the second finds no empty plan. Raises Forbidden for whoever neither leads somebody nor holds the office,
    Refused for a template that is kept no more or a selection of nobody.
    """
    kept = await _kept(session, template_id)
    content = Content.model_validate(kept.content)
    await require_available(session, content.practices)
    # Locked before it is looked whether they are empty: who writes a plan at the same time is waited for, or waits.
    chosen = await _selection(session, kept, whom)
    ids = select(chosen.subquery().c.plan_id)
    locking = select(col(Plan.id)).where(col(Plan.id).in_(ids)).order_by(col(Plan.id)).with_for_update(key_share=True)
    await session.execute(locking)
    rows = [_Chosen(*row) for row in (await session.execute(chosen)).all()]
    if not rows:
        raise Refused(
            "nobody of this selection takes part in the cycle: look at the positions and the unit",
            "tidak ada pegawai dalam pilihan ini yang mengikuti siklus: periksa jabatan dan unitnya",
        )
    empty = [one for one in rows if one.outcome == Outcome.BEGINS]
    await _begin(session, kept, whom, content, empty)
    counts = {outcome: sum(1 for one in rows if one.outcome == outcome) for outcome in Outcome}
    return Assigned(counts[Outcome.BEGINS], counts[Outcome.HAS_CONTENT], counts[Outcome.PAST_DRAFT])


async def _begin(session: AsyncSession, kept: PlanTemplate, whom: Whom, content: Content, empty: list[_Chosen]) -> None:
    if not empty:
        return
    values = {
        "tenant": kept.tenant_id,
        "plans": [one.plan_id for one in empty],
        "results": json.dumps(_results(content)),
        "indicators": json.dumps(_indicators(content)),
        "annex": content.annex.model_dump_json(),
    }
    await session.execute(_BEGIN, values)
    by = actor(session).id
    emit(session, events.assigned(kept, cycle_id=whom.cycle_id, by=by, plans=len(empty)))
    drafted = (
        PlanDrafted(
            tenant_id=kept.tenant_id,
            plan_id=one.plan_id,
            cycle_id=whom.cycle_id,
            servant_id=one.servant_id,
            template_id=kept.id,
        )
        for one in empty
    )
    await emit_all(session, drafted)


def _results(content: Content) -> list[dict[str, Any]]:
    left_out = {"id", "indicators", "superior_result_id"}
    return [
        {"ordinal": number, **result.model_dump(mode="json", exclude=left_out)}
        for number, result in enumerate(content.results)
    ]


def _indicators(content: Content) -> list[dict[str, Any]]:
    """Numbered through the whole plan, each with the number of its result."""
    rows = [
        {"result": number, **indicator.model_dump(mode="json", exclude={"id"})}
        for number, result in enumerate(content.results)
        for indicator in result.indicators
    ]
    return [{"ordinal": number, **row} for number, row in enumerate(rows)]


async def _kept(session: AsyncSession, template_id: UUID) -> PlanTemplate:
    await require_keeper(session)
    found = await template(session, template_id)
    if found.retired_at is not None:
        raise Refused(
            "this template is kept no more: choose another", "templat ini tidak dipakai lagi: pilih yang lain"
        )
    return found


async def _selection(session: AsyncSession, kept: PlanTemplate, whom: Whom) -> Select[Any]:
    """The plans of the cycle that the actor may begin: all for the office, of those one leads for a leader."""
    await directory.cycle(session, whom.cycle_id)
    looking: Any = (
        select(
            col(Plan.id).label("plan_id"),
            col(Plan.servant_id),
            col(Person.name),
            col(Person.position),
            col(Plan.unit_id),
            _outcome().label("outcome"),
        )
        .outerjoin(Person, (col(Person.tenant_id) == col(Plan.tenant_id)) & (col(Person.id) == col(Plan.servant_id)))
        .where(col(Plan.cycle_id) == whom.cycle_id, col(Plan.ended_on).is_(None))
    )
    if whom.servant_ids:
        looking = looking.where(col(Plan.servant_id).in_(whom.servant_ids))
    else:
        wanted = [one.strip().lower() for one in whom.positions or (kept.position,)]
        looking = looking.where(func.lower(func.btrim(col(Person.position))).in_(wanted))
    if whom.unit_id is not None:
        below = await directory.people_of(session, unit_id=whom.unit_id, person_id=None)
        looking = looking.where(col(Plan.servant_id).in_(below))
    acting = actor(session)
    if not acting.has(Role.PERFORMANCE_OFFICE):
        looking = looking.where(or_(col(Plan.rater_id) == acting.id, col(Plan.authority_id) == acting.id))
    chosen: Select[Any] = looking
    return chosen


def _outcome() -> ColumnElement[str]:
    said = exists(select(literal(1)).where(col(WorkResultRow.plan_id) == col(Plan.id)))
    return case(
        (col(Plan.state) != PlanState.DRAFT.value, literal(Outcome.PAST_DRAFT.value)),
        (said, literal(Outcome.HAS_CONTENT.value)),
        else_=literal(Outcome.BEGINS.value),
    )
