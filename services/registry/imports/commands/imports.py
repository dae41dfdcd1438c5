"""Takes in the files of a place: everything or nothing, and twice is as good as once."""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.calendar import SpecialDay
from kit.db import actor
from kit.errors import Forbidden, Invalid
from kit.files.errors import FileError, FileErrors
from policy.judgement import scope_of
from services.registry.bulk import plan_for_sets
from services.registry.calendars.commands import publish_calendar
from services.registry.calendars.queries import today
from services.registry.calendars.rules.days import judge_days
from services.registry.imports.commands.changes import NotPossible, record_changes
from services.registry.imports.commands.conflicts import refuse_conflicts, require_office_for_all
from services.registry.imports.commands.log import keep_report
from services.registry.imports.queries.recorded import Recorded, read_recorded
from services.registry.imports.rules.changes import ChangeRow, judge_changes
from services.registry.imports.rules.judgement import Judged, judge
from services.registry.imports.rules.report import MISSING, Report, RowDone
from services.registry.imports.rules.submission import Submission, Upload, read_all
from services.registry.lock import lock_city
from services.registry.personnel.queries.offices import require_some_office
from services.registry.policies.commands import publish
from services.registry.servants.commands.servants import record_servants
from services.registry.servants.rules.nip import tidy
from services.registry.units.commands import record_units
from services.registry.units.models import Unit

_WHAT = ("import files", "mengimpor berkas")


class InvalidFiles(Invalid):
    """The files have errors; nothing was changed."""

    def __init__(self, errors: Sequence[FileError]) -> None:
        count = len(errors)
        super().__init__(
            f"{count} mistake{'' if count == 1 else 's'} in the files: nothing was changed",
            f"{count} kesalahan dalam berkas: tidak ada yang diubah",
        )
        self.errors = errors


async def import_files(session: AsyncSession, uploads: Sequence[Upload], *, dry_run: bool = False) -> Report:
    """Judge everything, then record it; with ``dry_run``, take the record back and say what it would have done.

    Raises InvalidFiles with every error found.
    """
    await require_some_office(session, what=_WHAT)
    errors = FileErrors()
    submission = await asyncio.to_thread(read_all, uploads, errors)
    require_office_for_all(session, submission, what=_WHAT)
    _require_own_city(session, submission)
    # Read before locked: parsing a hundred thousand lines takes seconds, in which others may import.
    city = await lock_city(session)
    await plan_for_sets(session)
    recorded = await read_recorded(session)
    known = recorded.known(city, today(session))
    judged = await asyncio.to_thread(judge, submission, known, recorded.known_policies(), errors)
    days = None if submission.calendar is None else judge_days(submission.calendar.lines, errors)
    changes = _judge_changes(submission, recorded, errors)
    await refuse_conflicts(session, submission, judged.people, recorded, errors)
    if errors:
        raise InvalidFiles(errors.in_order())
    # A rehearsal runs the very statements: only they know what the database would refuse, and what each line would do.
    rehearsal = await session.begin_nested()
    try:
        report = await _record(session, submission, judged, recorded, days)
        await record_changes(session, submission, judged.people, changes, recorded, report)
    except NotPossible as error:
        raise InvalidFiles(error.errors) from error
    if dry_run:
        await rehearsal.rollback()
        return report
    await rehearsal.commit()
    report.import_id = new_id()
    files = [
        {"name": one.name, "bytes": len(one.content), "sha256": hashlib.sha256(one.content).hexdigest()}
        for one in uploads
    ]
    await keep_report(session, report.import_id, report, files)
    return report


def _judge_changes(submission: Submission, recorded: Recorded, errors: FileErrors) -> list[ChangeRow]:
    if submission.changes is None:
        return []
    people, units = set(recorded.people), set(recorded.units)
    people |= {tidy(line.get("nip")) for line in submission.people.lines} if submission.people is not None else set()
    units |= {line.get("code") for line in submission.units.lines} if submission.units is not None else set()
    return judge_changes(submission.changes.lines, frozenset(people), frozenset(units), errors)


async def _record(
    session: AsyncSession, submission: Submission, judged: Judged, recorded: Recorded, days: Sequence[SpecialDay] | None
) -> Report:
    report, city = Report(), actor(session).tenant_id
    published = await publish(session, judged.policies, recorded.policies)
    report.policies = [f"{row.scope} v{row.version}" for row in published]
    ours = submission.policy is not None and scope_of(submission.policy) == city
    report.calendar = await publish_calendar(
        session, submission.policy.data if submission.policy and ours else None, days
    )
    periods = {scope: int(row.effective["period_months"]) for scope, row in recorded.policies.items()}
    periods |= {row.scope: int(row.effective["period_months"]) for row in published}
    file = submission.units.file if submission.units else ""
    units, report.units = await record_units(session, judged.units, recorded.units, periods, file)
    if submission.people is not None:
        report.servants = await record_servants(
            session,
            judged.people,
            recorded.people,
            units,
            today=today(session),
            file=submission.people.file,
        )
        report.servants.extend(_missing(judged, recorded, units, submission.people.file))
    return report


def _missing(judged: Judged, recorded: Recorded, units: Mapping[str, Unit], file: str) -> Iterator[RowDone]:
    """People whom the file leaves out although it speaks of their scope; they are reported, never removed."""
    scopes = {units[row.unit_code].scope for row in judged.people}
    concerned = {unit.id for unit in units.values() if unit.scope in scopes}
    present = {row.nip for row in judged.people}
    for nip, person in recorded.people.items():
        if nip not in present and person.unit_id in concerned:
            yield RowDone(file, None, person.id, nip, MISSING)


def _require_own_city(session: AsyncSession, submission: Submission) -> None:
    scope = None if submission.policy is None else scope_of(submission.policy)
    city = actor(session).tenant_id
    if scope is not None and scope[:5] != city:
        raise Forbidden(
            f"the policy is of city {scope[:5]}, your token of {city}",
            f"kebijakan ini milik kota {scope[:5]}, token Anda untuk {city}",
        )
