"""What each place alone has, by the capabilities that its description names."""

from collections import Counter
from typing import Any

import pytest

from kinerja.demo.people import Person
from tests.route.conftest import Played

pytestmark = [pytest.mark.connected, pytest.mark.slow, pytest.mark.timeout(1000)]


def results(played: Played, place: str, **of: Any) -> list[dict[str, Any]]:
    """Every version of every result of a place, as its office sees them."""
    office, cycle = played.crowd(place).office, str(played.scene(place).cycle_id)
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"cycle_id": cycle, "limit": 100, **of}
    while True:
        page = played.get("evaluation", "/results", person=office, **query)
        found += page["items"]
        if page["next"] is None:
            return found
        query["cursor"] = page["next"]


def explanation(played: Played, place: str, result_id: str) -> list[dict[str, Any]]:
    """The steps that led to a result."""
    office: Person = played.crowd(place).office
    trace: list[dict[str, Any]] = played.get("evaluation", f"/results/{result_id}/explanation", person=office)["trace"]
    return trace


def test_palembang_an_agency_that_chose_twelve_months_is_not_in_the_half_year(played: Played) -> None:
    """PLB-3."""
    office, scene = played.crowd("palembang").office, played.scene("palembang")
    units = played.get("registry", "/units", person=office, limit=500)["items"]
    yearly = {unit["id"] for unit in units if unit["period_months"] == 12}
    taking_part = {
        unit["unit_id"]
        for unit in played.get("evaluation", f"/cycles/{scene.cycle_id}/units", person=office, limit=500)["items"]
    }
    assert yearly
    assert yearly.isdisjoint(taking_part)


def test_palembang_a_plan_has_targets_and_an_inverse_indicator(played: Played) -> None:
    """PLB-1, PLB-7."""
    obligation = next(one for one in played.obligations("palembang", "PROPOSE_PLAN") if one["state"] == "DONE")
    owner = played.person("palembang", obligation["about_id"])
    plan = played.get("plans", f"/plans/{obligation['subject_id']}", person=owner)
    indicators = [one for result in plan["results"] for one in result["indicators"]]
    assert {one["direction"] for one in indicators} == {"HIGHER_BETTER", "LOWER_BETTER"}
    assert sum(float(one["weight"]) for one in indicators) == 100


def test_plaju_inherits_palembang_and_keeps_its_own_standard(played: Played) -> None:
    """PLJ-1: discipline, competence, service quality."""
    office = played.crowd("plaju").office
    policy = played.get("registry", "/policies/16.71.14", person=office)["policy"]
    assert policy["inherits"] == "16.71"
    assert {"discipline", "competence", "service_quality"} <= {one["code"] for one in policy["criteria"]}


def test_plaju_leaders_answer_ideas(played: Played) -> None:
    """PLJ-6."""
    obligations = played.obligations("plaju", "ANSWER_IDEA")
    assert obligations
    assert all(one["state"] == "DONE" for one in obligations)


def test_plaju_who_is_below_target_gets_training_or_guidance(played: Played) -> None:
    """PLJ-4."""
    obligations = played.obligations("plaju", "PLAN_DEVELOPMENT")
    assert obligations
    owner = played.person("plaju", obligations[0]["about_id"])
    actions = played.get("feedback", "/development-actions", person=owner)["items"]
    assert any(one["kind"] and one["what"] and one["how"] for one in actions)


def test_sawahlunto_peers_count_and_too_few_are_dropped(played: Played) -> None:
    """SWL-5: superior and peers; at least three, anonymous."""
    told = {
        one["servant_id"]: {step["code"] for step in explanation(played, "sawahlunto", one["id"])}
        for one in results(played, "sawahlunto")
    }
    dropped = {servant for servant, codes in told.items() if "SOURCE_DROPPED" in codes}
    assert 0 < len(dropped) < len(told)
    for servant in dropped:
        answered = [one for one in played.obligations("sawahlunto", "ASSESS_PEER") if one["about_id"] == servant]
        assert sum(one["state"] == "DONE" for one in answered) < 3


def test_sawahlunto_colleagues_are_named_and_approved_or_replaced(played: Played) -> None:
    """SWL-5; the others are drawn, so that nobody has fewer than the policy asks."""
    numbers = played.numbers("sawahlunto")
    assert numbers["peers_named"] >= numbers["peers_approved"] > 0
    asked = Counter(one["about_id"] for one in played.obligations("sawahlunto", "ASSESS_PEER"))
    assert max(asked.values()) <= 4


