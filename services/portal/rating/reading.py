"""Everything that a rating rests on, asked at once: the form, the plan with what was achieved, the log, what was said."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import HTTPException

from contracts.obligations import ObligationKind
from services.portal.duties.queries import own_duties
from services.portal.names.queries import names
from services.portal.rating.queries import Rated, one_rated
from services.portal.web.visit import Visit

Json = Mapping[str, Any]
_LATEST = 20
"""Entries of the log, and what was said, shown on the page."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person with all that speaks for a rating."""

    rated: Rated
    form: Json
    plan: Json | None
    log: Json | None
    feedback: list[Json]
    initiatives: list[Json]
    people: Mapping[str, str]
    next: Rated | None
    """Who waits for a rating after this one."""


async def subject_of(visit: Visit, appraisal_id: str) -> Subject:
    """Raises Refusal for whom the reader does not rate."""
    rated, after = await whom(visit, appraisal_id)
    about = {"cycle_id": str(rated.cycle_id)}
    path = f"/plans/{rated.plan_id}"
    form, plan, log, feedback, initiatives = await asyncio.gather(
        visit.ask.get("evaluation", f"/appraisals/{appraisal_id}/form"),
        visit.ask.maybe("plans", path) if rated.plan_id else _nothing(),
        visit.ask.maybe("plans", f"{path}/activities", limit=_LATEST) if rated.plan_id else _nothing(),
        visit.ask.maybe("feedback", "/feedback", **about, about_id=str(rated.servant_id), limit=_LATEST),
        visit.ask.maybe("plans", "/initiatives", **about, servant_id=str(rated.servant_id), limit=_LATEST),
    )
    said = (feedback or {}).get("items", [])
    async with visit.copies() as session:
        people = await names(session, [one["author_id"] for one in said])
    return Subject(rated, form, plan, log, said, (initiatives or {}).get("items", []), people, after)


async def whom(visit: Visit, appraisal_id: str) -> tuple[Rated, Rated | None]:
    """Whose appraisal it is, and whose the reader owes next; raises HTTPException for an unknown one."""
    async with visit.copies() as session:
        rated = await one_rated(session, _id(appraisal_id))
        if rated is None:
            raise HTTPException(404)
        owed = await own_duties(session, visit.actor.id)
        waiting = [one for one in owed if one.kind is ObligationKind.ASSESS and one.subject_id != rated.appraisal_id]
        after = await one_rated(session, waiting[0].subject_id) if waiting else None
    return rated, after


async def _nothing() -> None:
    return None


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise HTTPException(404) from None
