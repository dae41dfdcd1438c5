"""The office brings answers by hand: a file of them is read aside, compared with the batch, and settles its rows."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.exports import ExportState, RejectionCode, SettledBy
from kit.access import require_role
from kit.actor import Actor
from kit.aside.bounds import Bounds, Exhausted
from kit.aside.places import Places
from kit.aside.process import Aside, Part, aside
from kit.db import Database
from kit.errors import Fault, Invalid, fault
from kit.files.errors import FileError, FileErrors, Place, quoted
from services.evaluation.national.commands.settling import Outcome, confirmed, rejected, settle
from services.evaluation.national.models import NationalBatch, NationalRow
from services.evaluation.national.queries import batches
from services.evaluation.national.rules.answer_file import ANSWERS, ERRORS, NAME, AnswerLine, Key, key_of

MOST_BYTES = 20_000_000
ANSWER = ("enter the answers of the national application", "memasukkan jawaban aplikasi nasional")
_BOUNDS = Bounds()
_PLACES = Places(2, each=1, patience=30)
"""Files read at once in one process of the API."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A file that was read."""

    file: str
    lines: Sequence[AnswerLine]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file did."""

    batch: NationalBatch
    confirmed: int
    rejected: int
    known: int
    """Lines that say what is known already."""


@asynccontextmanager
async def read(database: Database, actor: Actor, name: str, part: Part) -> AsyncIterator[Answers]:
    """Read the file in a process aside; raises Forbidden for anybody else, and Invalid with the places."""
    async with database.transaction(actor.tenant_id, actor) as session:
        require_role(session, Role.PERFORMANCE_OFFICE, what=ANSWER)
    async with _PLACES.one(actor.tenant_id), aside(NAME, _BOUNDS) as process:
        found = await _read(process, name, part)
    yield Answers(name, found)


async def _read(process: Aside, name: str, part: Part) -> list[AnswerLine]:
    try:
        said: dict[str, Any] = {what: told async for what, told in process.ask("read", name, part)}
    except Exhausted as error:
        errors = FileErrors()
        wrong = ("reading this file took more than any honest one needs", "berkas ini terlalu berat untuk dibaca")
        fix = ("save the table as CSV UTF-8", "simpan tabelnya sebagai CSV UTF-8")
        errors.add(Place(quoted(name)), wrong, fix)
        raise _invalid(errors.in_order(), errors.total) from error
    if said["errors"]:
        raise _invalid(ERRORS.validate_python(said["found"]), said["errors"])
    return ANSWERS.validate_python(said["answers"])


def _invalid(found: Sequence[FileError], total: int) -> Invalid:
    return Invalid(
        f"{total} mistakes in the file: nothing was changed",
        f"{total} kesalahan dalam berkas: tidak ada yang diubah",
        errors=[_fault(one) for one in found],
        total=total,
    )


def _fault(one: FileError) -> Fault:
    place = f"{one.file}:{one.line}:{one.column}"
    return fault(place, f"{one.wrong.en}: {one.fix.en}", f"{one.wrong.id}: {one.fix.id}")


async def take(session: AsyncSession, batch_id: UUID, answers: Answers) -> Taken:
    """Settle what the file answers; all of it, or nothing. Raises Invalid for lines about no row, or against an answer."""
    require_role(session, Role.PERFORMANCE_OFFICE, what=ANSWER)
    batch = await batches.one(session, batch_id)
    rows = {key_of(row.record): row for row in await batches.every_row(session, batch_id)}
    _require_right(answers, rows)
    new = [one for one in answers.lines if rows[one.key].state == ExportState.EXPORTED]
    await settle(session, [_outcome(rows[one.key].id, one) for one in new], by=SettledBy.FILE)
    count = sum(one.state is ExportState.CONFIRMED for one in new)
    return Taken(batch, count, len(new) - count, len(answers.lines) - len(new))


def _require_right(answers: Answers, rows: Mapping[Key, NationalRow]) -> None:
    errors = FileErrors()
    for one in answers.lines:
        place = Place(quoted(answers.file), one.line, one.column)
        row = rows.get(one.key)
        if row is None:
            nip = quoted(one.key[0])
            wrong = (f"the batch has no row of {nip} in these months", f"paket tidak memuat {nip} pada bulan itu")
            errors.add(place, wrong, ("remove the line, or choose its batch", "hapus baris ini, atau pilih paketnya"))
        elif row.state not in (ExportState.EXPORTED, one.state):
            wrong = (f"this row is {row.state} already", f"baris ini sudah {row.state}")
            fix = ("remove the line: an answer stays", "hapus baris ini: jawaban tidak berubah")
            errors.add(place, wrong, fix)
    if errors:
        raise _invalid(errors.in_order(), errors.total)


def _outcome(row_id: UUID, one: AnswerLine) -> Outcome:
    if one.state is ExportState.CONFIRMED:
        return confirmed(row_id, one.number or None)
    return rejected(row_id, RejectionCode.REFUSED, one.reason)
