"""Every act of the performance office, asked by officers with a conflict of interest and by one without.

Which routes those are, the routes themselves say (``concerns`` and ``alike`` of ``kit.access.permits``). Each is asked in
the scene in which ``tests/permissions`` asks it, by an officer without a conflict, who succeeds; then by the person whom
it concerns, by an officer who rates that person and by one whom that person rates, today and in the cycle, who do not.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import SERVICES, Role
from kinerja.documents.api import openapi
from kinerja.documents.permissions import Permission, permissions
from kit.actor import Actor
from kit.db import Database
from tests.conftest import ClientOf, SettingsOf
from tests.permissions import evaluation, feedback, plans, registry
from tests.permissions.probing import Probe
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.issuer import Issuer

Walk = Callable[[str, Database, AsyncIterator[Probe]], Awaitable[None]]
OFFICE = (Role.PERFORMANCE_OFFICE,)

# How an officer is tied to somebody: who rates whom, today in the copy of people and in what a cycle has frozen.
_TODAY = {
    "rates": "update {people} set rater_id = :officer where id = :person",
    "rated by": "update {people} set rater_id = :person where id = :officer",
}
_FROZEN = {
    "rates, in the cycle": "update {members} set rater_id = :officer where servant_id = :person",
    "rated by, in the cycle": "update {members} set rater_id = :person where servant_id = :officer",
}
_MEMBERS = {"plans": "directory_members", "feedback": "directory_members", "evaluation": "appraisals"}
# How the office comes to stand in for a rater: it owes what fell to it, or nobody rates the person.
_OWES = "update obligations set debtor_id = :officer where state = 'OPEN'"
_NOBODY_RATES = {
    "plans": ("plans", "plan_initiatives", "directory_members"),
    "evaluation": ("appraisals",),
    "feedback": ("directory_members",),
}


_ROLES = "select roles from {people} where id = :who"
_GIVE = "update {people} set roles = :roles where id = :who"

OWN_ACTS = {"POST /assistants/{declaration_id}/end"}
"""Whoever is assisted ends it, as officer or not: that is no act of the office."""


class _TakenBack(Exception):
    """Ends a transaction that went well."""


class Prepared(Database):
    """A database that keeps nothing, and in which somebody is tied to an officer while one request lasts."""

    before: tuple[str, ...] = ()
    values: Mapping[str, UUID] = {}

    @asynccontextmanager
    async def transaction(
        self, tenant_id: str, actor: Actor | None = None, *, opening: str = ""
    ) -> AsyncIterator[AsyncSession]:
        with suppress(_TakenBack):
            async with super().transaction(tenant_id, actor, opening=opening) as session:
                for statement in self.before:
                    names = {name: self.values[name] for name in self.values if f":{name}" in statement}
                    await session.execute(text(statement), names)
                yield session
                await session.flush()
                raise _TakenBack


def _declared() -> list[Permission]:
    every = permissions({service: openapi(service) for service in SERVICES})
    return [one for one in every if one.declared is not None and (one.declared["concerns"] or one.declared["alike"])]


CONCERNING = {(one.service, one.route) for one in _declared() if one.declared and one.declared["concerns"]}
ALIKE = {(one.service, one.route) for one in _declared() if one.declared and one.declared["alike"]}


def _said(answer: httpx.Response) -> bool:
    """Whether it was refused because of the conflict: outright, or for this item with its place or outcome."""
    told = answer.text.lower()
    named = ("conflict of interest", "conflict_of_interest", '"own"', "only for")
    return answer.status_code in (403, 409, 422) and any(one in told for one in named)


class Office:
    """Asks a probe as an officer, in a database that was prepared for it."""

    def __init__(self, service: str, client: Client, database: Prepared, kept: Database) -> None:
        self._service, self._client, self._database, self._kept = service, client, database, kept

    def _statement(self, template: str) -> str:
        people = "servants" if self._service == "registry" else "directory_people"
        return template.format(people=people, members=_MEMBERS.get(self._service, ""))

    async def ask(self, probe: Probe, who: UUID, *before: str) -> httpx.Response:
        person = probe.concerned
        self._database.before = tuple(self._statement(one) for one in before)
        self._database.values = {"officer": who, "person": person}
        had = await self._roles(probe.people.city, who, None)
        await self._roles(probe.people.city, who, [role.value for role in OFFICE])
        try:
            return await probe.ask(self._client, who, probe.people.city, OFFICE)
        finally:
            await self._roles(probe.people.city, who, had)

    async def _roles(self, city: str, who: UUID, roles: list[str] | None) -> list[str]:
        """Give somebody these roles, because a token counts for no more; returns those had before."""
        async with self._kept.transaction(city) as session:
            had: list[str] = (await session.execute(text(self._statement(_ROLES)), {"who": who})).scalar_one()
            if roles is not None:
                await session.execute(text(self._statement(_GIVE)), {"who": who, "roles": roles})
        return had

    def ways(self, *, as_office: bool) -> dict[str, tuple[str, ...]]:
        """How the office comes to act: by its role; where it stands in for a rater, because it owes or nobody rates."""
        if as_office:
            return {"as the office": ()}
        nobody = tuple(
            f"update {table} set rater_id = null where servant_id = :person"  # noqa: S608 - a table of the list above
            for table in _NOBODY_RATES.get(self._service, ())
        )
        return {"it fell to the office": (_OWES,), "nobody rates": nobody}

    def ties(self, *, as_office: bool) -> dict[str, str]:
        """Whoever rates a person in the cycle and stands in for nobody is the rater, and no case of conflict."""
        frozen = _FROZEN if as_office else {name: one for name, one in _FROZEN.items() if not name.startswith("rates")}
        return _TODAY | (frozen if self._service in _MEMBERS else {})


@pytest.fixture
async def walk(settings_of: SettingsOf, issuer: Issuer, clock: SetClock) -> AsyncIterator[Walk]:
    """Ask every act of the office of a service; nobody with a conflict may, somebody without one may."""
    opened: list[Prepared] = []

    async def walked(service: str, database: Database, probes: AsyncIterator[Probe]) -> None:
        prepared = Prepared(database.engine.url.render_as_string(hide_password=False), clock=clock)
        opened.append(prepared)
        wanted = {route: one for one in _declared() if one.service == service for route in (one.route,)}
        wrong: list[str] = []
        asked: set[str] = set()
        async with Client(api_of(service, settings_of(database), prepared), issuer) as client:
            office = Office(service, client, prepared, database)
            async for probe in probes:
                told = wanted.get(probe.name)
                if told is None or told.declared is None or not told.declared["concerns"]:
                    continue
                if "office" not in probe.people.kinds:
                    continue
                wrong += await _judged(office, probe, as_office="office" in told.declared["who"])
                asked.add(probe.name)
        assert not wrong, "\n".join(wrong)
        assert {route for owner, route in CONCERNING if owner == service} <= asked, "a probe in tests/permissions"

    yield walked
    for one in opened:
        await one.close()


async def _judged(office: Office, probe: Probe, *, as_office: bool) -> list[str]:
    """What is wrong: nobody succeeds, or somebody with a conflict does."""
    wrong: list[str] = []
    free, _ = probe.people.kinds["office"]
    succeeded = False
    for way, before in office.ways(as_office=as_office).items():
        answer = await office.ask(probe, free, *before)
        if not answer.is_success:
            continue
        succeeded = True
        own = await office.ask(probe, probe.concerned, *before)
        if not _said(own) and probe.name not in OWN_ACTS:
            wrong.append(f"{probe.name} ({way}): about oneself {own.status_code} {own.text[:200]}")
        for tie, statement in office.ties(as_office=as_office).items():
            tied = await office.ask(probe, free, *before, statement)
            if not _said(tied):
                wrong.append(f"{probe.name} ({way}): who {tie} the person {tied.status_code} {tied.text[:200]}")
    if not succeeded:
        wrong.append(f"{probe.name}: no officer without a conflict succeeds {answer.status_code} {answer.text[:300]}")
    return wrong


def test_every_writing_route_of_the_office_says_whom_it_concerns_or_why_nobody() -> None:
    every = permissions({service: openapi(service) for service in SERVICES})
    silent = [
        (one.service, one.route)
        for one in every
        if one.declared is not None
        and "office" in one.declared["who"]
        and not one.route.startswith("GET ")
        and (one.service, one.route) not in CONCERNING | ALIKE
    ]
    assert silent == []
    assert CONCERNING.isdisjoint(ALIKE)


def test_what_treats_everybody_alike_is_a_short_list_that_somebody_has_looked_at() -> None:
    assert {
        ("registry", "POST /attendance"),
        ("registry", "POST /outages"),
        ("registry", "PUT /imports/mappings"),
        ("plans", "POST /plan-templates"),
        ("plans", "POST /plan-templates/{template_id}/assignment"),
        ("notify", "POST /obligations/{obligation_id}/nudge"),
        ("notify", "POST /deliveries/{delivery_id}/resend"),
        ("evaluation", "GET /cycle-preview"),
        ("evaluation", "GET /cycle-preview/people"),
        ("plans", "POST /cycles/{cycle_id}/plan-samples"),
        ("plans", "POST /plan-templates/{template_id}/retirement"),
        ("evaluation", "POST /cycles"),
        ("evaluation", "POST /cycles/{cycle_id}/pause"),
        ("evaluation", "POST /cycles/{cycle_id}/resume"),
        ("evaluation", "POST /cycles/{cycle_id}/extension"),
        ("evaluation", "POST /cycles/{cycle_id}/cancellation"),
        ("evaluation", "POST /cycles/{cycle_id}/recomputation"),
        ("evaluation", "POST /cycles/{cycle_id}/simulation"),
        ("evaluation", "POST /cycles/{cycle_id}/review"),
        ("evaluation", "POST /review-actions/{action_id}/mark"),
        ("evaluation", "POST /cycles/{cycle_id}/upward-report"),
        ("evaluation", "POST /cycles/{cycle_id}/national-batches"),
        ("evaluation", "POST /national-batches/{batch_id}/sending"),
        ("evaluation", "POST /national-batches/{batch_id}/answers"),
        ("feedback", "POST /sessions/{session_id}/report"),
        ("feedback", "POST /sessions/{session_id}/calling-off"),
        ("feedback", "POST /sessions/{session_id}/invitations"),
        ("feedback", "POST /cycles/{cycle_id}/sessions"),
        ("feedback", "POST /cycles/{cycle_id}/materials"),
        ("feedback", "POST /materials/{material_id}/retirement"),
        ("feedback", "POST /cycles/{cycle_id}/quiz-questions"),
        ("feedback", "POST /quiz-questions/{question_id}/retirement"),
    } == ALIKE


@pytest.mark.connected
async def test_in_the_registry_nobody_with_a_conflict_acts_for_the_office(
    registry_db: Database, client_of: ClientOf, walk: Walk
) -> None:
    await walk("registry", registry_db, registry.probes(registry_db, client_of))


@pytest.mark.connected
async def test_in_plans_nobody_with_a_conflict_acts_for_the_office(
    plans_db: Database, client_of: ClientOf, walk: Walk
) -> None:
    await walk("plans", plans_db, plans.probes(plans_db, client_of))


@pytest.mark.connected
async def test_in_evaluation_nobody_with_a_conflict_acts_for_the_office(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, walk: Walk
) -> None:
    await walk("evaluation", evaluation_db, evaluation.probes(evaluation_db, client_of, clock))


@pytest.mark.connected
async def test_in_feedback_nobody_with_a_conflict_acts_for_the_office(
    feedback_db: Database, client_of: ClientOf, walk: Walk
) -> None:
    await walk("feedback", feedback_db, feedback.probes(feedback_db, client_of))
