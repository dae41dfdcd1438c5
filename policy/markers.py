"""What the comments of a policy document say about its values: law with its article, a place's own, or a placeholder.

``days: 14  # law: art. 29`` marks the line it stands on and all that is written below it. Clauses are parted by
semicolons, and one may speak of a single key: ``# law: art. 14; due_days: placeholder``. The field ``source`` of a
criterion is read in the same way, and speaks of the whole criterion.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from kit.files.documents import Document, Path
from kit.files.errors import FileErrors


class Kind(StrEnum):
    """What stands behind a value."""

    LAW = "LAW"
    """A regulation names it; the note says which article."""
    OWN = "OWN"
    """The province, city or unit chose it."""
    PLACEHOLDER = "PLACEHOLDER"
    """A default until somebody who may decide has decided."""


KINDS = {
    "law": Kind.LAW,
    "own": Kind.OWN,
    "province": Kind.OWN,
    "city": Kind.OWN,
    "unit": Kind.OWN,
    "placeholder": Kind.PLACEHOLDER,
}
_CLAUSE = re.compile(r"(?P<word>[a-z]+)(?: \w+)?(?::\s*(?P<note>.*)|$)", re.DOTALL)
_OF_ONE = re.compile(r"(?P<key>[a-z_]+):\s*(?P<rest>.*)", re.DOTALL)
_PARTS = re.compile(r";(?![^(]*\))")


class Mark(NamedTuple):
    """One clause."""

    kind: Kind
    note: str


@dataclass(slots=True)
class Marks:
    """What one comment says."""

    whole: Mark | None = None
    keys: dict[str, Mark] = field(default_factory=dict)


def marks_of(document: Document) -> dict[Path, Marks]:
    """By path: what comments and the sources of criteria say."""
    return {path: marks for path, text in _texts(document) if (marks := read_marks(text)) is not None}


def mark_at(path: Path, marks: Mapping[Path, Marks]) -> Mark | None:
    """What is said of a path by itself or by the nearest thing around it."""
    for length in range(len(path), -1, -1):
        said = marks.get(path[:length])
        if said is None:
            continue
        inside = [said.keys[part] for part in path[length:] if isinstance(part, str) and part in said.keys]
        if inside or said.whole is not None:
            return inside[-1] if inside else said.whole
    return None


def read_marks(text: str) -> Marks | None:
    """The clauses of a comment; prose after a mark belongs to its note. None if all of it is prose."""
    marks, last = Marks(), ""
    for clause in (part.strip() for part in _PARTS.split(text)):
        one = _OF_ONE.fullmatch(clause)
        if (whole := _mark(clause)) is not None:
            marks.whole, last = whole, ""
        elif one and (mark := _mark(one["rest"])) is not None:
            marks.keys[one["key"]], last = mark, one["key"]
        elif last:
            marks.keys[last] = _longer(marks.keys[last], clause)
        elif marks.whole is not None:
            marks.whole = _longer(marks.whole, clause)
    return marks if marks.whole or marks.keys else None


def _longer(mark: Mark, clause: str) -> Mark:
    return mark._replace(note="; ".join(part for part in (mark.note, clause) if part))


def judge(document: Document, errors: FileErrors) -> None:
    """Note markers that are misspelt, and law without its article."""
    for path, text in _texts(document):
        for clause in _PARTS.split(text):
            _judge_clause(document, path, clause.strip(), errors)


def _judge_clause(document: Document, path: Path, clause: str, errors: FileErrors) -> None:
    said, word = _mark(clause), clause.partition(":")[0]
    if said is not None and said.kind is Kind.LAW and not said.note:
        wrong = ("law is named without its article", "hukum disebut tanpa pasalnya")
        fix = ("write e.g. '# law: art. 29'", "tulis misalnya '# law: pasal 29'")
        errors.add(document.at(path), wrong, fix)
    elif said is None and (close := _meant(clause)):
        wrong = (f"'{word}' marks nothing", f"penanda '{word}' tidak dikenal")
        errors.add(document.at(path), wrong, (f"did you mean '{close}'?", f"maksudnya '{close}'?"))


def _meant(clause: str) -> str | None:
    word = clause.partition(":")[0].strip()
    if word in KINDS or not re.fullmatch(r"[a-z]+", word):
        return None
    close = difflib.get_close_matches(word, KINDS, n=1, cutoff=0.75)
    return close[0] if close else None


def _mark(clause: str) -> Mark | None:
    found = _CLAUSE.fullmatch(clause)
    if found is None or found["word"] not in KINDS:
        return None
    return Mark(KINDS[found["word"]], (found["note"] or "").strip())


def _texts(document: Document) -> Iterator[tuple[Path, str]]:
    yield from document.comments.items()
    criteria = document.data.get("criteria")
    for index, one in enumerate(criteria if isinstance(criteria, list) else ()):
        if isinstance(one, Mapping) and isinstance(one.get("source"), str):
            yield ("criteria", index), str(one["source"])
