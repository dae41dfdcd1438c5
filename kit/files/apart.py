"""Has one table read in a process aside, so that no file, whatever it holds, holds up or fills whoever serves others."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from kit.aside.bounds import Bounds, Exhausted
from kit.aside.places import Places
from kit.aside.process import Part, aside
from kit.chunks import in_chunks
from kit.files.errors import FileError, FileErrors, quoted
from kit.files.forms import Form, read_form
from kit.files.tables import Line
from kit.files.uploads import Sent, too_much

NAME = f"{__name__}:Reader"
LITTLE = Bounds(memory=400_000_000, seconds=30, patience=90, answer=40_000_000)
"""For a file of one person or one unit."""
_ROWS = 200
_FORM = TypeAdapter(Form)
_ERRORS = TypeAdapter(list[FileError])


def some_at_once() -> Places:
    """For one process of an API: two files are read at once, one of each city."""
    return Places(2, each=1, patience=20)


@dataclass(slots=True)
class ReadTable:
    """What a file says, and what is wrong with it so far."""

    file: str
    sha256: str = ""
    lines: list[Line] = field(default_factory=list)
    errors: FileErrors = field(default_factory=FileErrors)


class Reader:
    """Runs aside."""

    def read(self, about: Mapping[str, Any], parts: Iterator[bytes]) -> Iterator[Sequence[Any]]:
        """The digest of the file, its mistakes, its columns, and its lines some hundred at a time."""
        content, errors = next(parts), FileErrors()
        yield "sha256", hashlib.sha256(content).hexdigest()
        lines = read_form(about["file"], content, _FORM.validate_python(about["form"]), errors)
        yield "found", [errors.total, _ERRORS.dump_python(errors.in_order(), mode="json")]
        if lines:
            yield "columns", [lines[0].fields, lines[0].sheet]
        for some in in_chunks(lines, _ROWS):
            yield "lines", [[line.number, list(line.cells)] for line in some]


async def read_apart(sent: Sent, form: Form, city: str, places: Places, *, bounds: Bounds = LITTLE) -> ReadTable:
    """The table of one file. Raises InvalidFiles for one that takes too much, NotReady where others are being read."""
    name = quoted(sent.name)
    found, fields, sheet = ReadTable(name), {}, ""
    about = {"file": name, "form": _FORM.dump_python(form, mode="json")}
    async with places.one(city), aside(NAME, bounds) as process:
        try:
            async for what, said in process.ask("read", about, Part(sent.size, sent.read)):
                match what:
                    case "sha256":
                        found.sha256 = said
                    case "found":
                        found.errors.total, found.errors.ended = said[0], _ERRORS.validate_python(said[1])
                    case "columns":
                        fields, sheet = said
                    case "lines":
                        found.lines += [Line(name, number, cells, fields, None, sheet) for number, cells in said]
        except Exhausted as error:
            raise too_much(name, error) from error
    return found
