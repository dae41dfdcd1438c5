"""The picture of the house in README.md: every package stands in it, and every folder that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = re.search(r"## The house\n(.*?)\n## ", (ROOT / "README.md").read_text(), re.DOTALL)


def _rows() -> list[str]:
    assert HOUSE is not None
    return re.findall(r"^\| `([\w/<>.]+)` \|", HOUSE[1], re.MULTILINE)


def test_the_table_names_every_package_and_service_and_no_other() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench"}
    services = {f"services/{path.parent.name}" for path in ROOT.glob("services/*/__init__.py")}
    named = {row.removesuffix("/").split("/<")[0] for row in _rows()}
    assert named == (packages - {"services"}) | services


def test_the_table_fits_fifteen_lines() -> None:
    assert len(_rows()) <= 15


def test_what_a_service_is_about_in_the_table_is_a_room_of_it() -> None:
    assert HOUSE is not None
    example = re.search(r"`(services/[\w/]+\.py)`", HOUSE[1])
    assert example is not None
    assert (ROOT / example[1]).is_file()
