"""What runs aside to read a table: little is loaded with it, so that it begins at once and leaves memory to the file."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from kit.chunks import in_chunks
from kit.files.errors import FileError, FileErrors
from kit.files.forms import Form, read_form

NAME = f"{__name__}:Reader"
FORM = TypeAdapter(Form)
ERRORS = TypeAdapter(list[FileError])
_ROWS = 200


class Reader:
    """Runs aside."""

    def read(self, about: Mapping[str, Any], parts: Iterator[bytes]) -> Iterator[Sequence[Any]]:
        """The digest of the file, its mistakes, its columns, and its lines some hundred at a time."""
        content, errors = next(parts), FileErrors()
        yield "sha256", hashlib.sha256(content).hexdigest()
        lines = read_form(about["file"], content, FORM.validate_python(about["form"]), errors)
        yield "found", [errors.total, ERRORS.dump_python(errors.in_order(), mode="json")]
        if lines:
            yield "columns", [lines[0].fields, lines[0].sheet]
        for some in in_chunks(lines, _ROWS):
            yield "lines", [[line.number, list(line.cells)] for line in some]
