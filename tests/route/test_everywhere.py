"""What all five places must have: cycles that close, nothing left open, proofs, and the events that must be seen."""

import pytest

from kinerja.places import all_places
from tests.route.conftest import NEWCOMER, Played

PLACES = all_places()
pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(1000)]
ENDED = ("DONE", "LAPSED")
"""Received, or deemed to be received."""
EVERYWHERE = pytest.mark.parametrize("place", [place.name for place in PLACES])


def test_every_cycle_closes_with_nothing_open_and_every_journal_verified(played: Played) -> None:
    """Nothing is wrong, and everything that the places name was seen at least once."""
    assert played.told.wrong == []


@EVERYWHERE
def test_everybody_gets_a_predicate_from_the_nine_cells(played: Played, place: str) -> None:
    numbers = played.numbers(place)
    rated = sum(numbers.get(name, 0) for name in ("VERY_GOOD", "GOOD", "NEEDS_IMPROVEMENT", "POOR", "VERY_POOR"))
    assert rated == numbers["members"] > 40


@EVERYWHERE
def test_training_is_held_before_planning_opens(played: Played, place: str) -> None:
    """All five places name training or socialisation; BJI-4, PLJ-7, SWL-9, DMI-9, PLB-12."""
    scene, office = played.scene(place), played.crowd(place).office
    sessions = played.get("feedback", "/sessions", person=office, cycle_id=str(scene.cycle_id))["items"]
    assert sessions
    assert all(one["state"] == "HELD" and one["attended"] > 0 for one in sessions)


@EVERYWHERE
def test_the_criteria_were_read_by_most(played: Played, place: str) -> None:
    """PLJ-2, SWL-1: everybody knows the standard."""
    obligations = played.obligations(place, "ACKNOWLEDGE_STANDARD")
    assert sum(one["state"] == "DONE" for one in obligations) > 0.7 * len(obligations)


@EVERYWHERE
def test_a_result_explains_itself_to_its_owner(played: Played, place: str) -> None:
    """PLB-11: resistance against what is not transparent."""
    obligation = next(one for one in played.obligations(place, "ACKNOWLEDGE_RESULT") if one["state"] in ENDED)
    owner = played.person(place, obligation["about_id"])
    told = played.get("evaluation", f"/results/{obligation['subject_id']}/explanation", person=owner)
    assert told["trace"]
    assert all(one["id"] and one["en"] for one in told["sentences"])


@EVERYWHERE
def test_a_stranger_of_the_same_city_cannot_read_it(played: Played, place: str) -> None:
    obligation = next(one for one in played.obligations(place, "ACKNOWLEDGE_RESULT") if one["state"] in ENDED)
    crowd = played.crowd(place)
    owner = crowd.people[played.person(place, obligation["about_id"]).id]
    line = {owner.id, owner.rater_id, owner.authority_id}
    stranger = next(p for p in crowd.people.values() if p.id not in line and not p.roles and p.rater_id != owner.id)
    answer = played.asked("evaluation", f"/results/{obligation['subject_id']}", person=stranger)
    assert answer.status_code in (403, 404)


@EVERYWHERE
def test_notices_reach_the_inbox_and_the_mail_server(played: Played, place: str) -> None:
    numbers = played.numbers(place)
    assert numbers["notices"] > 0
    assert numbers["mails_sent"] > 0


@EVERYWHERE
def test_the_system_itself_is_reviewed(played: Played, place: str) -> None:
    """BJI-7: the evaluation also judges the appraisal system."""
    scene, office = played.scene(place), played.crowd(place).office
    review = played.get("evaluation", f"/cycles/{scene.cycle_id}/review", person=office)
    assert review["metrics"]
    assert all(one["responsible_id"] and one["until"] for one in review["actions"])
    assert review["survey"]["statements"]


def test_a_deadline_that_passes_in_silence_is_handed_over(played: Played) -> None:
    handed = [one for place in PLACES for one in played.obligations(place.name, "ANSWER_PLAN") if one["handed_over"]]
    assert handed
    assert all(one["debtor_id"] != one["first_debtor_id"] for one in handed)
    assert all(one["state"] == "DONE" for one in handed)


_DECIDED = ("result_rating", "behaviour_rating", "criteria")
"""What a decision may set: both ratings, or the criteria that were contested."""


def test_an_objection_that_is_amended_makes_a_second_version_and_keeps_the_first(played: Played) -> None:
    """PermenPANRB 6/2022 art. 29: the reviewing authority decides; nothing is overwritten."""
    amended = [
        (
            place.name,
            played.get("feedback", f"/objections/{obligation['subject_id']}", person=played.crowd(place.name).office),
        )
        for place in PLACES
        for obligation in played.obligations(place.name, "DECIDE_OBJECTION")
        if obligation["state"] == "DONE"
    ]
    amended = [(place, objection) for place, objection in amended if objection["outcome"] == "AMENDED"]
    assert amended
    for place, objection in amended:
        owner = played.person(place, objection["servant_id"])
        query = {"cycle_id": str(played.scene(place).cycle_id), "servant_id": str(owner.id)}
        versions = {one["version"]: one for one in played.get("evaluation", "/results", person=owner, **query)["items"]}
        assert versions[1]["superseded_by"] == 2
        assert versions[1]["predicate"] is not None
        first, second = ([versions[one][name] for name in _DECIDED] for one in (1, 2))
        assert first != second


def test_an_objection_that_is_upheld_leaves_one_version(played: Played) -> None:
    for place in PLACES:
        for obligation in played.obligations(place.name, "DECIDE_OBJECTION"):
            office = played.crowd(place.name).office
            objection = played.get("feedback", f"/objections/{obligation['subject_id']}", person=office)
            if objection["outcome"] == "UPHELD":
                query = {"cycle_id": obligation["cycle_id"], "servant_id": objection["servant_id"]}
                found = played.get("evaluation", "/results", person=office, **query)["items"]
                assert [one["version"] for one in found] == [1]
                return
    pytest.fail("no objection was upheld anywhere")


def test_nobody_of_one_city_reads_another(played: Played) -> None:
    dumai = played.obligations("dumai", "ACKNOWLEDGE_RESULT")[0]
    office = played.crowd("binjai").office
    answer = played.asked("evaluation", f"/results/{dumai['subject_id']}", person=office)
    assert answer.status_code == 404


def test_somebody_who_is_imported_while_it_plays_takes_part(played: Played) -> None:
    crowd = played.crowd("binjai")
    (person,) = [one for one in crowd.people.values() if one.nip == NEWCOMER["nip"]]
    (plan,) = played.get("plans", "/plans", person=person, servant_id=person.id)["items"]
    assert plan["state"] in {"SET", "CLOSED"}
    results = played.get("evaluation", "/results", person=person)["items"]
    assert [one["servant_id"] for one in results] == [str(person.id)]
