"""Who rated somebody before, in the cycle: as the changes of personnel left it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person, Unit
from services.evaluation.appraisals.models import FormerRater as Row
from services.evaluation.reports.rules.parts import FormerRater
from services.evaluation.reports.rules.records import ExportedPerson


@dataclass(frozen=True, slots=True)
class FormerRaters:
    """Of some appraisals, in the order of the days, and who they are."""

    by_appraisal: dict[UUID, list[FormerRater]]
    people: dict[UUID, ExportedPerson]


async def former_raters(session: AsyncSession, appraisals: Sequence[UUID]) -> FormerRaters:
    """One statement for any number."""
    looking = (
        select(Row, Person, Unit)
        .outerjoin(Person, col(Person.id) == col(Row.rater_id))
        .outerjoin(Unit, col(Unit.id) == col(Person.unit_id))
        .where(col(Row.appraisal_id).in_(appraisals))
        .order_by(col(Row.until))
    )
    found: dict[UUID, list[FormerRater]] = defaultdict(list)
    people: dict[UUID, ExportedPerson] = {}
    for row, person, unit in (await session.execute(looking)).all():
        found[row.appraisal_id].append(FormerRater(row.until, row.rater_id))
        if person is not None:
            people[person.id] = exported(person, unit)
    return FormerRaters(dict(found), people)


def exported(person: Person, unit: Unit | None) -> ExportedPerson:
    """As recorded today."""
    return ExportedPerson(person.nip, person.name, person.position, person.grade, "" if unit is None else unit.name)
