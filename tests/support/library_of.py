"""Judges the committed policies with changes in them, as `kinerja policy check` and an import do."""

from pathlib import Path

from kinerja.library import CITIES, Library
from kit.files.documents import Document, read_document
from kit.files.errors import FileError, FileErrors
from policy.judgement import Effective

REGULATIONS = CITIES.parent / "regulations"


def text_of(place: str) -> str:
    """The committed policy of a place, or a regulation or province by its file."""
    path = CITIES / place / "policy.yaml"
    return (path if path.is_file() else CITIES.parent / place).read_text()


def document(text: str, file: str = "policy.yaml") -> Document:
    """From text that can be read."""
    errors = FileErrors()
    found = read_document(file, text.encode(), errors)
    assert found is not None, errors.found
    return found


def replaced(text: str, old: str, new: str) -> str:
    """With one change, which must be possible."""
    assert old in text
    return text.replace(old, new, 1)


def line_of(text: str, words: str) -> int:
    """The first line that holds some words, counted from 1."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if words in line)


def judged_as_file(text: str, *beside: str, directory: Path = CITIES) -> tuple[Effective | None, list[FileError]]:
    """The effective policy of a text; ``beside`` are others that are given with it."""
    given = document(text)
    library = Library(directory, given=[given, *(document(one, "other.yaml") for one in beside)])
    errors = FileErrors()
    return library.judge(given, errors), errors.in_order()


def effective(text: str, *beside: str) -> Effective:
    """Of a text that holds."""
    found, errors = judged_as_file(text, *beside)
    assert found is not None, errors
    return found
