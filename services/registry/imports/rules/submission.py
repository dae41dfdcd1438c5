"""Sorts out what a person submitted: a policy, tables of units, people, special days, changes; read, not yet judged."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from kit.files import limits
from kit.files.documents import Document, read_document
from kit.files.encodings import is_page
from kit.files.errors import FileErrors, Place, quoted
from kit.files.sheets import Sheet
from kit.files.tables import Columns, Line, read_table
from services.registry.calendars.rules import days
from services.registry.imports.rules import changes, competences, units
from services.registry.imports.rules.people_table import read_people, score

KINDS = {
    "policy.yaml": "policy",
    "policy.yml": "policy",
    "units.csv": "units",
    "units.xlsx": "units",
    "servants.csv": "servants",
    "servants.xlsx": "servants",
    "servants.xls": "servants",
    "calendar.csv": "calendar",
    "calendar.xlsx": "calendar",
    "changes.csv": "changes",
    "changes.xlsx": "changes",
    "competences.csv": "competences",
    "competences.xlsx": "competences",
}
_TABLES = (".csv", ".xlsx", ".xls", ".xlsm", ".txt", ".tsv")
_NAMES = (
    "policy.yaml; units, servants, calendar, changes and competences as .csv or .xlsx",
    "policy.yaml; units, servants, calendar, changes, dan competences sebagai .csv atau .xlsx",
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


@dataclass(frozen=True, slots=True)
class People:
    """The sheet with people as it came."""

    file: str
    sheet: Sheet


@dataclass(slots=True)
class Submission:
    """What could be read; None where a file was not submitted or cannot be read."""

    policy: Document | None = None
    units: Table | None = None
    sheet: People | None = None
    """The table of people as it came; ``people`` is what it says once its columns are known."""
    people: Table | None = None
    calendar: Table | None = None
    changes: Table | None = None
    competences: Table | None = None
    names: dict[str, str] = field(default_factory=dict)
    """By kind: what its file is called."""
    bytes: int = 0
    """Of all files so far."""

    @property
    def columns(self) -> dict[str, dict[str, int]]:
        """By kind of table: the place of each column in a line, from 0."""
        return {
            kind: table.lines[0].fields if table.lines[0].places is None else table.lines[0].places
            for kind, table in self._tables.items()
            if table is not None and table.lines
        }

    @property
    def unread(self) -> set[str]:
        """Kinds that were submitted and cannot be read: what they would have said is not missed as well."""
        return {kind for kind in self.names if (self._tables | {"policy": self.policy})[kind] is None}

    @property
    def _tables(self) -> dict[str, Table | None]:
        named = {"units": self.units, "servants": self.people, "calendar": self.calendar}
        return named | {"changes": self.changes, "competences": self.competences}


def read_all(uploads: Iterable[Upload], errors: FileErrors) -> Submission:
    """Read every file by its name."""
    submission = Submission()
    for _ in reading(uploads, submission, errors):
        pass
    return submission


def reading(uploads: Iterable[Upload], submission: Submission, errors: FileErrors) -> Iterator[str]:
    """Read them one after the other, and say of each what it is called before it is read."""
    number = 0
    for number, upload in enumerate(uploads, start=1):
        yield upload.name
        if number > limits.FILES.most:
            limits.FILES.note(Place(quoted(upload.name)), errors, ends=True)
            return
        _take(submission, upload, errors)
    if number == 0:
        errors.add(Place("-"), ("no file was sent", "tidak ada berkas yang dikirim"), _named())


def _take(submission: Submission, upload: Upload, errors: FileErrors) -> None:
    name = quoted(upload.name)
    kind, sheet = KINDS.get(PurePath(upload.name).name.lower()), None
    if kind is None:
        kind, sheet = _by_content(upload, errors)
    submission.bytes += len(upload.content)
    if kind is None:
        wrong = (f"'{name}' is not a name known here", f"nama berkas '{name}' tidak dikenal")
        errors.add(Place(name), wrong, _named())
    elif kind in submission.names:
        wrong = (f"there is {submission.names[kind]} already", f"sudah ada {submission.names[kind]}")
        errors.add(Place(name), wrong, ("send one of the two", "kirim salah satunya"))
    else:
        submission.names[kind] = upload.name
        counts = ((len(upload.content), limits.FILE_BYTES), (submission.bytes, limits.ALL_BYTES))
        passed = next((limit for count, limit in counts if count > limit.most), None)
        if passed is None and sheet is not None:
            submission.sheet = People(upload.name, sheet)
        elif passed is None:
            _read(kind, upload, submission, errors)
        else:
            passed.note(Place(name), errors, ends=True)


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
        case "competences":
            submission.competences = _table(upload, competences.COLUMNS, errors)
        case _:
            sheet = read_people(upload.name, upload.content, errors)
            submission.sheet = None if sheet is None else People(upload.name, sheet)


def _by_content(upload: Upload, errors: FileErrors) -> tuple[str | None, Sheet | None]:
    """An office's file has its own name: a table of people is one whatever it is called; read once where nothing is wrong."""
    if not upload.name.lower().endswith(_TABLES) or len(upload.content) > limits.FILE_BYTES.most:
        return None, None
    if is_page(upload.content):
        return "servants", None
    nothing = FileErrors()
    found = read_people(upload.name, upload.content, nothing)
    if nothing:
        return "servants", None  # what cannot be read as a table at all is told as such: its name is the least of it
    if found is None or not score(found.lines):
        return None, None
    errors.take(nothing)  # warnings alone: in which encoding it was read
    return "servants", found


def _table(upload: Upload, columns: Columns, errors: FileErrors) -> Table | None:
    before = errors.total
    lines = read_table(upload.name, upload.content, columns, errors)
    return Table(upload.name, lines) if lines or errors.total == before else None


def _named() -> tuple[str, str]:
    return f"the files are {_NAMES[0]}", f"berkasnya {_NAMES[1]}"
