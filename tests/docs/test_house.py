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
    named = {row.removesuffix("/").split("/<")[0].removesuffix("/public") for row in _rows()}
    assert named == (packages - {"services"}) | services


def test_the_table_fits_eighteen_lines() -> None:
    assert len(_rows()) <= 18


def test_what_a_service_is_about_in_the_table_is_a_room_of_it() -> None:
    assert HOUSE is not None
    example = re.search(r"`(services/[\w/]+\.py)`", HOUSE[1])
    assert example is not None
    assert (ROOT / example[1]).is_file()


def test_every_file_that_a_how_to_names_is_there_unless_it_is_the_example() -> None:
    named = {
        (page.name, path)
        for page in (ROOT / "docs" / "howto").glob("*.md")
        for path in re.findall(r"`((?:[\w-]+/)+[\w.-]+\.(?:py|ya?ml|json|md))`", page.read_text())
    }
    invented = ("archive", "medan", "/12.yaml")
    assert len(named) > 15
    assert {one for one in named if not any(word in one[1] for word in invented) and not _there(one[1])} == set()


def _there(path: str) -> bool:
    return any((start / path).is_file() for start in (ROOT, ROOT / "tests" / "contracts"))


def test_every_file_that_the_readme_of_a_service_names_is_there() -> None:
    gone = {
        (str(page.relative_to(ROOT)), path)
        for page in [*ROOT.glob("services/*/README.md"), ROOT / "workflows" / "README.md"]
        for named in re.findall(r"`((?:[a-z_]+/)*[a-z_{},]+\.py)`", page.read_text())
        for path in _spelled_out(named)
        # Named from the root, from the service, or, where one room is spoken of, from that room.
        if not any((start / path).is_file() for start in (ROOT, page.parent, *page.parent.glob("*/")))
    }
    assert gone == set()


def test_every_room_of_the_portal_stands_once_in_its_table() -> None:
    portal = ROOT / "services" / "portal"
    rows = [line.split("|")[1] for line in (portal / "README.md").read_text().splitlines() if line.startswith("| `")]
    named = [one for row in rows for one in re.findall(r"`(\w+)/`", row)]
    rooms = {path.parent.name for path in portal.glob("*/__init__.py")} - {"migrations"}
    assert sorted(named) == sorted(rooms | {"assets"})


def _spelled_out(path: str) -> list[str]:
    """``a/{b,c}.py`` as a/b.py and a/c.py."""
    found = re.fullmatch(r"(.*)\{([a-z_,]+)\}(.*)", path)
    return [path] if found is None else [f"{found[1]}{one}{found[3]}" for one in found[2].split(",")]
