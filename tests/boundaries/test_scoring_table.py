"""The table of docs/scoring.md names rules, code and tests that are there, and each test names what its rule comes from."""

from tests.support.sources import defined, place, rows, unnamed

TABLE = list(rows("scoring.md", 4))


def test_every_rule_of_the_table_names_code_and_a_test_that_exist() -> None:
    assert len(TABLE) > 25
    for rule, source, code, test in TABLE:
        assert source, rule
        for cell in (code, test):
            path, name = place(cell)
            assert name in defined(path), f"{rule}: {cell}"


def test_every_test_of_the_table_names_what_its_rule_comes_from() -> None:
    """A part of a chapter (``docs/domain.md 6.4, 1``) is named with its chapter."""
    silent = {}
    for rule, source, _, test in TABLE:
        path, name = place(test)
        if missing := unnamed(source, path, name):
            silent[rule] = missing
    assert silent == {}


def test_every_test_that_names_a_source_stands_in_the_table() -> None:
    named = defined("tests/scoring/test_sources.py")
    listed = {place(row[3])[1] for row in TABLE}
    assert {name for name in named if name.startswith("test_")} <= listed
