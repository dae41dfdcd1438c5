"""How development actions and recognitions move, and what a newer version of the result does to them."""

import pytest

from kit.errors import Refused
from services.feedback.development.rules import states
from services.feedback.development.rules.states import ACTION_MOVES, RECOGNITION_MOVES, ActionState, RecognitionState


def test_the_tables_speak_of_every_state() -> None:
    assert set(ACTION_MOVES) == set(ActionState)
    assert set(RECOGNITION_MOVES) == set(RecognitionState)


def test_an_action_is_planned_and_then_completed() -> None:
    assert states.planned(ActionState.PROPOSED) == ActionState.PLANNED
    assert states.completed(ActionState.PLANNED, held=True) == ActionState.COMPLETED
    with pytest.raises(Refused, match="proposed cannot be completed"):
        states.completed(ActionState.PROPOSED, held=True)
    with pytest.raises(Refused, match="planned already"):
        states.planned(ActionState.COMPLETED)
    assert states.completed(ActionState.PLANNED, held=False) == ActionState.NOT_HELD
    assert states.completed(ActionState.UNREPORTED, held=True) == ActionState.COMPLETED  # late, and it counts
    with pytest.raises(Refused, match="newer version"):
        states.planned(ActionState.SUPERSEDED)


@pytest.mark.parametrize(("approved", "state"), [(True, "APPROVED"), (False, "DECLINED")])
def test_a_recognition_is_decided_once(approved: bool, state: str) -> None:  # noqa: FBT001
    assert states.decided(RecognitionState.PROPOSED, approved=approved) == state
    with pytest.raises(Refused, match="decided already"):
        states.decided(state, approved=approved)
    with pytest.raises(Refused, match="newer version"):
        states.decided(RecognitionState.SUPERSEDED, approved=approved)


def test_a_newer_version_supersedes_what_was_decided_but_not_what_was_planned() -> None:
    assert states.actions_superseded_from() == ["PROPOSED"]
    assert states.recognitions_superseded_from() == ["PROPOSED", "APPROVED", "DECLINED"]
