"""Workers killed and added, Kafka, PostgreSQL and Temporal away in turn: every effect is there, and none is there twice."""

import pytest

from contracts.plans.plans import PlanReturned
from tests.chaos.conftest import Aftermath
from tests.chaos.ledger import CLAIMED, OPENED, RETURNED, STEPPED

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(1_800)]


def test_the_stream_never_stopped_and_felt_the_database_go(aftermath: Aftermath) -> None:
    assert aftermath.given > 200
    assert aftermath.failed > 20


def test_every_event_that_was_committed_left_the_outbox(aftermath: Aftermath) -> None:
    assert aftermath.ledger.left == 0
    assert aftermath.ledger.told[RETURNED] >= aftermath.given


def test_every_event_was_dealt_with_once(aftermath: Aftermath) -> None:
    told, claims = aftermath.ledger.told, aftermath.ledger.claims
    assert {kind: claims[kind] for kind in CLAIMED} == {kind: told[kind] for kind in CLAIMED}


def test_a_number_that_only_the_inbox_guards_was_raised_once_an_event(aftermath: Aftermath) -> None:
    assert aftermath.ledger.reminders == aftermath.ledger.told[STEPPED]


def test_everybody_was_notified_once_of_everything(aftermath: Aftermath) -> None:
    told, notices = aftermath.ledger.told, aftermath.ledger.notices
    assert {kind: notices[kind] for kind in (RETURNED, STEPPED)} == {kind: told[kind] for kind in (RETURNED, STEPPED)}


def test_every_cycle_has_one_workflow_with_one_run(aftermath: Aftermath) -> None:
    ledger = aftermath.ledger
    assert len(ledger.cycles) == ledger.told[OPENED] == ledger.copies > 10
    assert set(ledger.workflows) == ledger.cycles
    assert set(ledger.workflows.values()) == {1}


def test_only_what_is_hopeless_lies_in_the_dead_letters(aftermath: Aftermath) -> None:
    assert [letter["ce_type"] for letter in aftermath.dead] == [PlanReturned.ce_type()]


def test_no_process_ended_because_an_engine_was_away(aftermath: Aftermath) -> None:
    assert {name: times for name, times in aftermath.restarts.items() if times} == {}
