"""References to docs/domain.md name sections, items and capabilities that are there, and links lead to files that are."""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kit.refused_by_http  # noqa: F401 - what the framework refuses has kinds as well
from kit.errors import KinerjaError
from tests.support.sources import ROOT

KINDS = (".md", ".py", ".yaml")
_NUMBER = r"[A-Z]{3}-\d+|\d+(?:\.\d+)?"
_REFERENCE = re.compile(rf"docs/domain\.md ((?:{_NUMBER})(?:(?:, | and )(?:{_NUMBER}))*)", re.IGNORECASE)
_IN_SHORT = re.compile(r"(?<!docs/)\bdomain(?:\.md)? (?:\d|[A-Z]{3}-\d)", re.IGNORECASE)
_CAPABILITY = re.compile(r"\b(?:PLB|PLJ|SWL|BJI|DMI)-\d+")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def sources() -> Iterator[Path]:
    """What people wrote in the repository: code, pages and policies, but nothing of tools."""
    for folder, inside, files in os.walk(ROOT):
        inside[:] = [name for name in inside if not name.startswith((".", "__"))]
        yield from (Path(folder, name) for name in files if name.endswith(KINDS))


@cache
def page() -> dict[str, str]:
    """The sections of docs/domain.md by their numbers; a chapter holds its own text alone."""
    parts = re.split(r"^#{2,3} (\d+(?:\.\d+)?)\.? .*$", (ROOT / "docs" / "domain.md").read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def capabilities() -> frozenset[str]:
    """The ids that a row of chapter 5 says what they are."""
    return frozenset(re.findall(r"^\| ([A-Z]{3}-\d+) \|", page()["5"], flags=re.MULTILINE))


def missing(reference: str) -> list[str]:
    """What docs/domain.md does not have of ``6.4, 1``: section 6.4, and its item 1; of ``BJI-1, 6.6`` both."""
    lacking, section = [], None
    for name in re.findall(_NUMBER, reference):
        if "-" in name:
            found = name in capabilities()
        elif section is not None and "." not in name:
            found = re.search(rf"^{name}\. ", page().get(section, ""), flags=re.MULTILINE) is not None
        else:
            found, section = name in page(), name
        if not found:
            lacking.append(name)
    return lacking


def test_every_section_that_somebody_refers_to_is_there() -> None:
    named = [(path, one) for path in sources() for one in _REFERENCE.findall(path.read_text())]
    assert len(named) > 50
    assert {f"{path.relative_to(ROOT)}: {one}": gone for path, one in named if (gone := missing(one))} == {}


def test_a_reference_to_what_is_not_there_is_found() -> None:
    assert missing("6.4, 1") == missing("5.1, 0.8") == missing("4") == missing("BJI-1, 6.6") == []
    assert missing("6.4, 99") == ["99"]
    assert missing("4 and 9.9") == ["9.9"]
    assert missing("BJI-1, PLB-77") == ["PLB-77"]


def test_every_reference_names_the_page_in_full() -> None:
    short = {str(path.relative_to(ROOT)): one for path in sources() if (one := _IN_SHORT.findall(path.read_text()))}
    assert short == {}


def test_every_capability_that_somebody_names_is_one_of_a_place() -> None:
    named = {one for path in sources() if path != Path(__file__) for one in _CAPABILITY.findall(path.read_text())}
    assert len(named) > 40
    assert named - capabilities() == set()


def test_every_capability_is_offered_by_something() -> None:
    assert set(_CAPABILITY.findall(page()["5.2"])) == capabilities()


def test_every_section_says_where_it_comes_from() -> None:
    silent = [number for number, text in page().items() if text.strip() and "Source: " not in text]
    assert silent == []


def test_every_link_leads_to_a_file() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("services/*/README.md")]
    links = [(one, target) for one in pages for target in _LINK.findall(one.read_text()) if "://" not in target]
    assert len(links) > 20
    assert [f"{one.relative_to(ROOT)}: {to}" for one, to in links if not (one.parent / to).exists()] == []


def kinds(error: type[KinerjaError]) -> Iterator[tuple[str, int]]:
    """Of an error and all that are made from it, as a reader of an answer sees them; whatever has no words of its own is
    ``http-`` and its status.
    """
    if error.__module__.startswith("kit.") and not error.kind.startswith("http-"):
        yield error.kind, error.status
    for one in error.__subclasses__():
        yield from kinds(one)


def test_every_kind_of_problem_is_told_to_those_who_integrate() -> None:
    rows = re.findall(
        r"^\| ((?:`[a-z-]+`(?:, )?)+) \| ([\d, ]+) \|", (ROOT / "docs" / "integrate.md").read_text(), re.MULTILINE
    )
    told = {pair for names, statuses in rows for pair in zip(names.split(", "), statuses.split(", "), strict=True)}
    assert {(f"`{kind}`", str(status)) for kind, status in kinds(KinerjaError)} == told
