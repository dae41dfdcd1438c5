"""Takes in the files of a place: everything or nothing, and twice is as good as once."""

import asyncio
import dataclasses
from collections.abc import Mapping, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.registry.numbers import NumberKind
from kit.db import actor
from kit.files.uploads import InvalidFiles
from services.registry.bulk import plan_for_sets
from services.registry.calendars.commands import publish_calendar
from services.registry.calendars.queries import today
from services.registry.competences.commands import record_competences
from services.registry.imports.commands.changes import BY_FILE, NotPossible, record_changes
from services.registry.imports.commands.conflicts import refuse_conflicts, require_office_for_all
from services.registry.imports.commands.log import keep_report
from services.registry.imports.commands.reading import IMPORT, Reading
from services.registry.imports.queries.recorded import Recorded, read_recorded
from services.registry.imports.rules.judgement import Judged
from services.registry.imports.rules.report import CREATED, MISSING, Report, RowDone
from services.registry.lock import lock_city
from services.registry.moves.queries import Released, released_to_here
from services.registry.numbers.commands import replace
from services.registry.numbers.rules import Basis, Replacement
from services.registry.personnel.queries.offices import require_some_office
from services.registry.policies.commands import publish
from services.registry.servants.commands.servants import record_servants
from services.registry.units.commands import record_units
from services.registry.units.models import Unit


async def import_files(session: AsyncSession, reading: Reading, *, dry_run: bool = False) -> Report:
    """Record what was read and judged; with ``dry_run``, take the record back and say what it would have done.

    Raises InvalidFiles with what is wrong in the files for a city that has changed since they were judged.
    """
    await require_some_office(session, what=IMPORT)
    await lock_city(session)
    await plan_for_sets(session)
    recorded = await read_recorded(session)
    judged = await reading.judged(recorded, today(session))
    require_office_for_all(session, judged, what=IMPORT)
    numbers = {row.former_nip: row.nip for row in judged.people if row.former_nip is not None}
    recorded.renumber(numbers)
    await refuse_conflicts(session, judged, recorded)
    # A rehearsal runs the very statements: only they know what the database would refuse, and what each line would do.
    rehearsal = await session.begin_nested()
    try:
        report = await _record(session, judged, recorded)
        report.notes = judged.notes
        await record_changes(session, judged, recorded, report)
    except NotPossible as error:
        raise InvalidFiles(error.errors, len(error.errors)) from error
    if dry_run:
        await rehearsal.rollback()
        return report
    await rehearsal.commit()
    report.import_id = new_id()
    await keep_report(session, report.import_id, report, reading.files)
    return report


async def _record(session: AsyncSession, judged: Judged, recorded: Recorded) -> Report:
    report, city = Report(), actor(session).tenant_id
    published = await publish(session, judged.policies, recorded.policies)
    report.policies = [f"{row.scope} v{row.version}" for row in published]
    ours = next((one.document for one in judged.policies[:1] if one.scope == city), None)
    report.calendar = await publish_calendar(session, ours, judged.days)
    periods = {scope: int(row.effective["period_months"]) for scope, row in recorded.policies.items()}
    periods |= {row.scope: int(row.effective["period_months"]) for row in published}
    names = judged.names
    units, report.units = await record_units(session, judged.units, recorded.units, periods, names.get("units", ""))
    if "servants" in names:
        await _give_numbers(session, judged, recorded)
        report.servants = await record_servants(
            session,
            judged.people,
            recorded.people,
            units,
            today=today(session),
            file=names["servants"],
        )
        missing = await asyncio.to_thread(_missing, judged, recorded, units, names["servants"])
        report.servants = [*await _with_releases(session, report.servants), *missing]
    report.competences = await record_competences(session, judged.competences, file=names.get("competences", ""))
    return report


async def _with_releases(session: AsyncSession, rows: Sequence[RowDone]) -> list[RowDone]:
    """Who is new here and was let go to this city by another: the office records the arrival, and the service is linked."""
    new = [row.code for row in rows if row.outcome == CREATED]
    released = await released_to_here(session, new) if new else {}
    return [_released(row, released[row.code]) if row.code in released else row for row in rows]


def _released(row: RowDone, one: Released) -> RowDone:
    said = (
        f"dilepas {one.city} per {one.on}: catat kedatangannya / released by {one.city} on {one.on}: record the arrival"
    )
    return dataclasses.replace(row, note=said if row.note is None else f"{row.note}; {said}")


async def _give_numbers(session: AsyncSession, judged: Judged, recorded: Recorded) -> None:
    """Who was PPPK and comes as a civil servant has another number: the person is the same (the office said so)."""
    day, name = today(session), judged.names["servants"]
    wanted = [
        Replacement(recorded.people[row.nip].id, row.former_nip, row.nip, day)
        for row in judged.people
        if row.former_nip is not None
    ]
    if wanted:
        await replace(session, wanted, Basis(NumberKind.APPOINTMENT, BY_FILE, name))


def _missing(judged: Judged, recorded: Recorded, units: Mapping[str, Unit], file: str) -> list[RowDone]:
    """People whom the file leaves out although it speaks of their scope; they are reported, never removed."""
    scopes = {units[row.unit_code].scope for row in judged.people}
    concerned = {unit.id for unit in units.values() if unit.scope in scopes}
    present = {row.nip for row in judged.people}
    return [
        RowDone(file, None, person.id, nip, MISSING)
        for nip, person in recorded.people.items()
        if nip not in present and person.unit_id in concerned
    ]
