"""What the services tell of one person, put together."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.portal.lookups.reading import newest
from services.portal.web.visit import Visit
from services.portal.web.words import known

Json = Mapping[str, Any]
SERVICES = ("registry", "plans", "evaluation", "feedback")
"""Whose journals know of people; what notify sent is in its own list of deliveries."""
_MOST = 100
"""The newest of each service."""
_PREFIX = "id.kinerja."
_BEHALF = " on behalf of "
_NOBODY = {"system": "history.system", "anonymous": "history.anonymous"}


async def events(visit: Visit, person_id: UUID, about: str = "") -> list[Json]:
    """Every line of every journal, the newest first; of one thing alone, if it is named. Raises Refusal."""
    asked: dict[str, str] = {"subject": str(person_id)} | ({"about": about} if about else {})
    found = await asyncio.gather(*(visit.ask.every(one, "/journal", **asked) for one in SERVICES))
    lines = [one | {"service": service} for service, some in zip(SERVICES, found, strict=True) for one in some]
    return sorted(lines, key=lambda one: (str(one["time"]), int(one["position"])), reverse=True)


async def lookups(visit: Visit, person_id: UUID) -> list[dict[str, Any]]:
    """Who opened which record of the person, the newest first; empty for who may not read that."""
    return await newest(visit, _MOST, servant_id=str(person_id))


def event_name(visit: Visit, kind: str) -> str:
    """``id.kinerja.plans.plan-set.v1`` in words; one that came later as it is called."""
    short = kind.removeprefix(_PREFIX).rpartition(".v")[0]
    key = f"history.event_{short.replace('.', '_').replace('-', '_')}"
    return visit.say(key) if known(key) else short


def actors(line: Json) -> list[str]:
    """The id of who did it, and for whom where an assistant did; ``system`` or ``anonymous`` instead of an id."""
    return str(line["actor"]).split(_BEHALF)


def done_by(visit: Visit, line: Json, people: Mapping[str, str]) -> str:
    """Who did it, in words: by name, for whom, or that it was the system or somebody who is not told."""
    named = [people.get(one) or visit.say(_NOBODY.get(one, "history.somebody")) for one in actors(line)]
    return named[0] if len(named) == 1 else visit.say("history.on_behalf", name=named[0], other=named[1])


def thing_of(line: Json) -> str:
    """The id by which lines belong together: of the narrowest thing that the line names."""
    about: Json = line["about"]
    narrow = [about[name] for name in _NARROWEST if name in about]
    return str(narrow[0]) if narrow else ""


_NARROWEST = (
    *("objection_id", "clarification_id", "request_id", "idea_id", "initiative_id", "improvement_id"),
    *("development_id", "report_id", "result_id", "plan_id", "change_id"),
)
