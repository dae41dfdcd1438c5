"""`kinerja policy check|show|explain|diff|schema` on files, without any stack."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kinerja.cli import app
from kinerja.library import CITIES
from kinerja.stack.errors import StackError
from policy.json_schema import policy_schema
from tests.support.library_of import line_of, replaced, text_of

REGULATIONS, PROVINCES = CITIES.parent / "regulations", CITIES.parent / "provinces"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["policy", *(str(word) for word in words)])


def good(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.output


def test_all_that_is_committed_holds() -> None:
    output = good("check", *sorted(CITIES.iterdir()), *sorted(REGULATIONS.iterdir()), *sorted(PROVINCES.iterdir()))
    assert output.count(" holds") == 8
    assert "16.71.14 holds" in output
    assert "pp-30-2019 holds, for those that inherit it" in output


def test_an_error_gives_file_line_column_what_and_how_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "palembang.yaml"
    file.write_text(replaced(text_of("palembang"), "weight: 40", "weight: 39.9"))
    result = run("check", file)
    assert result.exit_code == 1
    start = f"{file}:{line_of(file.read_text(), 'criteria:')}:1: the weights of the criteria sum to 99.9, not to 100"
    assert result.output.startswith(start)
    assert result.output.rstrip().endswith("raise them by 0.1 in all")
    indonesian = run("check", file, "--language", "id")
    assert "jumlah weight pada criteria adalah 99.9, bukan 100" in indonesian.output


def test_what_law_sets_otherwise_is_a_warning_and_what_it_forbids_an_error(tmp_path: Path) -> None:
    file = tmp_path / "binjai.yaml"
    file.write_text(text_of("binjai") + "objection:\n  file_within: 10\n")
    line = line_of(file.read_text(), "file_within")
    output = good("check", file)
    assert "12.75 holds" in output
    assert f"{file}:{line}:3: warning: objection.file_within" in output
    assert f"{file}:{line}:3: peringatan: objection.file_within" in good("check", file, "--language", "id")
    file.write_text(replaced(file.read_text(), "file_within: 10", "file_within: 20"))
    refused = run("check", file)
    assert refused.exit_code == 1
    assert "law allows at most 14 (clock 8, art. 29; L V.B.1-2). set at most 14" in refused.output


def test_a_circle_between_two_files_is_refused(tmp_path: Path) -> None:
    city = tmp_path / "palembang.yaml"
    city.write_text(replaced(text_of("palembang"), 'inherits: "16"', 'inherits: "16.71.14"'))
    result = run("check", city, CITIES / "plaju")
    assert result.exit_code == 1
    assert "16.71 -> 16.71.14 -> 16.71" in result.output


def test_what_inherits_a_file_is_checked_with_it(tmp_path: Path) -> None:
    city = tmp_path / "palembang.yaml"
    city.write_text(replaced(text_of("palembang"), "    weight: 40\n", "    weight: 40\n    locked: true\n"))
    result = run("check", city)
    assert result.exit_code == 1
    assert f"{city}: 16.71 holds" in result.output
    assert "plaju/policy.yaml" in result.output
    assert "the weight of 'target_fulfilment' is locked at 40" in result.output


def test_a_bad_regulation_or_province_is_refused_as_well(tmp_path: Path) -> None:
    province = tmp_path / "16.yaml"
    province.write_text(replaced(text_of("provinces/16.yaml"), "  leniency: 10", "  lenency: 10"))
    result = run("check", province)
    assert result.exit_code == 1
    assert "unknown key 'moderation.lenency'. did you mean 'leniency'?" in result.output
    law = tmp_path / "pp-30-2019.yaml"
    law.write_text(replaced(text_of("regulations/pp-30-2019.yaml"), "ceiling: 120", "ceiling: lots"))
    result = run("check", law)
    assert (result.exit_code, f"{law}:{line_of(law.read_text(), 'lots')}:3" in result.output) == (1, True)


def test_places_of_another_directory_stand_on_one_another(tmp_path: Path) -> None:
    """As a province would keep its own, with the regulations that ship."""
    shutil.copytree(CITIES / "palembang", tmp_path / "cities" / "kota")
    (tmp_path / "provinces").mkdir()
    (tmp_path / "provinces" / "16.yaml").write_text(
        replaced(text_of("provinces/16.yaml"), "leniency: 10", "leniency: 7")
    )
    output = good("explain", "--unit", "16.71", "--about", "moderation.leniency", "--directory", tmp_path / "cities")
    assert "moderation.leniency = 7" in output
    assert "Provinsi Sumatera Selatan (16), placeholder" in output
    assert f"{tmp_path}/cities/../provinces/16.yaml:" in output or "provinces/16.yaml:" in output


def test_explain_says_for_every_value_of_plaju_where_it_comes_from() -> None:
    """Issue 3: the regulation, Palembang or Plaju; here the province between them as well."""
    output = good("explain", "--unit", "16.71.14")
    text = text_of("plaju")
    values = [line for line in output.splitlines() if " = " in line and not line.startswith(" ")]
    origins = [line for line in output.splitlines() if ".yaml:" in line]
    assert len(values) == len(origins) > 500
    weight = output[output.index("criteria.2.weight = 20") :].splitlines()
    assert weight[1].strip() == "weight of discipline"
    discipline = line_of(text, "code: discipline")
    place = f"deploy/cities/plaju/policy.yaml:{discipline + 3}"
    assert weight[2].strip().startswith("Plaju (16.71.14), placeholder, ")
    assert weight[2].strip().endswith(place)
    assert "Palembang (16.71), own rule: the direct superior rates" in output
    assert (
        "permenpanrb-6-2022, law: clock 8 (art. 29; L V.B.1-2), deploy/regulations/permenpanrb-6-2022.yaml:" in output
    )
    assert "pp-30-2019, law: art. 41(5), deploy/regulations/pp-30-2019.yaml:" in output


def test_explain_can_be_asked_for_less_and_in_indonesian() -> None:
    output = good("explain", "--unit", "16.71.14", "--about", "objection", "--only", "law", "--language", "id")
    values = [line for line in output.splitlines() if " = " in line]
    assert values == ["objection.file_within = 14", "objection.decide_within = 7"]
    assert "hari kerja untuk mengajukan keberatan" in output
    assert "hukum: clock 8" in output


def test_explain_shows_what_each_place_says_its_appraisal_is_good_for() -> None:
    titles = set()
    for place in ("palembang", "plaju", "sawahlunto", "binjai", "dumai"):
        output = good("explain", "--place", place, "benefits", "--language", "id")
        values = [line for line in output.splitlines() if line.startswith("benefits.")]
        assert sum(line.startswith("benefits.paragraphs.") for line in values) >= 6  # three paragraphs, two languages
        assert "judul halaman manfaat" in output
        titles.add(values[0])
    assert len(titles) == 5


def test_a_unit_without_a_policy_of_its_own_has_that_of_the_nearest_above() -> None:
    assert good("show", "16.71.14.1001").startswith('scope: "16.71.14"')
    assert good("show", "16.71.DINKES").startswith('scope: "16.71"')


def test_an_unknown_unit_or_a_mere_layer_is_refused_in_words() -> None:
    for named, words in (("99.99", "12.75, 13.73, 14.72, 16.71, 16.71.14"), ("16", "show a city or a unit")):
        result = run("show", named)
        assert isinstance(result.exception, StackError)
        assert words in str(result.exception)


def test_show_is_yaml_with_an_origin_beside_every_value() -> None:
    lines = good("show", "16.71.14").splitlines()
    assert lines[0] == 'scope: "16.71.14"'
    [weight] = [line for line in lines if line.startswith("    weight: 25")]
    assert "# Plaju (16.71.14), placeholder" in weight
    bare = [line for line in lines[1:] if "#" not in line]
    assert all(line.endswith(":") for line in bare)


def test_show_gives_json_to_other_programs() -> None:
    body = json.loads(good("show", CITIES / "plaju", "--json"))
    assert body["scope"] == "16.71.14"
    assert body["policy"]["criteria"][2]["weight"] == "20"
    origin = body["provenance"]["criteria.2.weight"]
    assert (origin["layer"], origin["kind"]) == ("16.71.14", "PLACEHOLDER")


def test_diff_speaks_indonesian_unless_asked_for_english(tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(replaced(text_of("plaju"), "development_below: 90", "development_below: 85"))
    assert good("diff", "16.71.14", new) == "Nilai batas usulan pembinaan turun dari 90 menjadi 85\n"
    english = good("diff", CITIES / "plaju", new, "--language", "en")
    assert english == "Score below which development is proposed falls from 90 to 85\n"
    assert good("diff", "16.71.14", CITIES / "plaju") == "Tidak ada perbedaan.\n"


def test_diff_of_a_file_that_does_not_hold_says_why(tmp_path: Path) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(replaced(text_of("plaju"), "weight: 25", "weight: 26"))
    result = run("diff", "16.71.14", new)
    assert isinstance(result.exception, StackError)
    assert "sum to 101, not to 100" in str(result.exception)


def test_diff_of_a_version_needs_a_running_stack_and_a_number(tmp_path: Path) -> None:
    for named, words in (("16.71@2", "no stack runs"), ("16.71@new", "a version is a number")):
        result = run("diff", named, "16.71", "--state", tmp_path)
        assert isinstance(result.exception, StackError)
        assert words in str(result.exception)


def test_schema_prints_what_is_published() -> None:
    assert json.loads(good("schema")) == policy_schema()


@pytest.mark.parametrize("words", [("check",), ("check", "nowhere.yaml"), ("explain",), ("show",), ("diff", "16.71")])
def test_a_command_without_what_it_needs_is_a_usage_error(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_explain_answers_for_one_value_by_the_name_of_its_item() -> None:
    by_name = good("explain", "criteria.discipline.weight", "--place", "plaju")
    (value, words, origin, *_) = by_name.splitlines()
    assert value.startswith("criteria.")
    assert value.endswith(".weight = 20")
    assert "weight of" in words
    assert "Plaju (16.71.14)" in origin
    assert by_name == good("explain", value.partition(" = ")[0], "--unit", "16.71.14")


def test_explain_lists_what_there_is_where_a_key_goes_wrong() -> None:
    for key, words in (
        ("criteria.nothing", "target_achievement"),
        ("nothing", "objection"),
        ("phases.PLANNING.x", "due"),
    ):
        result = run("explain", key, "--place", "plaju")
        assert isinstance(result.exception, StackError)
        assert words in str(result.exception)
