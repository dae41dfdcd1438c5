"""Who leads whom after an absence (PermenPANRB 6/2022, L IV.A)."""

from uuid import UUID

import pytest

from contracts.base import new_id
from contracts.registry.personnel import Status
from services.registry.personnel.rules.succession import Leader, can_lead, given_back, next_superior, successors
from services.registry.servants.rules.positions import PositionKind
from services.registry.servants.rules.ranks import may_rate

TOP, HEAD, SECTION, ONE, TWO = (new_id() for _ in range(5))


def line(**absent: Status) -> dict[UUID, Leader]:
    """The secretary above the head above the section head."""
    who = {"top": (TOP, None), "head": (HEAD, TOP), "section": (SECTION, HEAD)}
    return {one: Leader(above, absent.get(name, Status.ACTIVE)) for name, (one, above) in who.items()}


@pytest.mark.parametrize("kind", list(PositionKind))
def test_permenpanrb_6_2022_l_iv_a_the_rater_is_at_least_pejabat_pengawas(kind: PositionKind) -> None:
    """The head of a unit, e.g. of a school, rates whatever the position is called."""
    leading = kind.startswith("JPT_") or kind in ("ADMINISTRATOR", "PENGAWAS")
    assert may_rate(kind, is_head=False) is leading
    assert may_rate(kind, is_head=True)


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.ACTIVE])
def test_who_is_not_at_work_leads_nobody(status: Status) -> None:
    assert not can_lead(status)
    assert next_superior(HEAD, line(head=status)) == TOP


def test_the_next_superior_is_the_nearest_who_is_at_work() -> None:
    assert next_superior(SECTION, line()) == SECTION
    assert next_superior(SECTION, line(section=Status.DIED)) == HEAD
    assert next_superior(SECTION, line(section=Status.DIED, head=Status.SUSPENDED)) == TOP
    everybody = line(section=Status.DIED, head=Status.RETIRED, top=Status.MOVED_AWAY)
    assert next_superior(SECTION, everybody) is None
    assert next_superior(None, line()) is None


def test_a_circle_in_old_records_is_not_followed_for_ever() -> None:
    circle = {HEAD: Leader(TOP, Status.DIED), TOP: Leader(HEAD, Status.DIED)}
    assert next_superior(HEAD, circle) is None


def test_an_acting_official_leads_the_others_and_is_led_by_the_superior() -> None:
    assert successors([ONE, TWO], acting=TWO, superior=TOP) == {ONE: TWO, TWO: TOP}
    assert successors([ONE, TWO], acting=None, superior=TOP) == {ONE: TOP, TWO: TOP}


def test_what_ends_is_given_back_unless_it_was_decided_otherwise_meanwhile() -> None:
    moved = [(ONE, SECTION), (TWO, SECTION)]
    stood_in = {ONE: HEAD, TWO: HEAD}
    raters: dict[UUID, UUID | None] = {ONE: HEAD, TWO: TOP}
    assert given_back(moved, raters, stood_in, line()) == {ONE: SECTION}
    assert given_back(moved, raters, stood_in, line(section=Status.RETIRED)) == {ONE: HEAD}
