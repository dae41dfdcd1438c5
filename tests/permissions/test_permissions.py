"""docs/permissions.md against the code: every guarded route is in the table, and answers each person as the table says.

The table says who may. Each route is asked as everybody around one civil servant, in a state in which somebody succeeds;
colleagues without a part in it and people of another city are refused wherever the table does not say ``anyone``.
"""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from kit.db import Database
from tests.conftest import ClientOf, SettingsOf
from tests.permissions import evaluation, feedback, integrations, notify, plans, registry
from tests.permissions.probing import KINDS, Probe, Rehearsal, observe
from tests.permissions.table import DOCUMENT, documented, guarded
from tests.support.client import Client, api_of
from tests.support.clock import SetClock
from tests.support.issuer import Issuer

connected = pytest.mark.connected
Compare = Callable[[str, Database, AsyncIterator[Probe]], Awaitable[None]]


def test_the_table_has_every_guarded_route_and_no_other() -> None:
    table, routes = set(documented()), guarded()
    assert table - routes == set(), f"docs/{DOCUMENT.name} tells of routes that are not there"
    assert routes - table == set(), f"docs/{DOCUMENT.name}: add a row for each, and a probe in tests/permissions"


def test_the_table_uses_its_own_words() -> None:
    assert {word for who in documented().values() for word in who} <= set(KINDS)
    text = DOCUMENT.read_text()
    assert all(f"| `{kind}` |" in text for kind in KINDS)


@pytest.fixture
async def compare(settings_of: SettingsOf, issuer: Issuer, clock: SetClock) -> AsyncIterator[Compare]:
    """Ask the routes of a service in its scenes, and compare what they answer with the table."""
    opened: list[Rehearsal] = []

    async def compared(service: str, database: Database, probes: AsyncIterator[Probe]) -> None:
        rehearsal = Rehearsal(database.engine.url.render_as_string(hide_password=False), clock=clock)
        opened.append(rehearsal)
        async with Client(api_of(service, settings_of(database), rehearsal), issuer) as client:
            observed = await observe(client, rehearsal, probes)
        assert observed.wrong == []
        table = {route: who for (owner, route), who in documented().items() if owner == service}
        assert set(table) == set(observed.allowed), "a probe in tests/permissions for each route"
        told = {route: (table[route], who) for route, who in observed.allowed.items() if table[route] != who}
        assert told == {}, f"docs/{DOCUMENT.name} says the first, the code answers the second"

    yield compared
    for one in opened:
        await one.close()


@connected
async def test_the_registry_answers_as_the_table_says(
    registry_db: Database, client_of: ClientOf, compare: Compare
) -> None:
    await compare("registry", registry_db, registry.probes(registry_db, client_of))


@connected
async def test_plans_answers_as_the_table_says(plans_db: Database, client_of: ClientOf, compare: Compare) -> None:
    await compare("plans", plans_db, plans.probes(plans_db, client_of))


@connected
async def test_evaluation_answers_as_the_table_says(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock, compare: Compare
) -> None:
    await compare("evaluation", evaluation_db, evaluation.probes(evaluation_db, client_of, clock))


@connected
async def test_feedback_answers_as_the_table_says(feedback_db: Database, client_of: ClientOf, compare: Compare) -> None:
    await compare("feedback", feedback_db, feedback.probes(feedback_db, client_of))


@connected
async def test_notify_answers_as_the_table_says(notify_db: Database, client_of: ClientOf, compare: Compare) -> None:
    await compare("notify", notify_db, notify.probes(notify_db, client_of))


@connected
async def test_integrations_answers_as_the_table_says(
    integrations_db: Database, client_of: ClientOf, compare: Compare
) -> None:
    await compare("integrations", integrations_db, integrations.probes(integrations_db, client_of))
