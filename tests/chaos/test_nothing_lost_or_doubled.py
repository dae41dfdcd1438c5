"""Workers killed and added, Kafka, PostgreSQL and Temporal away in turn: every effect is there, and none is there twice."""

from collections import Counter
from uuid import UUID

import pytest

from contracts.plans.plans import PlanReturned
from tests.chaos.conftest import HOPELESS_ID, Aftermath
from tests.chaos.ledger import CLAIMED, NOTIFIED, OPENED, RETURNED, STEPPED

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(1_800)]


def differing(found: Counter[UUID], expected: Counter[UUID]) -> tuple[int, int]:
    """How many are lost, how many are there twice."""
    return (expected - found).total(), (found - expected).total()


def test_commands_were_given_all_the_time_and_felt_the_database_go(aftermath: Aftermath) -> None:
    assert aftermath.elsewhere > aftermath.given > 100
    assert aftermath.failed > 20


def test_every_event_that_was_committed_left_the_outbox(aftermath: Aftermath) -> None:
    ledger = aftermath.ledger
    assert ledger.left == 0
    assert ledger.of(RETURNED).total() >= aftermath.given + aftermath.elsewhere


def test_every_event_was_dealt_with_once(aftermath: Aftermath) -> None:
    ledger = aftermath.ledger
    expected = ledger.of(*CLAIMED)
    assert differing(Counter({one: ledger.claims[one] for one in expected}), expected) == (0, 0)


def test_a_number_that_only_the_inbox_guards_was_raised_once_an_event(aftermath: Aftermath) -> None:
    assert aftermath.ledger.reminders == aftermath.ledger.of(STEPPED).total()


def test_everybody_was_notified_once_of_everything(aftermath: Aftermath) -> None:
    ledger = aftermath.ledger
    expected = ledger.of(*NOTIFIED)
    assert differing(Counter({one: ledger.notices[one] for one in expected}), expected) == (0, 0)


def test_every_cycle_has_one_workflow_with_one_run(aftermath: Aftermath) -> None:
    ledger = aftermath.ledger
    assert len(ledger.opened) == ledger.of(OPENED).total() > 20
    assert ledger.copies == ledger.opened
    assert ledger.workflows == ledger.expected_workflows


def test_only_what_is_hopeless_lies_in_the_dead_letters(aftermath: Aftermath) -> None:
    # A set: who is killed between the letter and the commit leaves the same one twice, which the inbox of a revival knows.
    assert {(letter["ce_id"], letter["ce_type"]) for letter in aftermath.dead} == {
        (HOPELESS_ID, PlanReturned.ce_type())
    }


def test_no_process_ended_because_an_engine_was_away(aftermath: Aftermath) -> None:
    assert aftermath.restarts == {}
