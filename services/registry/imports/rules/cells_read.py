"""Reads the cells of one line after the other: the office's answer before ours; what is wrong or ambiguous is noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kit.files.answers import Ask, Found, Wrong
from kit.files.errors import FileErrors, Place
from services.registry.imports.rules.notes import Notes
from services.registry.imports.rules.people_lines import Source


@dataclass(slots=True)
class Reading:
    """One table, with what the office answered and what was found in it so far."""

    source: Source
    answers: Mapping[str, Mapping[str, str]]
    notes: Notes
    errors: FileErrors
    read: dict[tuple[str, ...], Found] = field(default_factory=dict)
    """What each distinct value of a field came to: a hundred thousand people have some dozen grades."""

    def has(self, name: str) -> bool:
        """Whether the table has the field."""
        return name in self.source.columns

    def answer(self, name: str, *texts: str) -> str | None:
        """What the office said that any of these means."""
        said = self.answers.get(name, {})
        return next((said[one] for one in texts if one in said), None)


@dataclass(slots=True)
class At:
    """A line of the table while its cells are read."""

    reading: Reading
    number: int
    cells: Sequence[str]

    def cell(self, name: str) -> str:
        """As it is."""
        return self.reading.source.cell(self.cells, name)

    def text(self, name: str) -> str:
        """Without surrounding blanks."""
        return self.reading.source.cell(self.cells, name).strip()

    def place(self, name: str) -> Place:
        """Where the cell stands."""
        source = self.reading.source
        return Place(source.file, self.number, source.columns.get(name, 0) + 1, source.sheet.name)

    def refuse(self, name: str, wrong: Wrong) -> None:
        """Note what is wrong with a cell, and nothing more of it."""
        errors, place = self.reading.errors, self.place(name)
        errors.add(place, wrong.wrong, wrong.fix)
        errors.told.add((place.file, place.line, place.column))

    def ask(self, name: str, text: str, asked: Ask, *, named: str = "") -> None:
        """Note that the office has to say what a value means."""
        errors, place = self.reading.errors, self.place(name)
        self.reading.notes.ask(place, named or name, text, asked.why, asked.choices)
        errors.told.add((place.file, place.line, place.column))

    def take(self, name: str, text: str, read: Callable[[], Found], *more: str, named: str = "") -> str:
        """The value of a cell; ``more`` is what it depends on beside its text."""
        reading, named = self.reading, named or name
        if (answer := reading.answers.get(named, {}).get(text)) is not None:
            reading.notes.change(named, text, answer)
            return answer
        key = (named, text, *more)
        if (found := reading.read.get(key)) is None:
            found = reading.read[key] = read()
        if isinstance(found, str):
            if found != text and text and not (named == "email" and found == ""):
                reading.notes.change(named, text, found)
            return found
        if isinstance(found, Wrong):
            self.refuse(name, found)
        else:
            self.ask(name, text, found, named=named)
        return text
