"""Every worked example of the domain comes out exactly, through the command itself."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kinerja.commands import compute
from scoring.recomputation import recomputed
from scoring.trace import Step

VECTORS = [json.loads(line) for line in (Path(__file__).parent / "vectors.jsonl").read_text().splitlines()]
QUADRANT = {"compute": "quadrant", "result_rating": "ABOVE", "behaviour_rating": "BELOW"}


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    compute.register(made)
    return made


def test_every_vector_of_the_domain_comes_out_exactly(app: typer.Typer) -> None:
    """Domain.md 2.4, 2.7, 4, 6.5; achievement of domain.md 6.4, 1 and PermenPANRB 8/2021."""
    lines = "".join(json.dumps(vector) + "\n" for vector in VECTORS)
    ran = CliRunner().invoke(app, ["compute", "-"], input=lines)
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.exit_code == 0
    assert len(answers) == len(VECTORS) == 63
    for vector, answer in zip(VECTORS, answers, strict=True):
        trace = [Step.model_validate(step) for step in answer.pop("trace")]
        assert answer == vector["expected"], vector["case"]["name"]
        assert trace
        assert all(recomputed(step) == step.value for step in trace)


def test_a_case_may_stand_bare_and_come_from_a_file(app: typer.Typer, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(QUADRANT) + "\n\n" + json.dumps({"case": QUADRANT}) + "\n")
    ran = CliRunner().invoke(app, ["compute", str(file)])
    assert [json.loads(line)["predicate"] for line in ran.stdout.splitlines()] == ["POOR", "POOR"]


@pytest.mark.parametrize(
    ("line", "kind", "where"),
    [
        ("{", "not-json", "column 2"),
        ("[1]", "invalid", ""),
        ('{"compute": "quadrant", "result_rating": "ABOVE"}', "invalid", "behaviour_rating"),
        ('{"compute": "quadrant", "result_rating": "HIGH", "behaviour_rating": "BELOW"}', "invalid", "result_rating"),
        ('{"compute": "pp30", "skp": NaN}', "invalid", "skp"),
        ('{"compute": "credit", "level": "AHLI_PERTAMA", "predicate": "GOOD", "months": 13}', "invalid", "months"),
        ('{"compute": "credit", "level": "AHLI", "predicate": "GOOD", "months": 1}', "invalid", "level"),
        (
            '{"compute": "achievement", "direction": "HIGHER_BETTER", "target": 0, "actual": 1}',
            "invalid",
            "target",
        ),
        ('{"compute": "score", "policy": "atlantis", "behaviour_rating": "MEETS"}', "invalid", "policy"),
        (
            (
                '{"compute": "score", "policy": "binjai", "result_rating": "MEETS", "behaviour_rating": "MEETS",'
                ' "assessments": [{"source": "PEER", "scores": {}}]}'
            ),
            "invalid",
            "assessments[0].source",
        ),
        (
            '{"compute": "score", "policy": "dumai", "unit_head": true, "behaviour_rating": "MEETS"}',
            "invalid",
            "org_performance",
        ),
    ],
)
def test_a_case_that_cannot_be_computed_says_what_and_where_and_the_others_go_on(
    app: typer.Typer, line: str, kind: str, where: str
) -> None:
    ran = CliRunner().invoke(app, ["compute", "-"], input=f"{line}\n{json.dumps(QUADRANT)}\n")
    first, second = (json.loads(answer) for answer in ran.stdout.splitlines())
    assert ran.exit_code == 1
    assert (first["error"]["type"], first["error"]["where"]) == (kind, where)
    assert first["error"]["detail"]
    assert second["predicate"] == "POOR"


def test_a_file_that_is_not_there_is_refused(app: typer.Typer) -> None:
    ran = CliRunner().invoke(app, ["compute", "nowhere.jsonl"])
    assert ran.exit_code == 2
    assert "nowhere.jsonl cannot be read" in " ".join(ran.output.split())
