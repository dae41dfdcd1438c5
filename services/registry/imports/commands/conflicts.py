"""Asks the rule on conflicts of interest about every line of a file that would change a person (``kit.conflicts``)."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from kit.access import require_role
from kit.conflicts import Conflict, Offices
from kit.db import actor
from kit.files.errors import FileErrors
from kit.files.uploads import InvalidFiles
from services.registry.imports.queries.before import before_import
from services.registry.imports.queries.recorded import Recorded
from services.registry.imports.rules.conflicts import judge_conflicts
from services.registry.imports.rules.judgement import Judged
from services.registry.imports.rules.rows import ServantRow
from services.registry.personnel.queries.offices import offices


def require_office_for_all(session: AsyncSession, judged: Judged, *, what: tuple[str, str]) -> None:
    """Policy, units, calendar and competences are about everybody alike: they are the office's; raises Forbidden."""
    if not {"policy", "units", "calendar", "competences"}.isdisjoint(judged.names):
        require_role(session, Role.PERFORMANCE_OFFICE, what=what)


async def refuse_conflicts(session: AsyncSession, judged: Judged, recorded: Recorded) -> None:
    """Raises InvalidFiles with every line that changes a person about whom whoever imports may not act for the office."""
    who, errors = actor(session), FileErrors()
    if "servants" not in judged.names or who.is_system:
        return
    found = await offices(session)
    ids = {nip: one.id for nip, one in recorded.people.items()}
    looked_at = _looked_at(session, judged.people, recorded, found)
    judge_conflicts(
        looked_at,
        await before_import(session, [row.nip for row in looked_at], recorded),
        ids,
        at=partial(judged.place, "servants"),
        barred=lambda about: _first(found, who.id, about),
        may_act=lambda about, raters: found.may_act(who, *about, named=raters),
        errors=errors,
    )
    if errors:
        raise InvalidFiles(errors.in_order(), errors.total)


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
