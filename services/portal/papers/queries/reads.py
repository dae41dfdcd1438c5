"""How forms are read: by the services' own routes, as the person who asks, so that they alone decide who may read what."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import actor
from services.portal.papers.rules.parts import Head, Person, Proof
from services.portal.upstream.services import Asking

Json = Mapping[str, Any]


class Reads(Protocol):
    """What the portal can ask in the name of whoever is signed in; a service's refusal is raised as Refusal."""

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """The JSON that ``GET /v1{path}`` of a service answers."""

    async def every(self, service: str, path: str, **query: Any) -> list[Any]:
        """All items of a list."""

    async def people(self, ids: Collection[UUID]) -> Mapping[UUID, Person]:
        """Who these are, from the copies; whoever is not there is not in the answer.

        The registry tells a person neither number nor grade of those above, and the form names both: so whoever may
        read the form's content may read its head.
        """

    async def me(self) -> UUID:
        """Who reads."""

    async def city(self) -> tuple[str, str]:
        """The name of the city's first unit and the zone of its calendar, from the copies."""


class Asked:
    """``Reads`` of one visit to a page: its services and its copies.

    Copies are a transaction of their own, so that none is open while a service is asked.
    """

    def __init__(self, ask: Asking, copies: Callable[[], AbstractAsyncContextManager[AsyncSession]]) -> None:
        self._copies = copies
        self.get = ask.get
        self.every = ask.every

    async def people(self, ids: Collection[UUID]) -> Mapping[UUID, Person]:
        """By one statement."""
        async with self._copies() as session:
            found = (await session.execute(_PEOPLE, {"ids": list(ids)})).mappings()
            return {one["id"]: Person.model_validate(dict(one)) for one in found}

    async def me(self) -> UUID:
        """Whoever is signed in."""
        async with self._copies() as session:
            return actor(session).id

    async def city(self) -> tuple[str, str]:
        """Nothing is known of a city whose units have not arrived."""
        async with self._copies() as session:
            name, zone = (await session.execute(_CITY)).one()
        return name, zone


async def agency_of(session: AsyncSession, tenant_id: str) -> str:
    """Whose papers those of the transaction's city are."""
    return (await session.execute(_CITY)).one()[0] or unnamed(tenant_id)


PROVINCE = "00"
"""Second half of a province's number."""
_CITY = text(
    "select coalesce((select name from directory_units where parent_id is null order by code limit 1), ''),"
    " coalesce((select calendar ->> 'zone' from directory_calendars limit 1), 'Asia/Jakarta')"
)
_PEOPLE = text(
    "select p.id, p.name, p.nip, p.grade, p.position, p.position_kind, p.unit_id, coalesce(u.name, '') as unit"
    " from directory_people p left join directory_units u on u.tenant_id = p.tenant_id and u.id = p.unit_id"
    " where p.id = any(:ids)"
).bindparams(bindparam("ids", type_=ARRAY(PG_UUID)))


async def letterhead(reads: Reads, tenant_id: str) -> Head:
    """Whose forms a city's are: the name of its first unit, and the zone of its calendar."""
    name, zone = await reads.city()
    return Head(tenant_id=tenant_id, place=_place(name), agency=name or unnamed(tenant_id), zone=zone)


def unnamed(tenant_id: str) -> str:
    """Whose forms they are where no unit is known: a province has none, and is known by its number."""
    province, _, city = tenant_id.partition(".")
    return f"Pemerintah Provinsi (kode wilayah {province})" if city == PROVINCE else tenant_id


def _place(agency: str) -> str:
    """``Dumai`` of ``Pemerintah Kota Dumai``."""
    for prefix in ("Pemerintah ", "Kota ", "Kabupaten ", "Provinsi "):
        agency = agency.removeprefix(prefix)
    return agency


async def of_cycle(reads: Reads, head: Head, cycle_id: UUID | str) -> Head:
    """The same with the name and the period of a cycle."""
    cycle = await reads.get("evaluation", f"/cycles/{cycle_id}")
    dates = {"period_start": cycle["period_start"], "period_end": cycle["period_end"]}
    return Head.model_validate(head.model_dump() | dates | {"cycle": cycle["name"]})


async def people_of(reads: Reads, *ids: str | None) -> "People":
    """Those of them who are anybody."""
    return People(await reads.people({UUID(one) for one in ids if one is not None}))


class People:
    """Who is who on one form."""

    def __init__(self, known: Mapping[UUID, Person]) -> None:
        self._known = known

    def maybe(self, person_id: str | None) -> Person | None:
        """None where there is nobody."""
        return None if person_id is None else self.one(person_id)

    def one(self, person_id: str) -> Person:
        """Whoever the read model does not know yet has no name but the id: the form can be made again later."""
        asked = UUID(person_id)
        return self._known.get(asked) or Person(id=asked, name=str(asked))


def proofs(given: Collection[Json]) -> tuple[Proof, ...]:
    """Evidence as the services give it."""
    return tuple(Proof.model_validate(dict(one)) for one in given)
