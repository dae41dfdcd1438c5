"""Lines that hold no case that can be computed: each is answered with what and where, and none stops the others."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from kinerja.commands import compute

QUADRANT = '{"compute": "quadrant", "result_rating": "ABOVE", "behaviour_rating": "BELOW"}'
INDICATOR = {"id": "a", "weight": 100, "direction": "HIGHER_BETTER", "target": 100, "actual": 100}
SCORE: dict[str, Any] = {
    "compute": "score",
    "policy": "binjai",
    "indicators": [INDICATOR],
    "assessments": [{"source": "SUPERIOR", "scores": {"innovation": 100}}],
    "result_rating": "MEETS",
    "behaviour_rating": "MEETS",
}
PP30: dict[str, Any] = {
    "compute": "pp30",
    "skp": 100,
    "behaviour": 100,
    "considers_peers_and_reports": False,
    "innovation_recognised": False,
}
ACHIEVEMENT: dict[str, Any] = {"compute": "achievement", "direction": "HIGHER_BETTER", "target": 100, "actual": 90}
DEADLINE: dict[str, Any] = {"compute": "deadline", "start": "2026-03-10", "days": 14, "kind": "WORKING"}
CREDIT: dict[str, Any] = {"compute": "credit", "level": "AHLI_MUDA", "predicate": "GOOD", "months": 12}


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    compute.register(made)
    return made


def _error(app: typer.Typer, line: bytes) -> dict[str, Any]:
    """The error of a line that stands between two good ones."""
    good = QUADRANT.encode()
    ran = CliRunner().invoke(app, ["compute", "-"], input=b"\n".join([good, line, good]) + b"\n")
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    assert ran.exit_code == 1
    first, wrong, last = (json.loads(one) for one in ran.stdout.splitlines())
    assert first["predicate"] == last["predicate"] == "POOR"
    assert wrong.keys() == {"error"}
    assert wrong["error"].keys() == {"type", "detail", "where"}
    assert wrong["error"]["detail"]
    error: dict[str, Any] = wrong["error"]
    return error


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (b'{"compute": "pp30', "column 13"),
        (b"nothing of the kind", "column 1"),
        (b'{"compute": "quadrant\xff"}', "byte 22"),
        (b"\xff\xfe{\x00}\x00", "byte 1"),
        (b"[" * 100_000, ""),
        (b'{"a":' * 100_000, ""),
        (b'{"compute": "credit", "months": ' + b"9" * 5000 + b"}", ""),
    ],
    ids=("cut off", "prose", "not UTF-8", "UTF-16", "deep lists", "deep objects", "an endless number"),
)
def test_what_is_not_json_is_refused_as_such(app: typer.Typer, line: bytes, where: str) -> None:
    error = _error(app, line)
    assert error["where"] == where
    assert error["type"] in ("not-json", "invalid")


@pytest.mark.parametrize(
    ("case", "change", "where"),
    [
        (PP30, {"compute": "pp31"}, "compute"),
        (PP30, {"compute": None}, "compute"),
        (PP30, {"skp": float("nan")}, "skp"),
        (PP30, {"skp": float("inf")}, "skp"),
        (PP30, {"skp": "NaN"}, "skp"),
        (PP30, {"skp": "-1"}, "skp"),
        (PP30, {"skp": True}, "skp"),
        (PP30, {"skp": None}, "skp"),
        (PP30, {"skp": ""}, "skp"),
        (PP30, {"skp": "1_00"}, "skp"),
        (PP30, {"skp": "１００"}, "skp"),  # noqa: RUF001 - digits, but nobody's decimal
        (PP30, {"skp": "1e999999999"}, "skp"),
        (PP30, {"skp": 10**200}, "skp"),
        (PP30, {"skp": "1e-101"}, "skp"),
        (PP30, {"innovation_recognised": "false"}, "innovation_recognised"),
        (PP30, {"innovation_recognised": 1}, "innovation_recognised"),
        (PP30, {"inovation": True}, "inovation"),
        (ACHIEVEMENT, {"target": 0}, "target"),
        (ACHIEVEMENT, {"target": [0, 0]}, "target"),
        (ACHIEVEMENT, {"target": -1}, "target"),
        (ACHIEVEMENT, {"target": [90, 80]}, "target"),
        (ACHIEVEMENT, {"target": [80]}, "target"),
        (ACHIEVEMENT, {"target": None}, "target"),
        (ACHIEVEMENT, {"direction": "UP"}, "direction"),
        (ACHIEVEMENT, {"actual": [1]}, "actual"),
        (CREDIT, {"months": 0}, "months"),
        (CREDIT, {"months": 13}, "months"),
        (CREDIT, {"months": 2.5}, "months"),
        (CREDIT, {"months": True}, "months"),
        (CREDIT, {"level": "ahli_muda"}, "level"),
        (CREDIT, {"predicate": "OUTSTANDING"}, "predicate"),
        (DEADLINE, {"start": "2026-02-30"}, "start"),
        (DEADLINE, {"start": "10/03/2026"}, "start"),
        (DEADLINE, {"start": 20260310}, "start"),
        (DEADLINE, {"start": "0001-01-01"}, "start"),
        (DEADLINE, {"start": "9999-12-31"}, "start"),
        (DEADLINE, {"days": 10**9}, "days"),
        (DEADLINE, {"kind": "BUSINESS"}, "kind"),
        (SCORE, {"policy": "../binjai"}, "policy"),
        (SCORE, {"policy": ["binjai"]}, "policy"),
        (SCORE, {"result_rating": None}, "result_rating"),
        (SCORE, {"unit_head": True}, "org_performance"),
        (SCORE, {"org_performance": "FAIR"}, "org_performance"),
        (SCORE, {"indicators": {}}, "indicators"),
        (SCORE, {"indicators": [INDICATOR, INDICATOR]}, "indicators"),
        (SCORE, {"indicators": [INDICATOR | {"weight": "99.9"}]}, "indicators"),
        (SCORE, {"indicators": [INDICATOR | {"weight": 101}]}, "indicators.0.weight"),
        (SCORE, {"indicators": [INDICATOR | {"target": 0}]}, "indicators.0.target"),
        (SCORE, {"indicators": [INDICATOR | {"unit": "x"}]}, "indicators.0.unit"),
        (SCORE, {"assessments": [{"source": "SELF", "scores": {}}]}, "assessments.0.source"),
        (SCORE, {"assessments": [{"source": "PEER", "scores": {}}]}, "assessments[0].source"),
        (
            SCORE,
            {"assessments": [{"source": "SUPERIOR", "scores": {"innovation": 120.01}}]},
            "assessments.0.scores.innovation",
        ),
        (
            SCORE,
            {"assessments": [{"source": "SUPERIOR", "scores": {"attendance": 100}}]},
            "assessments[0].scores.attendance",
        ),
        (
            SCORE,
            {"assessments": [{"source": "SUPERIOR", "scores": {"innovation": 100}, "by": "x"}]},
            "assessments.0.by",
        ),
    ],
)
def test_a_case_of_another_shape_says_where(
    app: typer.Typer, case: dict[str, Any], change: dict[str, Any], where: str
) -> None:
    error = _error(app, json.dumps(case | change).encode())
    assert (error["type"], error["where"]) == ("invalid", where)


def test_of_two_numbers_under_one_name_neither_is_taken(app: typer.Typer) -> None:
    error = _error(app, b'{"compute": "credit", "level": "AHLI_MUDA", "predicate": "GOOD", "months": 1, "months": 12}')
    assert error == {"type": "invalid", "detail": "months is given twice", "where": "months"}


def test_empty_lines_a_mark_at_the_start_and_windows_line_ends_are_no_cases(app: typer.Typer) -> None:
    lines = b"\xef\xbb\xbf" + QUADRANT.encode() + b"\r\n\r\n   \n" + QUADRANT.encode()
    ran = CliRunner().invoke(app, ["compute", "-"], input=lines)
    assert ran.exit_code == 0
    assert [json.loads(one)["quadrant"] for one in ran.stdout.splitlines()] == [4, 4]


def test_names_in_any_script_come_back_and_half_a_character_stops_nothing(app: typer.Typer) -> None:
    names = ("ꦏꦶꦤꦼꦂꦗ", "line\u2028separator", "\ud800")
    lines = "".join(json.dumps(ACHIEVEMENT | {"name": name}) + "\n" for name in names)
    ran = CliRunner().invoke(app, ["compute", "-"], input=lines.encode())
    assert ran.exit_code == 0
    subjects = [json.loads(one)["trace"][0]["subject"] for one in ran.stdout_bytes.split(b"\n")[:-1]]
    assert subjects == list(names)
