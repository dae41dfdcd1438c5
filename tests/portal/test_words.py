"""Words of pages: in both languages, with the same values, all known and all used."""

import re
from pathlib import Path

import pytest

from contracts.obligations import ObligationKind
from contracts.registry.personnel import ChangeKind
from services.portal.duties.places import PLACES
from services.portal.web.numbers import MOST_PAGES, page_number
from services.portal.web.rendering import environment
from services.portal.web.words import ROOMS, catalogue
from services.registry.imports.rules.report import Report

_ASKED = re.compile(r"""(?:\bt|\bsay)\(\s*(?:[\w.]+,\s*)?f?["']([\w.{}\[\]()]+)["']""")
_VALUES = re.compile(r"\{(\w+)")


def _texts() -> dict[Path, str]:
    return {file: file.read_text() for file in [*ROOMS.rglob("*.html"), *ROOMS.rglob("*.py")]}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_words_are_there_in_both_languages_with_the_same_values(key: str) -> None:
    text = catalogue()[key]
    assert set(text) == {"id", "en"}
    assert all(one.strip() for one in text.values())
    assert set(_VALUES.findall(text["id"])) == set(_VALUES.findall(text["en"]))


def test_whatever_a_page_asks_for_has_words() -> None:
    asked = {(str(file.relative_to(ROOMS)), key) for file, text in _texts().items() for key in _ASKED.findall(text)}
    unknown = {(where, key) for where, key in asked if "{" not in key and not key.endswith(("_", ".")) and "." in key}
    assert {one for one in unknown if one[1] not in catalogue()} == set()


def test_no_words_are_left_over() -> None:
    everything = "\n".join(_texts().values())
    # Keys that are put together: what stands before the part that varies is written somewhere.
    stems = {stem for one in re.findall(r"""["'](\w+\.\w*?)(?:\{|["']\s*~)""", everything) for stem in (one,)}
    left = [key for key in catalogue() if key not in everything and not any(key.startswith(one) for one in stems)]
    assert left == []


def test_every_obligation_leads_to_a_page_and_says_what_happens_otherwise() -> None:
    assert set(PLACES) == set(ObligationKind)
    assert {f"tasks.otherwise_{one.value.lower()}" for one in ObligationKind} <= set(catalogue())


def test_whatever_an_import_counts_has_words() -> None:
    kinds, outcomes = set(Report().counts()), {one for ended in Report().counts().values() for one in ended}
    named = {f"imports.kind_{one}" for one in kinds} | {f"imports.outcome_{one.replace(' ', '_')}" for one in outcomes}
    of_changes = {f"interventions.change_{one.value}" for one in ChangeKind}
    assert (named | of_changes) - set(catalogue()) == set()


def test_a_page_has_a_number_whatever_is_typed() -> None:
    first = ("1", "0", "", "-2", "1e3", "²", "٣", "0" * 5000)
    assert {page_number(one) for one in first} == {1}
    assert [page_number(one) for one in ("7", "007", "100000")] == [7, 7, MOST_PAGES]
    assert {page_number(one) for one in ("100001", "9" * 7, "9" * 5000)} == {MOST_PAGES}


def test_every_template_can_be_read() -> None:
    names = [name for name in environment().list_templates() if not name.startswith("govuk_frontend_jinja")]
    assert names
    for name in names:
        environment().get_template(name)
