"""Has one table read in a process aside, so that no file, whatever it holds, holds up or fills whoever serves others."""

from dataclasses import dataclass, field

from kit.aside.bounds import Bounds, Exhausted
from kit.aside.places import Places
from kit.aside.process import Part, aside
from kit.files.errors import FileErrors, quoted
from kit.files.forms import Form
from kit.files.reader import ERRORS, FORM, NAME
from kit.files.tables import Line
from kit.files.uploads import Sent, too_much

LITTLE = Bounds(memory=400_000_000, seconds=30, patience=90, answer=40_000_000)
"""For a file of one person or one unit."""


def some_at_once() -> Places:
    """For one process of an API: four files are read at once, two of one city, so that no city holds up the next."""
    return Places(4, each=2, patience=30)


@dataclass(slots=True)
class ReadTable:
    """What a file says, and what is wrong with it so far."""

    file: str
    sha256: str = ""
    lines: list[Line] = field(default_factory=list)
    errors: FileErrors = field(default_factory=FileErrors)


async def read_apart(sent: Sent, form: Form, city: str, places: Places, *, bounds: Bounds = LITTLE) -> ReadTable:
    """The table of one file. Raises InvalidFiles for one that takes too much, NotReady where others are being read."""
    name = quoted(sent.name)
    found, sheet = ReadTable(name), ""
    fields: dict[str, int] = {}
    about = {"file": name, "form": FORM.dump_python(form, mode="json")}
    async with places.one(city), aside(NAME, bounds) as process:
        try:
            async for what, said in process.ask("read", about, Part(sent.size, sent.read)):
                match what:
                    case "sha256":
                        found.sha256 = said
                    case "found":
                        found.errors.total, found.errors.ended = said[0], ERRORS.validate_python(said[1])
                    case "columns":
                        fields, sheet = said
                    case "lines":
                        found.lines += [Line(name, number, cells, fields, None, sheet) for number, cells in said]
        except Exhausted as error:
            raise too_much(name, error) from error
    return found
