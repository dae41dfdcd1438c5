from collections import Counter
from itertools import islice

import pytest
from typer.testing import CliRunner

from kinerja.cli import app
from kinerja.people import csv_of, people
from kinerja.places import Place, all_places, place_named
from services.registry.imports.rules.circles import circles
from services.registry.servants.rules.nip import wrong_with
from services.registry.servants.rules.positions import EmploymentType

EVERYWHERE = pytest.mark.parametrize("place", all_places(), ids=lambda place: place.name)
PALEMBANG, PLAJU, SAWAHLUNTO, DUMAI = map(place_named, ("palembang", "plaju", "sawahlunto", "dumai"))


@EVERYWHERE
def test_the_committed_people_are_what_the_generator_makes(place: Place) -> None:
    assert (place.directory / "servants.csv").read_text(encoding="utf-8") == csv_of(place)


@EVERYWHERE
@pytest.mark.parametrize("count", [24, 25, 47, 60, 500, 3001])
def test_any_count_gives_that_many_people_in_a_complete_hierarchy(place: Place, count: int) -> None:
    rows = list(people(place, count))
    above = {row.nip: row.rater_nip or None for row in rows}
    assert len(above) == len(rows) == count
    assert circles(above, list(above)) == []
    outside = {rater for rater in above.values() if rater is not None and rater not in above}
    tops = [nip for nip, rater in above.items() if rater is None]
    assert (len(tops), len(outside)) == ((0, 1) if place == PLAJU else (1, 0))
    heads = Counter(row.unit_code for row in rows if row.head == "yes")
    assert set(heads.values()) == {1}
    assert set(heads) == {row.unit_code for row in rows}


@EVERYWHERE
def test_every_number_is_valid_and_nobodys(place: Place) -> None:
    for row in people(place, 2000):
        assert wrong_with(row.nip, EmploymentType(row.employment_type)) is None
        assert row.nip.endswith("000") or "1900" <= row.nip[:4] <= "1949"
        assert row.email.endswith(".example")


def test_teams_are_large_enough_for_peers_and_raters_lead_at_least_a_section() -> None:
    rows = list(people(SAWAHLUNTO, 60))
    raters = {row.rater_nip for row in rows}
    staff = Counter(row.rater_nip for row in rows if row.nip not in raters)
    assert set(staff.values()) <= {6, 7}
    kinds = {row.position_kind for row in rows if row.nip in raters}
    assert kinds <= {"JPT_PRATAMA", "ADMINISTRATOR", "PENGAWAS", "AHLI_MADYA"}


def test_one_performance_office_a_city_and_three_of_the_panel_in_dumai() -> None:
    roles = {place.name: Counter(row.roles for row in people(place, 60) if row.roles) for place in all_places()}
    office = {"PERFORMANCE_OFFICE": 1}
    assert roles == {
        "palembang": office,
        "plaju": {},
        "sawahlunto": office,
        "binjai": office,
        "dumai": office | {"PANEL": 3},
    }
    assert all(row.unit_code.endswith("BKPSDM") for row in people(DUMAI, 60) if row.roles == "PERFORMANCE_OFFICE")


def test_another_seed_makes_other_people_and_the_same_seed_the_same() -> None:
    assert csv_of(DUMAI, 100, seed=2) == csv_of(DUMAI, 100, seed=2) != csv_of(DUMAI, 100, seed=3)


def test_plajus_head_is_rated_by_palembangs_secretary_of_the_same_seed_at_any_size() -> None:
    secretary = next(people(PALEMBANG, 500, seed=7))
    assert next(people(PLAJU, 60, seed=7)).rater_nip == secretary.nip


def test_two_places_of_one_city_share_no_number() -> None:
    assert not {row.nip for row in people(PALEMBANG, 3000)} & {row.nip for row in people(PLAJU, 3000)}


def test_people_come_one_at_a_time() -> None:
    assert len(list(islice(people(DUMAI, 900_000), 10))) == 10


def test_too_few_people_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 24"):
        list(people(DUMAI, 10))


def test_the_command_writes_the_file() -> None:
    result = CliRunner().invoke(app, ["people", "--place", "dumai", "--count", "60"])
    assert result.exit_code == 0
    assert result.stdout == csv_of(DUMAI)
