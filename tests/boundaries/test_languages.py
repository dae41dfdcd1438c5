"""What people are told is wholly Indonesian or wholly English: every pair of texts in the code is looked at."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.support.languages import ENGLISH, INDONESIAN, strange

ROOT = Path(__file__).parents[2]
PACKAGES = ("contracts", "directory", "kit", "obligations", "policy", "scoring", "services")
PAIRS = {
    "Refused",
    "Invalid",
    "Forbidden",
    "NotFound",
    "Stale",
    "NotReady",
    "ReadOnly",
    "Unauthenticated",
    "KinerjaError",
    "forbidden",
}
"""Called with a text in English and the same in Indonesian."""


def _text(node: ast.expr) -> str | None:
    """The constant parts of a string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return " … ".join(part for part in map(_text, node.values) if part)
    if isinstance(node, ast.IfExp):
        return " ".join(text for text in (_text(node.body), _text(node.orelse)) if text)
    return None


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _arguments(node: ast.Call) -> tuple[ast.expr, ast.expr] | None:
    name, given = _called(node), node.args
    if name == "fault" and len(given) >= 3:
        return given[1], given[2]
    if name in PAIRS and len(given) >= 2:
        return given[0], given[1]
    named = {one.arg: one.value for one in node.keywords}
    return (named["en"], named["id"]) if {"en", "id"} <= named.keys() else None


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def _pairs() -> Iterator[tuple[str, str, str]]:
    """Where, English, Indonesian."""
    for name, tree in _trees():
        for node in ast.walk(tree):
            both = _arguments(node) if isinstance(node, ast.Call) else None
            if both and (en := _text(both[0])) is not None and (indonesian := _text(both[1])) is not None:
                yield f"{name}:{both[0].lineno}", en, indonesian


def test_no_text_mixes_the_languages() -> None:
    looked = list(_pairs())
    assert len(looked) > 500
    mixed = [(where, en, strange(en, INDONESIAN)) for where, en, _ in looked if strange(en, INDONESIAN)]
    mixed += [(where, text, strange(text, ENGLISH)) for where, _, text in looked if strange(text, ENGLISH)]
    assert mixed == []


def test_no_text_is_the_same_in_both_languages() -> None:
    assert [(where, en) for where, en, text in _pairs() if en == text and strange(en, ENGLISH | INDONESIAN)] == []


def test_what_is_wrong_in_a_place_of_a_request_is_said_in_both_languages() -> None:
    one_language = [
        f"{name}:{node.lineno}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "detail" and _text(value) is not None
    ]
    assert one_language == [], "write kit.errors.fault(where, en, id)"
