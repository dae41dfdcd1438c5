"""The table of people of an import: our own layout, or an office's whose columns were confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kit.files import limits
from kit.files.errors import FileErrors, Place
from kit.files.lines import RawLine
from kit.files.sheets import FIRST, Sheet, read_sheet
from kit.files.tables import Line, fields_of
from kit.files.workbook import Number
from services.registry.imports.rules import headers, servants
from services.registry.imports.rules.cells_read import Reading
from services.registry.imports.rules.known import Known
from services.registry.imports.rules.mapping import Proposal, applied, proposed
from services.registry.imports.rules.neighbours import ask_for_zeros
from services.registry.imports.rules.normalising import Normaliser
from services.registry.imports.rules.notes import Notes
from services.registry.imports.rules.people_lines import Source

_OURS = 5
"""So many of our own columns make a table ours, though others be wrong."""
_WHOLE = 100
"""More than any header scores."""


def score(lines: Sequence[RawLine]) -> int:
    """How much the first lines look like a table of people."""
    return _WHOLE if _plain(lines) is not None else headers.score(lines)


def read_people(file: str, content: bytes, errors: FileErrors) -> Sheet | None:
    """The sheet with people; None with the reason noted."""
    return read_sheet(file, content, score, limits.ROWS, errors)


def lines_of(
    file: str, sheet: Sheet, known: Known, units: Mapping[str, str], notes: Notes, errors: FileErrors
) -> list[Line] | None:
    """The lines in our layout; None where the columns are wrong, or not confirmed yet."""
    before = errors.total
    source, answers = _source(file, sheet, known, notes, errors)
    if source is None or errors.total > before:
        return None
    return Normaliser(Reading(source, answers, notes, errors), known, units).lines()


def _plain(lines: Sequence[RawLine], least: int = len(servants.COLUMNS.required)) -> int | None:
    """The line of our own header, from 0: the names as they are documented."""
    for at, (_, cells) in enumerate(lines[:FIRST]):
        if len({cell.strip() for cell in cells} & set(servants.COLUMNS.all)) >= least:
            return at
    return None


def _source(
    file: str, sheet: Sheet, known: Known, notes: Notes, errors: FileErrors
) -> tuple[Source | None, Mapping[str, Mapping[str, str]]]:
    ours, found = _plain(sheet.lines, _OURS), headers.find(sheet.lines[:FIRST])
    if ours is not None:
        number, cells = sheet.lines[ours]
        width = max(at + 1 for at, cell in enumerate(cells) if cell.strip())
        fields = fields_of(file, (number, cells[:width]), servants.COLUMNS, errors, sheet.name)
        own = known.mappings.get("servants")
        answers = _joined(own.answers if own else {}, known.answers)
        return (
            None if fields is None else Source(file, sheet, ours + 1, width, fields, len(cells), plain=True)
        ), answers
    if found is None:
        fields_of(file, sheet.lines[0], servants.COLUMNS, errors, sheet.name)
        return None, {}
    proposal = proposed(file, sheet.name, found)
    confirmed = known.mappings.get(proposal.key)
    if confirmed is None:
        _ask(proposal, notes, errors)
        return None, {}
    written = max(len(cells) for _, cells in sheet.lines[: found.after])
    source = Source(file, sheet, found.after, len(found.labels), applied(found, confirmed), written, plain=False)
    return source, _joined(confirmed.answers, known.answers)


def _joined(*answers: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    whole: dict[str, dict[str, str]] = {}
    for one in answers:
        for name, said in one.items():
            whole[name] = {**whole.get(name, {}), **said}
    return whole


def _ask(proposal: Proposal, notes: Notes, errors: FileErrors) -> None:
    notes.mappings.append(proposal.told())
    used = ", ".join(f"{label} = {name}" for name, label in proposal.columns.items())
    wrong = (
        f"the columns of this table are not confirmed yet; proposed: {used}",
        f"kolom tabel ini belum dikonfirmasi; usulan: {used}",
    )
    fix = (
        "confirm or change the proposed mapping once; it is remembered",
        "konfirmasi atau ubah usulan ini sekali; akan diingat",
    )
    errors.add(Place(proposal.file, proposal.line, 1, proposal.sheet), wrong, fix)


def with_codes(lines: Sequence[Line], known: Known, notes: Notes, errors: FileErrors) -> list[Line]:
    """Lines of units; a code that its sheet holds as a number is asked for, or is what the office answered."""
    return [_with_codes(line, known, notes, errors) for line in lines]


def _with_codes(line: Line, known: Known, notes: Notes, errors: FileErrors) -> Line:
    cells: list[Any] = list(line.cells)
    for column in ("code", "parent_code"):
        at = line.fields.get(column)
        if at is None or not isinstance(cells[at], Number):
            continue
        text = str(cells[at])
        answer = known.answers.get("unit_code", {}).get(text)
        if answer is not None:
            notes.change("unit_code", text, answer)
            cells[at] = answer
            continue
        asked, place = ask_for_zeros(text), line.at(column)
        notes.ask(place, "unit_code", text, asked.why, asked.choices)
        errors.told.add((place.file, place.line, place.column))
    return replace(line, cells=cells)
