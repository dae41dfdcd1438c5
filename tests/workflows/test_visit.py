"""The visit's story: the date is announced and not forgotten, and it follows until those observed were heard."""

import os
from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import Client

from contracts.base import new_id
from contracts.evaluation.visits import VisitResponded, VisitScheduled
from contracts.stories import QUEUE, Heard, VisitStart, visit_id
from kit.clock import Clock
from tests.workflows.offices import Ledger, days
from tests.workflows.record import keep
from workflows.triggers import Triggers
from workflows.visit import VisitStory

pytestmark = pytest.mark.connected

START = VisitStart(tenant_id="14.72", visit_id=new_id())


def news(what: str) -> Heard:
    return Heard(event_id=new_id(), what=f"id.kinerja.evaluation.{what}.v1")


async def test_a_moved_date_is_announced_anew_and_a_response_ends_the_story(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    story = await client.start_workflow(VisitStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(2))
    ledger.around = [(now + days(10), "announced"), (now + days(15), "missed")]
    await story.signal(VisitStory.heard, news("visit-date-set"))
    await ledger.env.sleep(days(9))
    ledger.around = [(now + days(20), "announced"), (now + days(25), "missed")]
    await story.signal(VisitStory.heard, news("visit-date-set"))
    await ledger.env.sleep(days(11))
    assert [round((at - now) / days(1)) for at in ledger.asked("announced")] == [10, 20]
    ledger.visit, ledger.respond_by = "HELD", now + days(40)
    await story.signal(VisitStory.heard, news("visit-held"))
    await ledger.env.sleep(days(1))
    assert await story.query(VisitStory.state) == "HELD"
    ledger.visit = "ANSWERED"
    await story.signal(VisitStory.heard, news("visit-responded"))
    assert await story.result() == "ANSWERED"
    assert ledger.asked("missed") == []
    if os.environ.get("KINERJA_WRITE_HISTORY"):
        await keep(story, "visit-1")


async def test_a_missed_date_is_told_and_silence_is_seen_without_a_signal(
    client: Client, ledger: Ledger, name: str
) -> None:
    now = await ledger.now()
    ledger.around = [(now + days(3), "announced"), (now + days(8), "missed")]
    story = await client.start_workflow(VisitStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(9))
    (missed,) = ledger.asked("missed")
    assert timedelta() <= missed - (now + days(8)) < timedelta(hours=1)
    ledger.visit, ledger.respond_by = "HELD", now + days(20)
    await story.signal(VisitStory.heard, news("visit-held"))
    assert await story.result() == "SILENT"
    assert timedelta() <= ledger.asked("lead_visit")[-1] - (now + days(20)) < timedelta(hours=1)


async def test_a_visit_that_is_never_held_ends_it_and_a_lost_signal_does_no_harm(
    client: Client, ledger: Ledger, name: str
) -> None:
    story = await client.start_workflow(VisitStory.run, START, id=name, task_queue=QUEUE)
    await ledger.env.sleep(days(5))
    ledger.visit = "NOT_HELD"
    assert await story.result() == "NOT_HELD"
    assert len(ledger.asked("lead_visit")) == 2


async def test_what_is_told_starts_it_once_and_wakes_it_and_comes_too_late_without_harm(
    client: Client, ledger: Ledger
) -> None:
    told = Triggers(client, Clock())
    about: dict[str, Any] = {"tenant_id": "14.72", "visit_id": new_id(), "cycle_id": new_id(), "unit_id": new_id()}
    scheduled = VisitScheduled(**about, panel=(), due_at=await ledger.now())
    responded = VisitResponded(**about, panel=(), responded_by=new_id(), agreed=1, explained=0, actions=0)
    for _ in range(2):
        await told.visit_scheduled(scheduled)
    story = client.get_workflow_handle_for(VisitStory.run, visit_id(scheduled.visit_id))
    await ledger.env.sleep(days(1))
    assert len(ledger.asked("lead_visit")) == 1
    ledger.visit = "ANSWERED"
    await told.visit_moved(responded)
    assert await story.result() == "ANSWERED"
    await told.visit_scheduled(scheduled)
    await told.visit_moved(responded)
    assert len(ledger.asked("lead_visit")) == 2
