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
from services.evaluation.appraisals.models import RaterDelegation
from services.evaluation.reports.rules.parts import FormerRater
from services.evaluation.reports.rules.records import ExportedPerson


@dataclass(frozen=True, slots=True)
class FormerRaters:
    """Of some appraisals, in the order of the days, and who they are."""

    by_appraisal: dict[UUID, list[FormerRater]]
    people: dict[UUID, ExportedPerson]


HeadsOf = dict[tuple[UUID, UUID], ExportedPerson]
"""By the person rated and who rates for the head."""


async def regional_heads(session: AsyncSession, people: Sequence[UUID]) -> HeadsOf:
    """The regional heads for whom somebody rates these people (L IV.A.12): they are the raters, the others delegates."""
    looking = (
        select(RaterDelegation, Person)
        .join(Person, col(Person.id) == col(RaterDelegation.head_id))
        .where(col(RaterDelegation.servant_id).in_(people))
        .order_by(col(RaterDelegation.since))
    )
    rows = (await session.execute(looking)).all()
    return {(one.servant_id, one.delegate_id): exported(head, None) for one, head in rows}


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


REGIONAL_HEAD = "Kepala Daerah"


def exported(person: Person, unit: Unit | None) -> ExportedPerson:
    """As recorded today; a regional head has neither number nor grade nor unit, and the office is the position."""
    position = person.position or ("" if person.nip else REGIONAL_HEAD)
    return ExportedPerson(person.nip, person.name, position, person.grade, "" if unit is None else unit.name)
