"""How forms are read: by the services' own routes, as the person who asks, so that they alone decide who may read what."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol
from uuid import UUID

from services.portal.papers.rules.parts import Head, Person, Proof

Json = Mapping[str, Any]


class Reads(Protocol):
    """What the portal can ask in the name of whoever is signed in."""

    async def get(self, service: str, path: str, **query: str) -> Any:
        """The JSON that ``GET /v1{path}`` of a service answers; raises the service's own refusal as a KinerjaError."""

    async def people(self, ids: Collection[UUID]) -> Mapping[UUID, Person]:
        """Who these are, from the read model; whoever is not there is not in the answer.

        The registry tells a person neither number nor grade of those above, and the form names both: so whoever may
        read the form's content may read its head.
        """


async def everything(reads: Reads, service: str, path: str, **query: str) -> list[Json]:
    """All pages of a list."""
    found: list[Json] = []
    cursor: str | None = None
    while True:
        page = await reads.get(service, path, **query, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


async def letterhead(reads: Reads, tenant_id: str) -> Head:
    """Whose forms a city's are: the name of its first unit, and the zone of its calendar."""
    units = await everything(reads, "registry", "/units")
    city = next((str(one["name"]) for one in units if one["code"] == tenant_id), tenant_id)
    zone = str((await reads.get("registry", "/calendar"))["calendar"]["zone"])
    return Head(tenant_id=tenant_id, place=_place(city), agency=city, zone=zone)


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
