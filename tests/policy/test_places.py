from decimal import Decimal
from pathlib import Path

import pytest

from contracts.base import AssessorRole
from contracts.policy import Measure, Policy
from kinerja.places import FILES
from kit.files.errors import FileError, FileErrors
from services.registry.imports.rules.judgement import Judged, KnownPolicy, judge
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.submission import Upload, read_all
from tests.support.files_of import TODAY

CITIES = Path(__file__).parents[2] / "deploy" / "cities"


def read_place(
    place: str, known: Known, policies: dict[str, KnownPolicy] | None = None
) -> tuple[Judged, list[FileError]]:
    errors = FileErrors()
    uploads = [Upload(name, path.read_bytes()) for name in FILES if (path := CITIES / place / name).is_file()]
    return judge(read_all(uploads, errors), known, policies or {}, errors), errors.in_order()


def policy_of(place: str) -> Policy:
    if place == "plaju":
        return plaju()[0].policies[0].policy
    city = {"palembang": "16.71", "sawahlunto": "13.73", "binjai": "12.75", "dumai": "14.72"}[place]
    found, errors = read_place(place, Known(city=city, today=TODAY))
    assert errors == []
    assert len(found.people) == 60
    return found.policies[0].policy


def plaju() -> tuple[Judged, list[FileError]]:
    """Plaju refers to Palembang's units, people and policy."""
    palembang, _ = read_place("palembang", Known(city="16.71", today=TODAY))
    known = Known(
        city="16.71",
        today=TODAY,
        units={row.code: row.parent_code for row in palembang.units},
        raters={row.nip: row.rater_nip for row in palembang.people},
    )
    one = palembang.policies[0]
    policies = {"16.71": KnownPolicy(one.inherits, one.document, one.policy.model_dump(mode="json"))}
    found, errors = read_place("plaju", known, policies)
    assert errors == []
    return found, errors


WEIGHTS = {
    "palembang": {
        "target_fulfilment": 40,
        "productivity": 20,
        "community_impact": 20,
        "creativity": 10,
        "collaboration": 10,
    },
    "plaju": {
        "target_achievement": 25,
        "programme_contribution": 15,
        "discipline": 20,
        "competence": 20,
        "service_quality": 20,
    },
    "sawahlunto": {"results": 50, "technical_competence": 25, "non_technical_competence": 25},
    "binjai": {"indicators": 90, "innovation": 10, "attendance": 0},
    "dumai": {"effectiveness": 50, "efficiency": 50},
}


@pytest.mark.parametrize("place", WEIGHTS)
def test_a_committed_place_holds_and_weighs_what_it_says(place: str) -> None:
    policy = policy_of(place)
    assert {one.code: int(one.weight) for one in policy.criteria} == WEIGHTS[place]
    assert policy.placeholder
    assert all("placeholder" in one.source or one.weight == 0 for one in policy.criteria)
    assert policy.session_topics
    assert policy.goals


def test_each_place_rates_in_its_own_way() -> None:
    shares = {place: {one.role: int(one.share) for one in policy_of(place).sources} for place in WEIGHTS}
    superior, peer, panel = AssessorRole.SUPERIOR, AssessorRole.PEER, AssessorRole.PANEL
    assert shares["sawahlunto"] == {superior: 70, peer: 30}
    assert shares["dumai"] == {superior: 60, panel: 40}
    assert shares["palembang"] == shares["plaju"] == shares["binjai"] == {superior: 100}
    peers = policy_of("sawahlunto").source(peer)
    assert peers is not None
    assert (peers.minimum, peers.wanted, peers.anonymous) == (3, 4, True)


def test_what_only_one_place_has() -> None:
    assert policy_of("plaju").consequences.development_below == Decimal(90)
    assert policy_of("plaju").consequences.development_criterion == "target_achievement"
    attendance = policy_of("binjai").criterion("attendance")
    assert (attendance.measure, attendance.locked) == (Measure.ATTENDANCE, True)
    assert policy_of("sawahlunto").considers_peers_and_reports
    dumai = policy_of("dumai")
    assert (dumai.period_months, dumai.features.daily_log, dumai.features.panel_visits) == (3, True, True)
    kinds = [policy_of(place).consequences.recognition_kind for place in WEIGHTS]
    assert kinds == ["AWARD", "AWARD", "RECOGNITION", "RECOGNITION", "GOOD_PRACTICE"]
    assert [place for place in WEIGHTS if policy_of(place).consequences.innovation_reward] == ["binjai"]


def test_an_agency_of_palembang_chose_a_year() -> None:
    found, _ = read_place("palembang", Known(city="16.71", today=TODAY))
    assert {row.code: row.period_months for row in found.units if row.period_months} == {"16.71.INSPEKTORAT": 12}
    assert any(row.unit_code == "16.71.INSPEKTORAT" for row in found.people)


def test_plajus_head_is_rated_in_palembang() -> None:
    found, _ = plaju()
    palembang, _ = read_place("palembang", Known(city="16.71", today=TODAY))
    assert found.people[0].unit_code == "16.71.14"
    assert found.people[0].rater_nip == palembang.people[0].nip
    assert not any("PERFORMANCE_OFFICE" in row.roles for row in found.people)
    assert not {row.nip for row in found.people} & {row.nip for row in palembang.people}
