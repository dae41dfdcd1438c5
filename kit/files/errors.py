"""What is wrong in a file, where, and how to fix it; collected, so that a person sees all of it at once.

A broken file can hold a mistake in every cell: the first hundred are kept in words, of the others only how many there are.
"""

from dataclasses import dataclass

from contracts.base import Words

MISTAKES = 100
"""So many are told: who mends the first hundred sees the next hundred."""
LONGEST = 400
"""Characters of what is said of one mistake; what a file holds is quoted in it."""
SHOWN = 60
"""Characters of what is quoted from a file."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, counted from 1; in tables ``column`` is the number of the field."""

    file: str
    line: int = 1
    column: int = 1
    sheet: str = ""
    """Of a workbook with several; empty in a text file."""


@dataclass(frozen=True, slots=True)
class FileError:
    """One error in words that a personnel officer can act on."""

    file: str
    line: int
    column: int
    wrong: Words
    fix: Words
    sheet: str = ""


class FileErrors:
    """The errors found so far."""

    def __init__(self) -> None:
        self.total = 0
        """All that were found."""
        self.found: list[FileError] = []
        """Those that are kept: at least the first hundred by their place."""
        self.ended: list[FileError] = []
        """Why a file was read no further; always told, whatever else is wrong before."""
        self.warnings: list[FileError] = []
        """What is allowed, but should be known to who answers for it; these are no errors."""
        self.told: set[tuple[str, int, int]] = set()
        """Places of which no more is said: what is wrong there is known, what follows from it is not told as well."""

    @property
    def full(self) -> bool:
        """Whether a hundred are kept: further ones need no advice that costs time."""
        return len(self.found) >= MISTAKES

    def add(self, place: Place, wrong: tuple[str, str], fix: tuple[str, str], *, ends: bool = False) -> None:
        """Note one; texts are (English, Indonesian). With ``ends`` the file is read no further."""
        if (place.file, place.line, place.column) in self.told:
            return
        self.total += 1
        one = FileError(place.file, place.line, place.column, _words(wrong), _words(fix), place.sheet)
        if ends:
            self.ended.append(one)
        else:
            _keep(self.found, one)

    def warn(self, place: Place, wrong: tuple[str, str], fix: tuple[str, str]) -> None:
        """Note something that is allowed; texts are (English, Indonesian)."""
        _keep(self.warnings, FileError(place.file, place.line, place.column, _words(wrong), _words(fix), place.sheet))

    def take(self, others: "FileErrors") -> None:
        """Note what was found elsewhere as well."""
        self.total += others.total
        self.ended += others.ended
        for one in others.found:
            _keep(self.found, one)
        for one in others.warnings:
            _keep(self.warnings, one)

    def in_order(self) -> list[FileError]:
        """A hundred by file, line and column, as a reader goes through them: the first, and why reading ended."""
        return _first([*self.ended, *_first(self.found)[: MISTAKES - len(self.ended)]])

    def warnings_in_order(self) -> list[FileError]:
        """Likewise."""
        return _first(self.warnings)

    def __bool__(self) -> bool:
        return self.total > 0


def quoted(value: object) -> str:
    """What stands in a file as it can be shown to anybody: short, and without characters that nobody sees."""
    text = value if isinstance(value, str) else type(value).__name__ if _is_large(value) else str(value)
    return _seen(text, SHOWN)


def _is_large(value: object) -> bool:
    """Whether its text could be of any length."""
    return isinstance(value, dict | list | tuple | set) or (isinstance(value, int) and value.bit_length() > SHOWN)


def _keep(kept: list[FileError], one: FileError) -> None:
    kept.append(one)
    # Sorted once in a hundred: so many mistakes cost little, and little memory, in whatever order they are found.
    if len(kept) >= 2 * MISTAKES:
        kept[:] = _first(kept)


def _first(found: list[FileError]) -> list[FileError]:
    return sorted(found, key=lambda one: (one.file, one.line, one.column))[:MISTAKES]


def _words(text: tuple[str, str]) -> Words:
    return Words(en=_seen(text[0], LONGEST), id=_seen(text[1], LONGEST))


def _seen(text: str, longest: int) -> str:
    short = text if len(text) <= longest else text[: longest - 3] + "..."
    if short.isprintable():
        return short
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in short)
