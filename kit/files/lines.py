"""Passes on the lines of a table as long as there are not too many of them, nor too much on one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kit.files import limits
from kit.files.characters import judge_characters, one_line
from kit.files.errors import FileErrors, Place
from kit.files.limits import Limit

RawLine = tuple[int, Sequence[str]]
"""Line number and the cells on it."""


def bounded(
    file: str,
    lines: Iterable[RawLine],
    most: Limit,
    errors: FileErrors,
    *,
    clean: bool = False,
    sheet: str = "",
    cell: Limit = limits.CELL,
) -> Iterator[RawLine]:
    """Those that are not blank, ``most`` of them and a header; reading ends at the first limit passed, which is noted.

    With ``clean`` what nobody sees becomes a blank instead of an error, and every cell one line.
    """
    rows = cells = 0
    for number, line in lines:
        cells += len(line)
        filled = any(one.strip() for one in line)
        rows += filled
        passed = _passed((number, limits.LINES), (rows - 1, most), (cells, limits.CELLS))
        if filled and passed is None:
            passed = limits.COLUMNS if len(line) > limits.COLUMNS.most else None
        if passed is not None:
            passed.note(Place(file, number, min(len(line), limits.COLUMNS.most) or 1, sheet), errors, ends=True)
            return
        if filled:
            whole = [one_line(one) for one in line] if clean else line
            yield number, _judged(Place(file, number, sheet=sheet), whole, cell, errors)


def _passed(*counts: tuple[int, Limit]) -> Limit | None:
    return next((limit for count, limit in counts if count > limit.most), None)


def _judged(start: Place, line: Sequence[str], most: Limit, errors: FileErrors) -> Sequence[str]:
    """A cell that is no text of any use is noted, and blank from here on: it is never quoted nor recorded."""
    wrong = [index for index, cell in enumerate(line) if not _holds(start, index + 1, cell, most, errors)]
    return ["" if index in wrong else cell for index, cell in enumerate(line)] if wrong else line


def _holds(start: Place, column: int, cell: str, most: Limit, errors: FileErrors) -> bool:
    if len(cell) <= most.most and cell.isascii() and cell.isprintable():
        return True
    place = replace(start, column=column)
    if len(cell) > most.most:
        most.note(place, errors)
        return False
    return judge_characters(cell, place, errors)
