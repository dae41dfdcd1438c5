"""Records the changes of personnel of an import, one by one in the order of their days."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.policy import Words
from contracts.registry.personnel import ChangeKind, Status
from kit.conflicts import MEND
from kit.errors import Forbidden, KinerjaError, NotFound, Refused
from kit.files import limits
from kit.files.errors import FileError, FileErrors, Place
from services.registry.calendars.queries import today
from services.registry.imports.queries.recorded import Recorded
from services.registry.imports.rules.changes import PEOPLE, ChangeRow
from services.registry.imports.rules.judgement import Judged
from services.registry.imports.rules.report import CREATED, UNCHANGED, Report, RowDone
from services.registry.imports.rules.rows import ServantRow
from services.registry.personnel.commands.changes import record_change
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.queries import repeats
from services.registry.personnel.rules.effects import Effect, Wanted
from services.registry.servants.models import Servant
from services.registry.servants.rules.positions import PositionKind
from services.registry.servants.rules.relations import RelationSource
from services.registry.units.models import Unit

BY_FILE = "berkas pegawai / servants file"


class NotPossible(Exception):
    """Lines ask for what the rules forbid; nothing of the import is recorded."""

    def __init__(self, *errors: FileError) -> None:
        super().__init__("; ".join(one.wrong.en for one in errors))
        self.errors = errors


_FIX = Words(en="change this line or what is recorded", id="perbaiki baris ini atau data yang tercatat")


def _wrong(at: Place, error: KinerjaError, fix: Words) -> FileError:
    return FileError(at.file, at.line, at.column, Words(en=error.en, id=error.indonesian), fix)


async def record_changes(session: AsyncSession, judged: Judged, recorded: Recorded, report: Report) -> None:
    """Statuses that the file of people gives, then the changes file; raises NotPossible for the first that may not be."""
    statuses = list(_statuses(judged.people, recorded))
    # Each is a change of its own, with all that follows from it: the city is locked meanwhile.
    if len(statuses) + len(judged.changes) > limits.CHANGES.most:
        raise _too_many(judged.names["servants" if statuses else "changes"], statuses)
    await _record(session, judged, "servants", statuses, report)
    ordered = sorted(judged.changes, key=lambda row: (row.effective_on, row.line))
    await _record(session, judged, "changes", ordered, report)


def _too_many(file: str, statuses: Sequence[ServantRow]) -> NotPossible:
    line = statuses[limits.CHANGES.most].line if len(statuses) > limits.CHANGES.most else 1
    errors = FileErrors()
    limits.CHANGES.note(Place(file, line), errors)
    return NotPossible(errors.found[0])


def _statuses(people: Sequence[ServantRow], recorded: Recorded) -> Iterator[ServantRow]:
    """Whose status the file gives otherwise than it is recorded; nobody new is recorded as anything but active."""
    for row in people:
        before = recorded.people.get(row.nip)
        was = Status.ACTIVE if before is None else Status(before.status)
        if row.status is not None and row.status != was:
            yield row


async def _record(
    session: AsyncSession, judged: Judged, kind: str, rows: Sequence[ServantRow | ChangeRow], report: Report
) -> None:
    if not rows:
        return
    await session.flush()
    named = {name: value for row in rows for name, value in _names(row).items()}
    people = {
        row.nip: row.id
        for row in await session.execute(select(col(Servant.nip), col(Servant.id)).where(col(Servant.nip).in_(named)))
    }
    units = {row.code: row.id for row in await session.execute(select(col(Unit.code), col(Unit.id)))}
    of_them = select(col(PersonnelChange.id)).where(col(PersonnelChange.servant_id).in_(people.values()))
    known = set(await session.scalars(of_them))
    asked = [
        _of_file(session, row, people) if isinstance(row, ServantRow) else _wanted(row, people, units) for row in rows
    ]
    # A file of people says how it is now: a status is asked for only where another one is recorded, and is no repeat.
    of_file = await repeats.known(session, asked) if kind == "changes" else None
    conflicts: list[FileError] = []
    for row, wanted in zip(rows, asked, strict=True):
        try:
            change = await record_change(session, wanted, of_file=of_file)
        except (Refused, NotFound) as error:
            raise NotPossible(*conflicts, _wrong(judged.place(kind, row.line, "nip"), error, _FIX)) from error
        except Forbidden as error:
            # All of them are told at once: each line is another's to send.
            at = judged.place(kind, row.line, _conflicting(error, people, row))
            conflicts.append(_wrong(at, error, MEND))
            continue
        outcome = UNCHANGED if change.id in known else CREATED
        report.changes.append(RowDone(judged.names[kind], row.line, change.servant_id, row.nip, outcome, change.kind))
    if conflicts:
        raise NotPossible(*conflicts)


def _conflicting(error: Forbidden, people: Mapping[str, UUID], row: ServantRow | ChangeRow) -> str:
    """The column of the first person whom the conflict is with; the person's own where the line names nobody of them."""
    barred = {one["person_id"] for one in error.extra.get("conflicts", ())}
    named = (column for column in PEOPLE if str(people.get(getattr(row, column, None) or "")) in barred)
    return next(named, "nip")


def _names(row: ServantRow | ChangeRow) -> dict[str, None]:
    if isinstance(row, ServantRow):
        return {row.nip: None}
    nips = (row.nip, row.rater_nip, row.successor_nip, row.acting_nip)
    return dict.fromkeys(nip for nip in nips if nip is not None)


def _of_file(session: AsyncSession, row: ServantRow, people: Mapping[str, UUID]) -> Wanted:
    day = today(session)
    return Wanted(people[row.nip], ChangeKind.STATUS, day, Effect(status=row.status), BY_FILE)


def _wanted(row: ChangeRow, people: Mapping[str, UUID], units: Mapping[str, UUID]) -> Wanted:
    source = RelationSource.CORRECTION if row.kind is ChangeKind.CORRECTION else RelationSource.HIERARCHY
    if row.kind is ChangeKind.RATER and row.until is not None:
        source = RelationSource.DELEGATION
    effect = Effect(
        status=row.status,
        unit_id=None if row.unit_code is None else units[row.unit_code],
        position=row.position,
        position_kind=None if row.position_kind is None else PositionKind(row.position_kind),
        grade=row.grade,
        is_head=row.is_head,
        rater_id=None if row.rater_nip is None else people[row.rater_nip],
        source=source if row.kind in (ChangeKind.RATER, ChangeKind.CORRECTION) else None,
        successor_id=None if row.successor_nip is None else people[row.successor_nip],
        acting_id=None if row.acting_nip is None else people[row.acting_nip],
        acting=row.acting,
    )
    return Wanted(people[row.nip], row.kind, row.effective_on, effect, row.reason, row.until)
