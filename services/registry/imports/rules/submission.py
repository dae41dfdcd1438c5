"""Sorts out what a person submitted: a policy, tables of units, people, special days, changes; read, not yet judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from kit.files.documents import Document, read_document
from kit.files.errors import FileErrors, Place
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
class Submission:
    """What could be read; None where a file was not submitted or cannot be read."""

    policy: Document | None = None
    units: Table | None = None
    people: Table | None = None
    calendar: Table | None = None
    changes: Table | None = None
    unread: set[str] = field(default_factory=set)
    """Kinds that were submitted and cannot be read: what they would have said is not missed as well."""


def read_all(uploads: Sequence[Upload], errors: FileErrors) -> Submission:
    """Read every file by its name."""
    submission, names = Submission(), dict[str, str]()
    if not uploads:
        errors.add(Place("-"), ("no file was sent", "tidak ada berkas yang dikirim"), _named())
    for upload in uploads:
        kind = KINDS.get(PurePath(upload.name).name.lower())
        if kind is None:
            wrong = (f"'{upload.name}' is not a name known here", f"nama berkas '{upload.name}' tidak dikenal")
            errors.add(Place(upload.name), wrong, _named())
        elif kind in names:
            wrong = (f"there is {names[kind]} already", f"sudah ada {names[kind]}")
            errors.add(Place(upload.name), wrong, ("send one of the two", "kirim salah satunya"))
        else:
            names[kind] = upload.name
            _read(kind, upload, submission, errors)
    tables = {"units": submission.units, "servants": submission.people}
    read = {"policy": submission.policy, "calendar": submission.calendar, "changes": submission.changes, **tables}
    submission.unread = {kind for kind in names if read[kind] is None}
    return submission


def _read(kind: str, upload: Upload, submission: Submission, errors: FileErrors) -> None:
    match kind:
        case "policy":
            submission.policy = read_document(upload.name, upload.content, errors)
        case "units":
            submission.units = _table(upload, units.COLUMNS, errors)
        case "calendar":
            submission.calendar = _table(upload, days.COLUMNS, errors)
        case "changes":
            submission.changes = _table(upload, changes.COLUMNS, errors)
        case _:
            submission.people = _table(upload, servants.COLUMNS, errors)


def _table(upload: Upload, columns: Columns, errors: FileErrors) -> Table | None:
    before = errors.total
    lines = read_table(upload.name, upload.content, columns, errors)
    return Table(upload.name, lines) if lines or errors.total == before else None


def _named() -> tuple[str, str]:
    return f"the files are {_NAMES[0]}", f"berkasnya {_NAMES[1]}"
