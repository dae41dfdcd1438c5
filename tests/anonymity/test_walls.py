"""What an anonymous assessor owes stays with him or her: on the bus, in ladders, in changes of personnel, in the office's lists."""

import importlib
from importlib.util import find_spec
from typing import Any

import pytest
from sqlalchemy import text

from contracts.base import SERVICES
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import UNNAMED, ObligationKind
from contracts.public.language import PUBLISHED
from contracts.registry.personnel import ChangeKind
from contracts.workflows import EarlierDeadlineSignal
from kit.db import Database
from services.evaluation.appraisals.commands import personnel
from services.notify.notices.rules.ladders import UNLISTED
from tests.anonymity.town import Notified, bound_by
from tests.conftest import ClientOf
from tests.services.evaluation.scene import Scene, evaluating
from tests.services.evaluation.test_personnel import changed, relation
from tests.support import policies
from tests.support.arriving import arrive
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of

NAMING = {OBLIGATIONS.opened, OBLIGATIONS.closed, OBLIGATIONS.stepped, OBLIGATIONS.moved}
"""Events of evaluation that say who was asked, or has answered."""


_LISTENING = [one for one in SERVICES if find_spec(f"services.{one}.consumers")]


@pytest.mark.parametrize("service", [one for one in _LISTENING if one != "notify"])
def test_no_service_but_notify_hears_who_was_asked(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its to-do lists need it. Whoever binds one of these events elsewhere must say what becomes of the names."""
    consumers = importlib.import_module(f"services.{service}.consumers")
    if service == "integrations":  # takes what is published, in batches: none of it may name an assessor
        assert not NAMING & set(PUBLISHED.events)
        return
    assert not NAMING & bound_by(consumers, monkeypatch).commands.keys()


def test_what_wakes_the_deadlines_names_nobody() -> None:
    """A signal stays in the history of the workflow, which whoever runs Temporal reads."""
    assert set(EarlierDeadlineSignal.model_fields) == {"service", "event_id"}


def test_every_event_that_names_an_assessor_is_internal() -> None:
    assert all(kind.internal for kind in NAMING)


@pytest.mark.connected
async def test_no_ladder_hands_it_over_or_tells_anybody_else(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """Of a policy that would escalate it, hand it over and put it before the office."""
    policy = policies.policy("sawahlunto")
    assert {"ESCALATE", "HAND_OVER", "OFFICE"} <= {one.step for one in policy.ladder(ObligationKind.ASSESS_PEER).rungs}
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto", policy=policy)
    for _ in range(30):
        await here.sweep(days=1)
    stepped = [
        item
        for event in await emitted_of(evaluation_db, OBLIGATIONS.stepped)
        for item in event.items
        if item.kind in UNNAMED
    ]
    assert {one.step.value for one in stepped} >= {"REMIND", "ESCALATE", "HAND_OVER", "OFFICE"}
    assert all(one.told_id == one.debtor_id and one.former_id in (None, one.debtor_id) for one in stepped)
    _nobody_else(await _rows(here))


@pytest.mark.connected
async def test_a_change_of_raters_passes_it_on_to_nobody(
    evaluation_db: Database, client_of: ClientOf, clock: SetClock
) -> None:
    """A colleague who rated the person for a while still owes what he was asked before."""
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto")
    colleague = (await here.peers(here.ani))[0]
    for rater in (colleague, here.office.head):
        moved = relation(here, here.ani, rater, here.office.sekda)
        await arrive(evaluation_db, changed(here, here.ani, ChangeKind.RATER, moved), personnel.take)
    assert [row["debtor_id"] for row in await here.obligations("ASSESS", here.ani)] == [here.office.head]
    assert colleague in {row["debtor_id"] for row in await _rows(here) if row["about_id"] == here.ani}
    _nobody_else(await _rows(here))


async def _rows(here: Scene) -> list[dict[str, Any]]:
    return [row for kind in UNNAMED for row in await here.obligations(kind.value)]


def _nobody_else(rows: list[dict[str, Any]]) -> None:
    assert rows
    for row in rows:
        assert (row["debtor_id"], row["superior_id"], row["office_id"]) == (row["first_debtor_id"], None, None)


@pytest.mark.connected
async def test_the_office_counts_it_and_reads_of_nobody_who_owes_it(
    evaluation_db: Database, notify_db: Database, client_of: ClientOf, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await evaluating(evaluation_db, client_of, clock, "sawahlunto", policy=policies.policy("sawahlunto"))
    notified = await Notified.of(here, notify_db, monkeypatch)
    for _ in range(20):  # reminded, and overdue
        await here.sweep(days=1)
    await notified.catch_up(here)
    office = Scene(notify_db, client_of("notify", notify_db), clock, here.office)
    owed = await office.get(here.office.office, f"/cycles/{here.cycle_id}/owed", people=100)
    by_kind = {one["kind"]: one["open"] for one in owed["obligations"]}
    late = {kind for one in owed["most_overdue"] for kind in one["kinds"]}
    assert all(by_kind[kind] > 0 for kind in UNNAMED)
    assert late
    assert not late & UNNAMED
    feed = (await office.get(here.office.office, "/obligations", limit=500))["items"]
    assert feed
    assert not {one["kind"] for one in feed} & UNNAMED
    await _their_letters_are_their_own(office, here)


async def _their_letters_are_their_own(office: Scene, here: Scene) -> None:
    sent = (await office.get(here.office.office, "/deliveries", limit=500))["items"]
    assert sent
    assert not {one["template"] for one in sent} & UNLISTED
    async with office.database.transaction(here.tenant_id) as session:
        rows = (await session.execute(text("select person_id, template, body from notices"))).all()
    theirs = [row for row in rows if row.template in UNLISTED]
    assert {row.person_id for row in theirs} == {row["debtor_id"] for row in await _rows(here)}
    assert not [row for row in rows if row.template not in UNLISTED and "Nilai rekan kerja" in row.body]
