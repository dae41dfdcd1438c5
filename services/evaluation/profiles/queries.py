"""The newest versions of a person's results with their cycles, for the person, those who lead today, and the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries as directory
from directory.models import Person
from directory.relations import Relation, relations, require
from kit.db import actor
from services.evaluation.cycles.models import Cycle
from services.evaluation.results.models import Result

MOST = 60
"""Results; half-year ones of thirty years."""
READERS = (Relation.SELF, Relation.RATER, Relation.AUTHORITY, Relation.OFFICE)


@dataclass(frozen=True, slots=True)
class Profiled:
    """A person with the results, that of the newest period first."""

    person: Person
    results: Sequence[tuple[Result, Cycle]]


async def profile(session: AsyncSession, servant_id: UUID, *allowed: Relation) -> Profiled:
    """The person across cycles; raises NotFound, and Forbidden for whoever does not lead this person today.

    By today's relations and not by those of each result: who leads somebody now must know whom (SWL-8).
    """
    person = await directory.person(session, servant_id)
    found = relations(actor(session), servant_id=person.id, rater_id=person.rater_id, authority_id=person.authority_id)
    require(found, *(allowed or READERS), what=("read a profile", "membaca profil pegawai"))
    looking = (
        select(Result, Cycle)
        .join(Cycle, col(Cycle.id) == col(Result.cycle_id))
        .where(col(Result.servant_id) == servant_id, col(Result.superseded_by).is_(None))
        .order_by(col(Cycle.period_end).desc(), col(Result.id).desc())
        .limit(MOST)
    )
    rows = (await session.execute(looking)).all()
    return Profiled(person, [(result, cycle) for result, cycle in rows])
