"""Every event as it travels: a message recorded once must be understood for ever, and is told the same way today."""

import json
from pathlib import Path
from typing import Any

import pytest

from contracts.base import DEPLOYED, Event
from tests.contracts.record import GOLDEN, known_events, record
from tests.contracts.samples import sample

KNOWN = known_events()
PLAN_PROPOSED = "id.kinerja.plans.plan-proposed.v1"


@pytest.mark.parametrize("name", KNOWN)
def test_a_recorded_event_is_still_understood_and_told_the_same_way(name: str) -> None:
    recorded = (GOLDEN / f"{name}.json").read_text()
    event = Event.known[name].model_validate_json(recorded)
    assert json.loads(event.model_dump_json()) == json.loads(recorded)


@pytest.mark.parametrize("path", sorted((GOLDEN / "earlier").glob("*.json")), ids=lambda path: path.stem)
def test_a_message_from_before_a_field_was_added_is_still_understood(path: Path) -> None:
    recorded = json.loads(path.read_text())
    event = Event.known[path.stem].model_validate_json(path.read_text())
    told = json.loads(event.model_dump_json())
    assert _without_what_came_later(told, recorded) == recorded


def _without_what_came_later(told: Any, recorded: Any, *, in_policy: bool = False) -> Any:
    """As it was told when it was recorded; what came later is unknown of it: null, false or empty.

    A policy inside an event is told whole: a rule that came later has the value that keeps cities as they were.
    """
    if isinstance(recorded, list):
        pairs = zip(told, recorded, strict=True)
        return [_without_what_came_later(now, before, in_policy=in_policy) for now, before in pairs]
    if not isinstance(recorded, dict):
        return told
    assert in_policy or all(value in (None, False, []) for name, value in told.items() if name not in recorded)
    return {
        name: _without_what_came_later(told[name], before, in_policy=in_policy or name == "policy")
        for name, before in recorded.items()
    }


def test_every_golden_file_belongs_to_an_event() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_an_event_has_a_key_and_a_subject(name: str) -> None:
    event = sample(Event.known[name])
    assert event.key
    assert event.subject
    assert event.topic in DEPLOYED


@pytest.mark.parametrize("name", KNOWN)
def test_fields_of_a_later_version_are_passed_over(name: str) -> None:
    body = json.loads((GOLDEN / f"{name}.json").read_text())
    event = Event.known[name].model_validate({**body, "added_in_a_later_version": 1})
    assert json.loads(event.model_dump_json()) == body


def _golden(directory: Path, name: str, **changed: object) -> Path:
    """The recorded file of one event in another directory, with a change."""
    (directory / "earlier").mkdir(exist_ok=True)
    path = directory / f"{name}.json"
    recorded = json.loads((GOLDEN / path.name).read_text()) | changed
    path.write_text(json.dumps({key: value for key, value in recorded.items() if value is not ...}))
    return path


@pytest.mark.parametrize("name", KNOWN)
def test_nothing_is_left_to_record(name: str) -> None:
    assert record(name) is None


def test_a_new_event_is_recorded_and_one_with_a_new_field_again_while_the_old_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / f"{PLAN_PROPOSED}.json"
    (tmp_path / "earlier").mkdir()
    assert record(PLAN_PROPOSED, tmp_path) == f"new: {path.name}"
    assert record(PLAN_PROPOSED, tmp_path) is None
    optional = next(n for n, field in Event.known[PLAN_PROPOSED].model_fields.items() if not field.is_required())
    before = _golden(tmp_path, PLAN_PROPOSED, **{optional: ...}).read_text()
    assert f"has {optional}" in str(record(PLAN_PROPOSED, tmp_path))
    assert json.loads((tmp_path / "earlier" / path.name).read_text()) == json.loads(before)
    assert record(PLAN_PROPOSED, tmp_path) is None


def test_a_field_that_went_or_became_required_is_refused(tmp_path: Path) -> None:
    _golden(tmp_path, PLAN_PROPOSED, was_here_once="and is in journals")
    with pytest.raises(ValueError, match="has lost was_here_once"):
        record(PLAN_PROPOSED, tmp_path)
    _golden(tmp_path, PLAN_PROPOSED, plan_id=...)
    with pytest.raises(ValueError, match="give a new field a default"):
        record(PLAN_PROPOSED, tmp_path)
