"""docs/regulation.md tells of every rule of the regulation, and of policy data, code and tests that exist and name it."""

import re
from typing import Any

import pytest
import yaml

from tests.support.sources import ROOT, defined, place, rows, unnamed

TABLE = list(rows("regulation.md", 5))
CHAPTERS = (
    "The plan",
    "Monitoring and coaching",
    "Evaluation",
    "Results that are final without objection",
    "Follow-up",
)
ARTICLES = ("7-13", "11", "14", "16", "17-19", "20", "21", "24", "31", "35")
ANNEX = ("II.C.4-5", "II.C.6-7", "II.C.8", "III", "IV.A", "IV.A.11", "IV.A.12", "IV.B", "V.A.8", "V.A.12")
"""What the rules were read from, without the clocks, which have a table of their own."""
REGULATIONS = [
    yaml.safe_load((ROOT / "deploy" / "regulations" / name).read_text())
    for name in ("permenpanrb-6-2022.yaml", "pp-30-2019.yaml")
]


def _has(regulation: Any, path: str) -> bool:
    for key in path.split("."):
        if not isinstance(regulation, dict) or key not in regulation:
            return False
        regulation = regulation[key]
    return True


def test_every_chapter_and_every_article_has_its_rules() -> None:
    document = (ROOT / "docs" / "regulation.md").read_text()
    assert [title for title in CHAPTERS if f"\n## {title}\n" not in document] == []
    sources = {one.strip() for row in TABLE for one in row[1].split(";")}
    numbers = {re.sub(r"^arts? |^art\. |^L ", "", one) for one in sources}
    assert [one for one in (*ARTICLES, *ANNEX) if one not in numbers] == []
    assert len(TABLE) > 60


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0][:60])
def test_a_rule_has_its_data_its_code_and_a_test_that_names_its_article(row: list[str]) -> None:
    rule, source, data, code, test = row
    for path in re.findall(r"`([^`]+)`", data):
        assert any(_has(one, path) for one in REGULATIONS), f"{rule}: no regulation has {path}"
    path, name = place(code)
    assert name in defined(path), f"{rule}: {path} has no {name}"
    path, name = place(test)
    assert name in defined(path), f"{rule}: {path} has no {name}"
    assert unnamed(source, path, name) == [], f"{rule}: the test does not name its article"
