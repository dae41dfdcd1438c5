"""Addresses of pages about somebody or something: ``/rencana/{plan.ani}`` is the page of Ani's plan."""

import re
from collections.abc import Awaitable, Callable

from tests.portal.house import House

_NAMED = re.compile(r"\{(\w+)(?:\.([\w.]+))?\}")
Find = Callable[[House, str], Awaitable[str]]


async def filled(house: House, path: str) -> str:
    """The path with ids in the places of names."""
    ids = [await _FIND[kind](house, name) for kind, name in _NAMED.findall(path)]
    found = iter(ids)
    return _NAMED.sub(lambda _: next(found), path)


def blank(path: str) -> str:
    """The path with ``@`` in the places of names, and without its query."""
    return _NAMED.sub("@", path).partition("?")[0]


def _first(service: str, path: str) -> Find:
    """The newest or oldest of a list that the person reads, whichever stands first."""

    async def find(house: House, who: str) -> str:
        page = await house.acts.get(who, service, path.format(cycle=house.acts.cycle))
        return str(page["items"][0]["id"])

    return find


async def _cycle(house: House, _: str) -> str:
    return str(house.acts.cycle)


async def _person(house: House, who: str) -> str:
    return house.acts.id_of(who)


async def _appraisal(house: House, who: str) -> str:
    return str(house.acts.appraisal(who))


async def _result(house: House, who: str) -> str:
    return str(house.acts.result(who))


async def _plan(house: House, who: str) -> str:
    return str((await house.acts.plan(who))["id"])


async def _report(house: House, who: str) -> str:
    return str((await house.acts.plan(who))["reports"][-1]["id"])


async def _unit(house: House, code: str) -> str:
    return await house.acts.unit(code)


_FIND: dict[str, Find] = {
    "cycle": _cycle,
    "person": _person,
    "appraisal": _appraisal,
    "result": _result,
    "plan": _plan,
    "report": _report,
    "unit": _unit,
    "idea": _first("feedback", "/ideas"),
    "support": _first("feedback", "/support-requests"),
    "initiative": _first("plans", "/initiatives"),
    "coaching": _first("feedback", "/coachings"),
    "clarification": _first("feedback", "/clarifications"),
    "objection": _first("feedback", "/objections"),
    "development": _first("feedback", "/development-actions"),
    "improvement": _first("feedback", "/improvement-cases"),
    "moderation": _first("evaluation", "/moderations?cycle_id={cycle}"),
    "visit": _first("evaluation", "/visits"),
    "batch": _first("evaluation", "/cycles/{cycle}/national-batches"),
    "session": _first("feedback", "/sessions?cycle_id={cycle}"),
}