def test_sawahlunto_whoever_holds_a_post_is_assessed_by_what_it_asks_for(played: Played) -> None:
    """SWL-2: required level, assessed level and gap."""
    office = played.crowd("sawahlunto").office
    rows = played.get("registry", "/competences", person=office, limit=500)["items"]
    asking = {one["position"] for one in rows}
    told = {one["servant_id"]: one["competences"] for one in results(played, "sawahlunto")}
    holding = {servant for servant in told if played.person("sawahlunto", servant).position in asking}
    assert holding
    assert {servant for servant, levels in told.items() if levels} == holding
    levels = [level for servant in holding for level in told[servant]]
    assert all(level["assessed"] is not None for level in levels)
    assert any(float(level["gap"]) > 0 for level in levels)
    units = played.get("evaluation", f"/cycles/{played.scene('sawahlunto').cycle_id}/competences", person=office)
    assert any(one["below"] for unit in units["items"] for one in unit["competences"])


def test_sawahlunto_no_answer_names_a_peer(played: Played) -> None:
    obligation = next(one for one in played.obligations("sawahlunto", "ASSESS_PEER") if one["state"] == "DONE")
    owner = played.person("sawahlunto", obligation["about_id"])
    told = played.asked("evaluation", f"/appraisals/{obligation['subject_id']}", person=owner).text
    assert obligation["debtor_id"] not in told


def test_sawahlunto_the_best_are_recognised(played: Played) -> None:
    """SWL-7."""
    assert played.numbers("sawahlunto")["recognitions"] > 0


def test_binjai_attendance_weighs_nothing(played: Played) -> None:
    """BJI-1."""
    office = played.crowd("binjai").office
    policy = played.get("registry", "/policies/12.75", person=office)["policy"]
    attendance = next(one for one in policy["criteria"] if one["code"] == "attendance")
    assert float(attendance["weight"]) == 0
    assert attendance["locked"]


def test_binjai_a_recognised_innovation_is_rewarded(played: Played) -> None:
    """BJI-3."""
    verified = {one["about_id"] for one in played.obligations("binjai", "VERIFY_INITIATIVE") if one["state"] == "DONE"}
    mine = [one for one in results(played, "binjai") if one["servant_id"] in verified]
    steps = [step for one in mine for step in explanation(played, "binjai", one["id"]) if step["code"] == "BAND"]
    assert steps
    assert all({"name": "innovation_recognised", "value": "true", "weight": None} in step["operands"] for step in steps)
    office = played.crowd("binjai").office
    rewards = played.get("evaluation", "/proposals", person=office, kind="INNOVATION_REWARD")["items"]
    assert rewards
    assert {one["servant_id"] for one in rewards} <= verified


def test_binjai_feedback_says_what_and_how(played: Played) -> None:
    """BJI-8."""
    obligation = next(one for one in played.obligations("binjai", "GIVE_FEEDBACK") if one["state"] == "DONE")
    owner = played.person("binjai", obligation["about_id"])
    query = {"cycle_id": str(played.scene("binjai").cycle_id), "about_id": str(owner.id)}
    given = played.get("feedback", "/feedback", person=owner, **query)["items"]
    assert given[0]["what"]
    assert given[0]["how"]


def test_dumai_daily_activity_is_logged_and_seen_by_the_superior(played: Played) -> None:
    """DMI-6, DMI-7."""
    for obligation in played.obligations("dumai", "PROPOSE_PLAN"):
        owner = played.person("dumai", obligation["about_id"])
        if owner.rater_id is None:
            continue
        rater = played.crowd("dumai").people[owner.rater_id]
        entries = played.get("plans", f"/plans/{obligation['subject_id']}/activities", person=rater)["items"]
        if entries:
            assert entries[0]["text"]
            return
    pytest.fail("nobody in Dumai logged anything")


def test_dumai_the_panel_visits_and_weighs_in(played: Played) -> None:
    """DMI-4, DMI-5."""
    office, scene = played.crowd("dumai").office, played.scene("dumai")
    visits = played.get("evaluation", "/visits", person=office, cycle_id=str(scene.cycle_id))["items"]
    assert any(one["held_on"] for one in visits)
    assert played.numbers("dumai")["visits_held"] > 0


def test_dumai_those_observed_respond_or_their_silence_is_noted(played: Played) -> None:
    """DMI-4."""
    assert {one["state"] for one in played.obligations("dumai", "RESPOND_TO_VISIT")} == {"DONE", "LAPSED"}
    office, scene = played.crowd("dumai").office, played.scene("dumai")
    visits = played.get("evaluation", "/visits", person=office, cycle_id=str(scene.cycle_id))["items"]
    assert any(one["visit_on"] for one in visits if one["held_on"])
    told = [played.get("evaluation", f"/visits/{one['id']}", person=office) for one in visits if one["held_on"]]
    assert {one["response_state"] for one in told} == {"ANSWERED", "SILENT"}
    assert all(one["response"] or one["response_note"] == "no response" for one in told)


def test_dumai_questions_are_answered_before_the_result_is_final(played: Played) -> None:
    """DMI-8."""
    obligations = played.obligations("dumai", "ANSWER_CLARIFICATION")
    assert obligations
    assert all(one["state"] == "DONE" for one in obligations)
