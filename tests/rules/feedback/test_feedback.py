"""Which way feedback goes, on what occasion, and who may read it."""

from uuid import UUID

import pytest

from contracts.base import new_id
from contracts.policy import follow_up
from kit.errors import Forbidden, Refused
from services.feedback.feedback.rules import (
    Direction,
    Occasion,
    Visibility,
    check_allowed,
    direction,
    occasion,
    visibility,
)

HEAD, LEADER, ANI, BUDI, STRANGER = (new_id() for _ in range(5))
RATERS: dict[UUID, UUID | None] = {HEAD: None, LEADER: HEAD, ANI: LEADER, BUDI: LEADER, STRANGER: None}


def _towards(author: UUID, about: UUID, *, owes: bool = False, concern: str = "") -> Direction:
    return direction(
        author_id=author,
        about_id=about,
        author_rater_id=RATERS[author],
        about_rater_id=RATERS[about],
        owes=owes,
        concern=concern,
    )


@pytest.mark.parametrize(
    ("author", "about", "expected"),
    [(LEADER, ANI, Direction.DOWN), (ANI, LEADER, Direction.UP), (ANI, BUDI, Direction.PEER)],
)
def test_the_direction_follows_from_the_raters(author: UUID, about: UUID, expected: Direction) -> None:
    assert _towards(author, about) is expected


@pytest.mark.parametrize(("author", "about"), [(ANI, ANI), (STRANGER, ANI), (ANI, HEAD), (STRANGER, HEAD), (HEAD, ANI)])
def test_others_give_no_feedback(author: UUID, about: UUID) -> None:
    with pytest.raises(Forbidden):
        _towards(author, about)


def test_a_policy_may_leave_directions_out_but_never_the_leaders() -> None:
    """PermenPANRB 6/2022 arts 17-19: the leader's feedback is mandatory, that of others is added to it."""
    everybody = follow_up.FeedbackRule(directions=tuple(follow_up.Direction))
    nobody = follow_up.FeedbackRule(directions=())
    for towards in Direction:
        check_allowed(towards, everybody)
    check_allowed(Direction.DOWN, nobody)
    for towards in (Direction.UP, Direction.PEER, Direction.OTHER):
        with pytest.raises(Refused):
            check_allowed(towards, nobody)


def test_permenpanrb_6_2022_arts_17_to_19_others_say_in_what_way_they_are_concerned() -> None:
    for author, concern in ((STRANGER, "was served"), (HEAD, "gave the work")):
        assert _towards(author, ANI, concern=concern) is Direction.OTHER
    assert visibility(Direction.OTHER) is Visibility.LINE  # the rater reads it
    for author, about, concern in ((STRANGER, ANI, "  "), (ANI, ANI, "myself")):
        with pytest.raises(Forbidden):
            _towards(author, about, concern=concern)


def test_permenpanrb_6_2022_arts_17_to_19_the_leaders_is_regular_and_that_of_others_incidental() -> None:
    assert occasion(Direction.DOWN, None) is Occasion.REGULAR
    assert {occasion(towards, None) for towards in (Direction.UP, Direction.PEER, Direction.OTHER)} == {
        Occasion.INCIDENTAL
    }
    assert occasion(Direction.DOWN, Occasion.INCIDENTAL) is Occasion.INCIDENTAL
    assert occasion(Direction.PEER, Occasion.REGULAR) is Occasion.REGULAR


def test_who_took_over_the_obligation_speaks_as_the_rater() -> None:
    assert _towards(HEAD, ANI, owes=True) is Direction.DOWN


def test_what_is_said_upward_stays_between_the_two() -> None:
    assert visibility(Direction.UP) is Visibility.ABOUT
    assert visibility(Direction.DOWN) is visibility(Direction.PEER) is Visibility.LINE
