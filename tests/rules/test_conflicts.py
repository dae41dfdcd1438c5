"""Who acts for the performance office about whom: the rule itself, without a database."""

from uuid import UUID

import pytest

from contracts.base import Role, new_id
from kit.actor import Actor, system
from kit.conflicts import Conflict, Offices
from kit.errors import Forbidden

CITY = "16.71"
FIRST, SECOND, TOP, CHIEF, CLERK, STRANGER = (new_id() for _ in range(6))
WHAT = ("transfer somebody", "memindahkan pegawai")
ONE = Offices((FIRST,), TOP, frozenset({(FIRST, CHIEF), (CLERK, FIRST)}))
"""One officer, rated by the chief, who rates the clerk; the chief is rated by the top."""
TWO = Offices((FIRST, SECOND), TOP, ONE.ties | {(SECOND, TOP)})


def officer(who: UUID) -> Actor:
    return Actor(who, CITY, frozenset({Role.PERFORMANCE_OFFICE}))


@pytest.mark.parametrize(
    ("about", "why"),
    [(FIRST, Conflict.SELF), (CHIEF, Conflict.RATES_ACTOR), (CLERK, Conflict.RATED_BY_ACTOR), (STRANGER, None)],
)
def test_nobody_acts_about_herself_nor_about_who_rates_her_or_whom_she_rates(about: UUID, why: Conflict | None) -> None:
    assert ONE.conflict(FIRST, about) is why
    assert ONE.may_act(officer(FIRST), about) is (why is None)
    assert ONE.may_act(officer(FIRST), STRANGER, about) is (why is None)


@pytest.mark.parametrize("about", [FIRST, CHIEF, CLERK])
def test_another_officer_acts_and_where_there_is_none_the_appointing_authority(about: UUID) -> None:
    assert TWO.acting_for(about) == SECOND
    assert TWO.may_act(officer(SECOND), about)
    assert not TWO.may_act(Actor(TOP, CITY), about)
    assert ONE.acting_for(about) == TOP
    assert ONE.may_act(Actor(TOP, CITY), about)
    assert not ONE.may_act(Actor(CHIEF, CITY), about)


def test_the_appointing_authority_acts_for_the_office_about_nobody_else_and_never_about_himself() -> None:
    assert not ONE.may_act(Actor(TOP, CITY), STRANGER)
    assert not ONE.may_act(Actor(TOP, CITY))
    directly_below = Offices((FIRST,), TOP, frozenset({(FIRST, TOP)}))
    assert not directly_below.may_act(Actor(TOP, CITY), TOP)
    assert not directly_below.may_act(officer(FIRST), TOP)
    # It falls to the officer all the same: she is reminded, and another one is named.
    assert directly_below.acting_for(TOP) == FIRST


def test_what_is_about_nobody_falls_to_the_first_officer_and_a_city_without_one_has_nobody() -> None:
    assert TWO.acting_for() == FIRST
    assert TWO.acting_for(None) == FIRST
    nobody = Offices((), TOP)
    assert nobody.acting_for(STRANGER) is None
    assert not nobody.may_act(Actor(TOP, CITY), STRANGER)


def test_the_exceptions_are_few_and_say_who_acts_instead() -> None:
    assert ONE.exceptions() == {FIRST: TOP, CHIEF: TOP, CLERK: TOP}
    assert TWO.exceptions() == {FIRST: SECOND, CHIEF: SECOND, CLERK: SECOND}


def test_the_system_acts_about_everybody() -> None:
    ONE.require(system(CITY), FIRST, what=WHAT)


def test_a_refusal_says_with_whom_why_and_who_acts_instead_in_both_languages() -> None:
    with pytest.raises(Forbidden) as refused:
        TWO.require(officer(FIRST), STRANGER, CHIEF, what=WHAT)
    error = refused.value
    assert error.extra == {
        "conflicts": [{"person_id": str(CHIEF), "conflict": "RATES_ACTOR"}],
        "acts_instead": str(SECOND),
    }
    assert error.detail("en").startswith(
        "transfer somebody: conflict of interest, it concerns somebody who rates you; "
    )
    assert error.detail("id").startswith(
        "memindahkan pegawai: benturan kepentingan, menyangkut pegawai yang menilai Anda"
    )
    with pytest.raises(Forbidden, match="only for the performance office"):
        TWO.require(Actor(CLERK, CITY), STRANGER, what=WHAT)
