"""Sorts out what a person brought: a policy, tables of units, people, special days, changes; read, not yet judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from kit.files.documents import Document, read_document
from kit.files.errors import Mistakes, Place
from kit.files.tables import Columns, Line, read_table
from services.registry.calendars.rules import days
from services.registry.imports.rules import changes, servants, units

KINDS = {
    "policy.yaml": "policy",
    "policy.yml": "policy",
    "units.csv": "units",
    "units.xlsx": "units",
    "servants.csv": "servants",
    "servants.xlsx": "servants",
    "calendar.csv": "calendar",
    "calendar.xlsx": "calendar",
    "changes.csv": "changes",
    "changes.xlsx": "changes",
}
_NAMES = (
    "policy.yaml; units, servants, calendar and changes as .csv or .xlsx",
    "policy.yaml; units, servants, calendar, dan changes sebagai .csv atau .xlsx",
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one file."""

    file: str
    lines: Sequence[Line]


@dataclass(slots=True)
class Brought:
    """What could be read; None where a file was not brought or cannot be read."""

    policy: Document | None = None
    units: Table | None = None
    people: Table | None = None
    calendar: Table | None = None
    changes: Table | None = None
    unread: set[str] = field(default_factory=set)
    """Kinds that were brought and cannot be read: what they would have said is not missed as well."""


def read_all(uploads: Sequence[Upload], mistakes: Mistakes) -> Brought:
    """Read every file by its name."""
    brought, names = Brought(), dict[str, str]()
    if not uploads:
        mistakes.add(Place("-"), ("no file was sent", "tidak ada berkas yang dikirim"), _named())
    for upload in uploads:
        kind = KINDS.get(PurePath(upload.name).name.lower())
        if kind is None:
            wrong = (f"'{upload.name}' is not a name known here", f"nama berkas '{upload.name}' tidak dikenal")
            mistakes.add(Place(upload.name), wrong, _named())
        elif kind in names:
            wrong = (f"there is {names[kind]} already", f"sudah ada {names[kind]}")
            mistakes.add(Place(upload.name), wrong, ("send one of the two", "kirim salah satunya"))
        else:
            names[kind] = upload.name
            _read(kind, upload, brought, mistakes)
    tables = {"units": brought.units, "servants": brought.people}
    read = {"policy": brought.policy, "calendar": brought.calendar, "changes": brought.changes, **tables}
    brought.unread = {kind for kind in names if read[kind] is None}
    return brought


def _read(kind: str, upload: Upload, brought: Brought, mistakes: Mistakes) -> None:
    match kind:
        case "policy":
            brought.policy = read_document(upload.name, upload.content, mistakes)
        case "units":
            brought.units = _table(upload, units.COLUMNS, mistakes)
        case "calendar":
            brought.calendar = _table(upload, days.COLUMNS, mistakes)
        case "changes":
            brought.changes = _table(upload, changes.COLUMNS, mistakes)
        case _:
            brought.people = _table(upload, servants.COLUMNS, mistakes)


def _table(upload: Upload, columns: Columns, mistakes: Mistakes) -> Table | None:
    before = len(mistakes.found)
    lines = read_table(upload.name, upload.content, columns, mistakes)
    return Table(upload.name, lines) if lines or len(mistakes.found) == before else None


def _named() -> tuple[str, str]:
    return f"the files are {_NAMES[0]}", f"berkasnya {_NAMES[1]}"
