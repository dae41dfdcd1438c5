"""What is wrong in a file, where, and how to fix it; collected, so that a person sees all of it at once."""

from dataclasses import dataclass

from contracts.base import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, counted from 1; in tables ``column`` is the number of the field."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class FileError:
    """One error in words that a personnel officer can act on."""

    file: str
    line: int
    column: int
    wrong: Words
    fix: Words


class FileErrors:
    """The errors found so far."""

    def __init__(self) -> None:
        self.found: list[FileError] = []
        self.warnings: list[FileError] = []
        """What is allowed, but should be known to who answers for it; these are no errors."""

    def add(self, place: Place, wrong: tuple[str, str], fix: tuple[str, str]) -> None:
        """Note one; texts are (English, Indonesian)."""
        self.found.append(FileError(place.file, place.line, place.column, _words(wrong), _words(fix)))

    def warn(self, place: Place, wrong: tuple[str, str], fix: tuple[str, str]) -> None:
        """Note something that is allowed; texts are (English, Indonesian)."""
        self.warnings.append(FileError(place.file, place.line, place.column, _words(wrong), _words(fix)))

    def in_order(self) -> list[FileError]:
        """By file, line and column, as a reader goes through them."""
        return _in_order(self.found)

    def warnings_in_order(self) -> list[FileError]:
        """Likewise."""
        return _in_order(self.warnings)

    def __bool__(self) -> bool:
        return bool(self.found)


def _in_order(found: list[FileError]) -> list[FileError]:
    return sorted(found, key=lambda one: (one.file, one.line, one.column))


def _words(text: tuple[str, str]) -> Words:
    return Words(en=text[0], id=text[1])
