"""Asks the rule on conflicts of interest about every line of a file that would change a person (``kit.conflicts``)."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.access import require_role
from kit.conflicts import Conflict, Offices
from kit.db import actor
from kit.files.errors import FileErrors
from services.registry.imports.queries.before import before_import
from services.registry.imports.queries.recorded import Recorded
from services.registry.imports.rules.conflicts import judge_conflicts
from services.registry.imports.rules.rows import ServantRow
from services.registry.imports.rules.submission import Submission
from services.registry.personnel.queries.offices import offices


def require_office_for_all(session: AsyncSession, submission: Submission, *, what: tuple[str, str]) -> None:
    """Policy, units and calendar are about everybody alike: they are the office's; raises Forbidden."""
    if any(part is not None for part in (submission.policy, submission.units, submission.calendar)):
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)


async def refuse_conflicts(
    session: AsyncSession,
    submission: Submission,
    rows: Sequence[ServantRow],
    recorded: Recorded,
    errors: FileErrors,
) -> None:
    """Note every line that changes a person about whom whoever imports may not act for the office."""
    who = actor(session)
    if submission.people is None or who.is_system:
        return
    found = await offices(session)
    ids = {nip: one.id for nip, one in recorded.people.items()}
    looked_at = _looked_at(session, rows, recorded, found)
    judge_conflicts(
        looked_at,
        {line.number: line for line in submission.people.lines},
        await before_import(session, [row.nip for row in looked_at], recorded),
        ids,
        barred=lambda about: _first(found, who.id, about),
        may_act=lambda about, raters: found.may_act(who, *about, named=raters),
        errors=errors,
    )


def _looked_at(
    session: AsyncSession, rows: Sequence[ServantRow], recorded: Recorded, found: Offices
) -> list[ServantRow]:
    """The lines that an officer may have to leave to another; all of them for who is no officer."""
    who = actor(session)
    if not who.has(Role.PERFORMANCE_OFFICE):
        return list(rows)
    connected = found.connected(who.id)
    theirs = {nip for nip, one in recorded.people.items() if one.id in connected or one.rater_id in connected}
    return [row for row in rows if row.nip in theirs or row.rater_nip in theirs]


def _first(found: Offices, actor_id: UUID, about: Sequence[UUID]) -> Conflict | None:
    return next((why for one in about if (why := found.conflict(actor_id, one)) is not None), None)
