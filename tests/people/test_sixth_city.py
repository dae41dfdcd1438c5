"""A sixth city is a folder of data: every command knows it without a line of code."""

import csv
import shutil
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kinerja.cli import app
from kinerja.library import CITIES
from kinerja.places import all_places, chosen
from kinerja.stack.errors import StackError

NEW_PROVINCE = {"medan": "12.71", "ambon": "81.71"}
"""One of a province that has names of its own, one of a province that has none."""


@pytest.fixture(params=NEW_PROVINCE)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Binjai's policy and units under another code, beside the others; without any people yet."""
    name, code = request.param, NEW_PROVINCE[request.param]
    cities = tmp_path / "cities"
    shutil.copytree(CITIES, cities)
    (cities / name).mkdir()
    for file in ("policy.yaml", "units.csv"):
        text = (CITIES / "binjai" / file).read_text(encoding="utf-8")
        (cities / name / file).write_text(text.replace("12.75", code).replace("Binjai", name.title()), encoding="utf-8")
    monkeypatch.setenv("KINERJA_CITIES", str(cities))
    return name, code


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def good(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output or result.exception
    return result.stdout


def test_people_are_made_for_it(place: tuple[str, str]) -> None:
    name, code = place
    rows = list(csv.DictReader(StringIO(good("people", "--place", name, "--count", "60"))))
    assert len(rows) == 60
    assert all(row["unit_code"].startswith(code) and row["email"].endswith(f"@{name}.example") for row in rows)
    assert [row["unit_code"] for row in rows if row["roles"] == "PERFORMANCE_OFFICE"] == [f"{code}.BKPSDM"]


def test_its_policy_is_checked_shown_and_explained(place: tuple[str, str]) -> None:
    name, code = place
    assert f"{code} holds" in good("policy", "check", "--place", name)
    assert f"{code} holds" in good("policy", "check", name)
    assert good("policy", "show", "--place", name).startswith(f'scope: "{code}"')
    window = good("policy", "explain", "--place", name, "objection.file_within")
    assert window.startswith("objection.file_within = 14\n")
    assert good("policy", "diff", name, "binjai", "--language", "en")


def test_its_people_are_synthetic_and_in_the_order_of_import_it_comes_by_its_code(
    place: tuple[str, str], tmp_path: Path
) -> None:
    scopes = [one.scope for one in all_places(tmp_path / "cities")]
    assert place[1] in scopes
    assert scopes == sorted(scopes)
    assert len(scopes) == 6


@pytest.mark.parametrize(
    "words",
    [
        ("people", "--place", "medang"),
        ("demo", "--place", "medang"),
        ("cycle", "status", "--place", "medang"),
        ("import", "--place", "medang"),
        ("policy", "show", "--place", "medang"),
        ("policy", "explain", "--place", "medang"),
    ],
)
def test_a_place_that_is_not_there_is_refused_with_those_that_are(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert isinstance(result.exception, StackError)
    assert "medang" in str(result.exception)
    assert "binjai" in str(result.exception) or "12.75" in str(result.exception)


def test_a_cycle_is_looked_for_under_its_code(place: tuple[str, str], tmp_path: Path) -> None:
    """Without a stack the command gets as far as asking for one: the place itself is known."""
    result = run("cycle", "status", "--place", place[0], "--state", str(tmp_path / "state"))
    assert "no stack runs" in str(result.exception)


def test_a_unit_with_a_policy_of_its_own_brings_its_city() -> None:
    assert [place.name for place in chosen(["plaju"])] == ["palembang", "plaju"]
    assert [place.name for place in chosen(["dumai", "binjai"])] == ["binjai", "dumai"]
    assert len(chosen([])) == len(all_places())
