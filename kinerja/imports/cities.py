"""Which city files are of, and which files are one import."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from kinerja.places import FILES
from kinerja.stack.errors import StackError

_SCOPE = re.compile(rb"""^scope:\s*["']?(\d{2}\.\d{2})""", re.MULTILINE)
_LOOKED_AT = 1_000
"""Lines, and characters of each, in which a code is looked for; what is wrong with a file the registry says."""
_SEPARATOR = re.compile("[,;\t]")
_CODE = re.compile(r"(\d{2}\.\d{2})(\..+)?")


def imports_of(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """A directory is one import; single files together are one."""
    single = [path for path in paths if path.is_file()]
    for directory in (path for path in paths if path.is_dir()):
        inside = [directory / name for name in FILES if (directory / name).is_file()]
        if not inside:
            raise StackError(f"{directory} holds none of {', '.join(FILES)}")
        yield inside
    if single:
        yield single


def city_of(files: Sequence[Path]) -> str:
    """From the policy's scope, else from the first unit code in a table."""
    for path in files:
        if path.suffix in (".yaml", ".yml") and (scope := _SCOPE.search(path.read_bytes())):
            return scope[1].decode()
    for path in files:
        if path.suffix == ".csv" and (code := _first_code(path)):
            return code
    raise StackError("no file says which city this is: add --city, e.g. --city 14.72")


def _first_code(path: Path) -> str | None:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for line in islice(file, _LOOKED_AT):
            for cell in _SEPARATOR.split(line[:_LOOKED_AT]):
                if code := _CODE.fullmatch(cell.strip().strip('"')):
                    return code[1]
    return None
