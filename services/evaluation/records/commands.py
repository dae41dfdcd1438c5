"""Takes in what other services tell of a person in a cycle; each event is one statement, whoever takes part or not."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import TextClause, text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Frozen
from contracts.feedback.feedback import FeedbackGiven
from contracts.plans.daily_log import ActivitiesLogged, LoggedDay
from contracts.plans.initiatives import InitiativeRecorded, InitiativeVerified
from contracts.plans.plans import PlanSet
from directory import queries as directory
from kit.db import clock
from obligations.legal_dates import local_date

# Each selects from the appraisals: of who takes no part in the cycle there is no row, and nothing is kept.
_WHOSE = (
    "from appraisals a {more} where a.tenant_id = :tenant and a.cycle_id = cast(:cycle as uuid) "
    "and a.servant_id = cast(:servant as uuid)"
)
_FEEDBACK = text(
    "insert into recorded_feedback (tenant_id, id, appraisal_id, direction, occasion, channel, given_at) "
    "select a.tenant_id, cast(:id as uuid), a.id, cast(:direction as text), cast(:occasion as text), cast(:channel as text), "
    "cast(:at as timestamptz) " + _WHOSE.format(more="") + " on conflict do nothing"
)
_INITIATIVE = text(
    "insert into recorded_initiatives (tenant_id, id, appraisal_id, kind, title, recorded_at, recognised, evidence) "
    "select a.tenant_id, cast(:id as uuid), a.id, cast(:kind as text), cast(:title as text), cast(:at as timestamptz), "
    "cast(:recognised as boolean), cast(:evidence as jsonb) "
    + _WHOSE.format(more="")
    # What is verified stays so, whatever is proved after it.
    + " on conflict (tenant_id, id) do update set evidence = excluded.evidence, "
    "recognised = coalesce(excluded.recognised, recorded_initiatives.recognised)"
)
_WORK = text(
    "insert into logged_work (tenant_id, appraisal_id, day, plan_id, entries, minutes, logged_on) "
    "select a.tenant_id, a.id, one.day, cast(:plan as uuid), one.entries, one.minutes, cast(:on as date) "
    + _WHOSE.format(
        more="cross join unnest(cast(:days as date[]), cast(:entries as int[]), cast(:minutes as int[])) "
        "as one(day, entries, minutes)"
    )
    + " on conflict (tenant_id, appraisal_id, day) do update set entries = logged_work.entries + excluded.entries, "
    "minutes = logged_work.minutes + excluded.minutes, logged_on = least(logged_work.logged_on, excluded.logged_on)"
)
_PLAN = text(
    "insert into recorded_plans (tenant_id, appraisal_id, plan_id, version, behaviours) "
    "select a.tenant_id, a.id, cast(:plan as uuid), cast(:version as int), cast(:behaviours as jsonb) "
    + _WHOSE.format(more="")
    + " on conflict (tenant_id, appraisal_id) do update set plan_id = excluded.plan_id, version = excluded.version, "
    "behaviours = excluded.behaviours where recorded_plans.version <= excluded.version"
)
_UPWARD = "UP"


async def take_feedback(session: AsyncSession, event: FeedbackGiven) -> None:
    """That somebody gave feedback; what is said upward is for the one concerned alone, and is passed over here."""
    if event.direction == _UPWARD:
        return
    given = {"id": event.feedback_id, "direction": event.direction, "occasion": event.occasion}
    at = event.given_at or clock(session).now()
    await _keep(session, _FEEDBACK, event, given | {"channel": event.channel, "at": at})


async def take_initiative(session: AsyncSession, event: InitiativeRecorded) -> None:
    """It was written down, proved or verified."""
    said = {"id": event.initiative_id, "kind": event.kind, "title": event.title}
    said |= {"at": event.recorded_at or clock(session).now(), "evidence": _json(event.evidence)}
    recognised = event.recognised if isinstance(event, InitiativeVerified) else None
    await _keep(session, _INITIATIVE, event, said | {"recognised": recognised})


async def take_log(session: AsyncSession, event: ActivitiesLogged) -> None:
    """Days that were logged; of a batch that does not say more, at least one entry for each of its days."""
    today = local_date(clock(session).now(), await directory.calendar(session))
    days = event.by_day or tuple(LoggedDay(day=day, entries=1, minutes=0) for day in event.days)
    batch = {
        "plan": event.plan_id,
        "on": event.logged_on or today,
        "days": [one.day for one in days],
        "entries": [one.entries for one in days],
        "minutes": [one.minutes if event.by_day else None for one in days],
    }
    await _keep(session, _WORK, event, batch)


async def take_plan(session: AsyncSession, event: PlanSet) -> None:
    """What is expected from here on; an earlier version that comes late changes nothing."""
    wanted = {"plan": event.plan_id, "version": event.version, "behaviours": _json(event.behaviours)}
    await _keep(session, _PLAN, event, wanted)


_Told = FeedbackGiven | InitiativeRecorded | ActivitiesLogged | PlanSet


async def _keep(session: AsyncSession, statement: TextClause, event: _Told, values: Mapping[str, object]) -> None:
    whose = {"tenant": event.tenant_id, "cycle": event.cycle_id, "servant": event.servant_id}
    await session.execute(statement, whose | dict(values))


def _json(parts: Sequence[Frozen] | None) -> str:
    return json.dumps([one.model_dump(mode="json") for one in parts or ()])
