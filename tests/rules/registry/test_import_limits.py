"""Every limit of what an import reads: one more is refused with its place, as much as allowed is not."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from kit.files import limits
from kit.files.errors import MISTAKES, FileErrors
from kit.files.limits import Limit
from services.registry.calendars.rules import days
from services.registry.imports.rules import changes, competences, servants, units
from services.registry.imports.rules.submission import Upload, read_all
from tests.support.hostile_files import PARTS, workbook

Made = Callable[[int], list[Upload]]
Placed = tuple[str, int, int]


class Case(NamedTuple):
    """Files with exactly so many of what is limited, and where one more is noted."""

    made: Made
    at: Placed


def _csv(kind: str, body: bytes | str) -> list[Upload]:
    return [Upload(f"{kind}.csv", body if isinstance(body, bytes) else body.encode())]


def _yaml(body: str) -> list[Upload]:
    return [Upload("policy.yaml", body.encode())]


def _rows(kind: str, columns: tuple[str, ...]) -> Made:
    return lambda count: _csv(kind, ",".join(columns) + "\n" + "x\n" * count)


def _bytes_in_three(count: int) -> list[Upload]:
    half = b"x" * (limits.ALL_BYTES.most // 2)
    rest = b"x" * (count - 2 * len(half))
    return [Upload("units.csv", half), Upload("servants.csv", half), Upload("changes.csv", rest)]


def _zeros(count: int) -> Iterator[bytes]:
    inside = sum(len(part) for part in PARTS.values())
    whole, rest = divmod(count - inside, 1_000_000)
    yield from (b"\0" * 1_000_000 for _ in range(whole))
    yield b"\0" * rest


def _parts(count: int) -> list[Upload]:
    return [Upload("units.xlsx", workbook({f"xl/media/{n}.png": b"" for n in range(count - len(PARTS))}))]


def _cells(count: int) -> list[Upload]:
    """Blank ones in lines of two hundred, behind a header of four."""
    whole, rest = divmod(count - 4, 200)
    return _csv("units", b"code,name,kind,parent_code\n" + (b"," * 199 + b"\n") * whole + b"," * max(0, rest - 1))


CASES = {
    "FILES": Case(lambda count: [Upload(f"{n}.csv", b"x") for n in range(count)], ("10.csv", 1, 1)),
    "FILE_BYTES": Case(lambda count: _csv("units", b"x" * count), ("units.csv", 1, 1)),
    "ALL_BYTES": Case(_bytes_in_three, ("changes.csv", 1, 1)),
    "UNPACKED_BYTES": Case(
        lambda count: [Upload("units.xlsx", workbook({"xl/media/image.png": _zeros(count)}))], ("units.xlsx", 1, 1)
    ),
    "PARTS": Case(_parts, ("units.xlsx", 1, 1)),
    "LINES": Case(
        lambda count: _csv("units", "code,name,kind,parent_code" + "\n" * count), ("units.csv", 1_048_577, 1)
    ),
    "ROWS": Case(_rows("servants", servants.COLUMNS.required), ("servants.csv", 150_002, 1)),
    "UNITS": Case(_rows("units", units.COLUMNS.required), ("units.csv", 10_002, 1)),
    "DAYS": Case(_rows("calendar", days.COLUMNS.required), ("calendar.csv", 2_002, 1)),
    "CHANGES": Case(_rows("changes", changes.COLUMNS.required), ("changes.csv", 2_002, 1)),
    "COMPETENCES": Case(_rows("competences", competences.COLUMNS.required), ("competences.csv", 20_002, 1)),
    "COLUMNS": Case(lambda count: _csv("units", "x" + ",x" * (count - 1)), ("units.csv", 1, 100)),
    "CELLS": Case(_cells, ("units.csv", 100_001, 100)),
    "CELL": Case(
        lambda count: _csv("units", "code,name,kind,parent_code\n1," + "x" * count + ",,"), ("units.csv", 2, 2)
    ),
    "DOCUMENT": Case(lambda count: _yaml("a: 1\n#".ljust(count, "x")), ("policy.yaml", 1, 1)),
    "VALUES": Case(lambda count: _yaml("a:\n" + "- 1\n" * (count - 3)), ("policy.yaml", 9_999, 3)),
    "DEPTH": Case(lambda count: _yaml("a: " + "[" * (count - 1) + "x" + "]" * (count - 1)), ("policy.yaml", 1, 24)),
    "TEXT": Case(lambda count: _yaml("a: " + "x" * count), ("policy.yaml", 1, 4)),
    "DIGITS": Case(lambda count: _yaml("a: 0." + "1" * (count - 1)), ("policy.yaml", 1, 4)),
    "NUMBER": Case(lambda count: _yaml(f"a: {count}"), ("policy.yaml", 1, 4)),
}


def _said(files: list[Upload], limit: Limit) -> list[Placed]:
    errors = FileErrors()
    read_all(files, errors)
    words = f"there are more than {limit.most:,} {limit.counted[0]}"
    return [(one.file, one.line, one.column) for one in errors.in_order() if one.wrong.en == words]


def test_every_limit_is_tried_here() -> None:
    assert {name for name, one in vars(limits).items() if isinstance(one, Limit)} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_one_more_than_the_limit_is_refused_where_it_stands(name: str) -> None:
    limit: Limit = getattr(limits, name)
    assert _said(CASES[name].made(limit.most + 1), limit) == [CASES[name].at]


@pytest.mark.parametrize("name", CASES)
def test_as_many_as_the_limit_are_not(name: str) -> None:
    limit: Limit = getattr(limits, name)
    assert _said(CASES[name].made(limit.most), limit) == []


def test_of_all_mistakes_the_first_hundred_are_told_and_the_others_counted() -> None:
    errors = FileErrors()
    read_all(_csv("units", "code,name,kind,parent_code\n" + "x\n" * 5_000), errors)
    assert errors.total == 5_000
    assert [one.line for one in errors.in_order()] == list(range(2, MISTAKES + 2))
    assert len(errors.found) < 2 * MISTAKES
