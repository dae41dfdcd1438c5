"""Who decides an objection: the rater's superior, else the next one above or the office who is no party to it."""

from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import AT_WORK, Status
from directory import queries
from directory.models import Person
from directory.offices import in_cycle, of_cycle, ties_of
from services.feedback.objections.models import Objection
from services.feedback.objections.queries.objections import contested_result
from services.feedback.objections.rules.authorities import Official, authority_for, may_be_named, no_conflict
from services.feedback.results.models import ResultCopy

_HIGHEST = 8
"""Steps up a line of superiors; no office has more."""


async def authority_over(session: AsyncSession, result: ResultCopy) -> UUID:
    """The authority without a conflict of interest; raises Refused where even the office is a party."""
    line = await _line(session, result.authority_id)
    office = await in_cycle(session, result.cycle_id)
    falls_to = office.acting_for(result.servant_id, result.rater_id)
    # Where nobody may act for the office, it falls to an officer who is told so, and that is no authority.
    free = office.officer_for([result.servant_id, result.rater_id]) or office.appointing
    candidates = [*line, *([falls_to] if falls_to is not None and falls_to == free else [])]
    return authority_for(candidates, parties=_parties(result))


async def stands_above(session: AsyncSession, person_id: UUID, result: ResultCopy) -> bool:
    """Whether this is the rater's superior or one of those above."""
    return person_id in await _line(session, result.authority_id)


async def require_eligible(session: AsyncSession, objection: Objection, authority_id: UUID) -> None:
    """Raises Refused for whom the office may not name, NotFound for whom nobody knows."""
    named, rater = await queries.person(session, authority_id), await queries.person(session, objection.rater_id)
    no_conflict(authority_id, parties=await parties_of(session, objection))
    result = await contested_result(session, objection)
    may_be_named(
        _official(named),
        servant_id=objection.servant_id,
        rater=_official(rater),
        line=await _line(session, result.authority_id),
        ties=await ties_of(session, [authority_id], of_cycle(objection.cycle_id)),
    )


def _official(person: Person) -> Official:
    at_work = person.active and Status(person.status) in AT_WORK
    return Official(person.id, person.position_kind, person.is_head, at_work)


async def parties_of(session: AsyncSession, objection: Objection) -> frozenset[UUID]:
    """Who must not decide: the servant, the rater, and who signed the contested result."""
    return _parties(await contested_result(session, objection)) | {objection.rater_id}


def _parties(result: ResultCopy) -> frozenset[UUID]:
    signed = () if result.issued_by is None else (result.issued_by,)
    return frozenset((result.servant_id, result.rater_id, *signed))


async def _line(session: AsyncSession, first: UUID | None) -> list[UUID]:
    """The authority and the superiors above, nearest first; who has left is passed over."""
    if first is None:
        return []
    names = (col(Person.id), col(Person.rater_id), col(Person.active))
    # Recursive, so that the whole line is one statement; the step bounds it, for imported people may lead each other
    # in a circle. Who has left stays in the recursion and is only left out of the answer: the line goes on above.
    line = select(*names, literal(0).label("step")).where(col(Person.id) == first).cte("line", recursive=True)
    above = aliased(Person)
    next_up = select(col(above.id), col(above.rater_id), col(above.active), line.c.step + 1)
    line = line.union_all(next_up.join(line, (col(above.id) == line.c.rater_id) & (line.c.step < _HIGHEST)))
    found = select(line.c.id).where(line.c.active).order_by(line.c.step)
    return list((await session.scalars(found)).all())
