"""Every event as it travels: a message recorded once must be understood for ever, and is told the same way today."""

import json
import os
from pathlib import Path

import pytest

from contracts.base import SERVICES, Event
from contracts.known import every_event
from tests.contracts.samples import sample

GOLDEN = Path(__file__).parent / "golden"
KNOWN = sorted(every_event())


@pytest.mark.parametrize("name", KNOWN)
def test_a_recorded_event_is_still_understood_and_told_the_same_way(name: str) -> None:
    path = GOLDEN / f"{name}.json"
    if os.environ.get("KINERJA_WRITE_GOLDEN") and not path.exists():
        path.write_text(json.dumps(json.loads(sample(Event.known[name]).model_dump_json()), indent=2) + "\n")
    recorded = path.read_text()
    event = Event.known[name].model_validate_json(recorded)
    assert json.loads(event.model_dump_json()) == json.loads(recorded)


@pytest.mark.parametrize("path", sorted((GOLDEN / "earlier").glob("*.json")), ids=lambda path: path.stem)
def test_a_message_from_before_a_field_was_added_is_still_understood(path: Path) -> None:
    recorded = json.loads(path.read_text())
    event = Event.known[path.stem].model_validate_json(path.read_text())
    told = json.loads(event.model_dump_json())
    assert {name: told[name] for name in recorded} == recorded
    assert all(value in (None, False) for name, value in told.items() if name not in recorded)


def test_every_golden_file_belongs_to_an_event() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_an_event_has_a_key_and_a_subject(name: str) -> None:
    event = sample(Event.known[name])
    assert event.key
    assert event.subject
    assert event.topic in SERVICES


@pytest.mark.parametrize("name", KNOWN)
def test_fields_of_a_later_version_are_passed_over(name: str) -> None:
    body = json.loads((GOLDEN / f"{name}.json").read_text())
    event = Event.known[name].model_validate({**body, "added_in_a_later_version": 1})
    assert json.loads(event.model_dump_json()) == body
