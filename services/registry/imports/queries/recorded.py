"""Reads what is recorded of a city before an import is judged against it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.registry.imports.models import ImportMapping
from services.registry.imports.rules.judgement import KnownPolicy
from services.registry.imports.rules.known import Known, KnownPerson
from services.registry.imports.rules.mapping import Confirmed
from services.registry.numbers.queries import numbers_now
from services.registry.policies.models import PolicyDocument
from services.registry.servants.models import RaterRelation, Servant
from services.registry.servants.rules.relations import RelationSource
from services.registry.units.models import Unit

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Person:
    """A recorded civil servant, as far as an import needs to know."""

    id: UUID
    unit_id: UUID
    is_head: bool
    rater_id: UUID | None
    source: str | None
    since: date | None
    """Of the open rater relation."""
    status: str
    position_kind: str
    known: KnownPerson

    @property
    def pinned(self) -> bool:
        """The performance office set the rater by hand, or the rater that the file knows is permanently absent."""
        return self.source in (RelationSource.DELEGATION, RelationSource.CORRECTION, RelationSource.SUPERIOR)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The city before the import."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    policies: dict[str, PolicyDocument] = field(default_factory=dict)
    """The newest of each scope."""
    mappings: dict[str, Confirmed] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    """By a number that somebody had and nobody has: the number of that person now."""

    def known(self, city: str, today: date) -> Known:
        """In the words of the rules."""
        codes = {unit.id: code for code, unit in self.units.items()}
        nips = {person.id: nip for nip, person in self.people.items()}
        return Known(
            city=city,
            today=today,
            units={code: codes.get(unit.parent_id) if unit.parent_id else None for code, unit in self.units.items()},
            raters={nip: nips.get(one.rater_id) if one.rater_id else None for nip, one in self.people.items()},
            heads={codes[one.unit_id]: nip for nip, one in self.people.items() if one.is_head},
            pinned=frozenset(nip for nip, one in self.people.items() if one.pinned),
            unit_names={code: unit.name for code, unit in self.units.items()},
            people={nip: one.known for nip, one in self.people.items()},
            former=self.former,
            mappings=self.mappings,
        )

    def renumber(self, numbers: Mapping[str, str]) -> None:
        """Have these people under their new numbers; ``numbers`` are those by the ones that are recorded."""
        for former, nip in numbers.items():
            self.people[nip] = self.people.pop(former)

    def known_policies(self) -> dict[str, KnownPolicy]:
        """In the words of the rules."""
        return {
            scope: KnownPolicy(row.inherits, row.document, row.effective, row.provenance)
            for scope, row in self.policies.items()
        }


async def read_recorded(session: AsyncSession) -> Recorded:
    """Everything of the transaction's city."""
    units = {unit.code: unit for unit in await session.scalars(select(Unit))}
    people, policies = await _people(session), await newest_policies(session)
    return Recorded(units, people, policies, await _mappings(session), await numbers_now(session))


async def newest_policies(session: AsyncSession) -> dict[str, PolicyDocument]:
    """By scope."""
    newest = (
        select(col(PolicyDocument.scope), func.max(col(PolicyDocument.version)).label("version"))
        .group_by(col(PolicyDocument.scope))
        .subquery()
    )
    rows = select(PolicyDocument).join(
        newest,
        and_(newest.c.scope == col(PolicyDocument.scope), newest.c.version == col(PolicyDocument.version)),
    )
    return {row.scope: row for row in await session.scalars(rows.order_by(col(PolicyDocument.scope)))}


async def _mappings(session: AsyncSession) -> dict[str, Confirmed]:
    rows = await session.scalars(select(ImportMapping))
    return {row.key: Confirmed(row.fields_by_name, row.answers) for row in rows}


async def _people(session: AsyncSession) -> dict[str, Person]:
    # Outer: who is at the top has no rater, and is recorded all the same.
    relation = and_(
        col(RaterRelation.tenant_id) == col(Servant.tenant_id),
        col(RaterRelation.servant_id) == col(Servant.id),
        col(RaterRelation.valid_to).is_(None),
    )
    rows = select(
        col(Servant.nip),
        col(Servant.id),
        col(Servant.unit_id),
        col(Servant.is_head),
        col(Servant.rater_id),
        col(RaterRelation.source),
        col(RaterRelation.valid_from),
        col(Servant.status),
        col(Servant.position_kind),
        col(Servant.name),
        col(Servant.email),
        func.array_to_string(col(Servant.roles), " "),
        col(Servant.language),
        col(Servant.employment_type),
    ).outerjoin(RaterRelation, relation)
    found: dict[str, Person] = {}
    # A little at a time: a hundred thousand rows at once are memory twice, and a second in which nobody is answered.
    async for part in (await session.stream(rows)).partitions(_AT_ONCE):
        found |= {row[0]: Person(*row[1:9], KnownPerson(row[9], row[10], row[11], row[12], row[13])) for row in part}
    return found


def _person(row: Any) -> tuple[str, Person]:
    nip, one, unit, head, rater, source, since, status, kind, *known = row
    return nip, Person(one, unit, head, rater, source, since, status, kind, KnownPerson(*known))
