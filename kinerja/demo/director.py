"""Sets the stage: imports the places, opens a cycle in each, and knows when the last one is closed."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from contracts.base import Role
from contracts.policy import Policy
from kinerja import regional_heads
from kinerja.demo import tallies, words
from kinerja.demo.calendar import MONTHS, PERIOD_START
from kinerja.demo.crowd import Crowd
from kinerja.demo.http import Apis, Declined
from kinerja.demo.people import Person, give_habits
from kinerja.demo.players import Players
from kinerja.officer import ASKING, first, founder
from kinerja.places import Place
from kit.clock import Clock

OFFICE = (Role.PERFORMANCE_OFFICE.value,)
AUTHORITY = Role.APPOINTING_AUTHORITY.value
YEAR = 12
"""Months of the period of units that chose a year; their cycle runs beside the half-year one and outlives the play."""
DECLARING = frozenset({"14.72"})
"""Cities that declare an appointing authority; in the others the office decides, as where nobody is declared."""


@dataclass
class Scene:
    """One place's cycle, as last seen."""

    place: Place
    cycle_id: UUID
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        """Whether the cycle is over."""
        return bool(self.seen.get("state") == "CLOSED")


class Director:
    """Acts for the performance offices: opens cycles and looks at them."""

    def __init__(self, apis: Apis, clock: Clock, *, seed: int, players: Players | None = None) -> None:
        self._apis = apis
        self._clock = clock
        self._seed = seed
        self.players = players or Players()
        self._offices: dict[str, UUID] = {}
        self._yearly: set[str] = set()
        self.scenes: list[Scene] = []
        self.crowds: dict[str, Crowd] = {}
        self.policies: dict[str, Policy] = {}
        """By scope; what may be expected of a performance follows from them."""

    def office_token(self, city: str) -> str:
        """A token of the performance office of a city; before its people are known, of whoever brings them in."""
        crowd = self.crowds.get(city)
        person = crowd.office.id if crowd is not None else self._offices.get(city, founder(city))
        return self._apis.token(person, city, OFFICE)

    async def meet_office(self, city: str) -> None:
        """Ask the registry who has the role by now: from then on nobody else acts as the office."""
        page = await self._apis.call("GET", "registry", "/servants", token=self.office_token(city), **ASKING)
        if (office := first(page)) is not None:
            self._offices[city] = office

    async def assemble(self, place: Place) -> None:
        """Meet the people of a place's city."""
        await self.meet_office(place.city)
        token = self.office_token(place.city)
        people = await self._everybody(place.city, token)
        give_habits(people, seed=self._seed)
        policies = {scope: await self._policy(scope, token) for scope in sorted({p.scope for p in people})}
        self.policies |= policies
        crowd = Crowd(self._apis, {p.id: p for p in people}, self._clock, policies, self.players)
        crowd.everybody = lambda: self._everybody(place.city, self.office_token(place.city))
        self.crowds[place.city] = crowd

    async def _everybody(self, city: str, token: str) -> list[Person]:
        """The people of a city, as the registry knows them now."""
        rows = await self._apis.pages("registry", "/servants", token=token)
        units = await self._apis.pages("registry", "/units", token=token)
        scopes = {unit["id"]: unit["scope"] for unit in units}
        self._yearly |= {unit["scope"] for unit in units if unit["period_months"] == YEAR}
        found = [_person(row, city, scopes[row["unit_id"]]) for row in rows]
        return [*found, *await self._heads(city, token, {one.rater_id for one in found})]

    async def _heads(self, city: str, token: str, raters: set[UUID | None]) -> list[Person]:
        """Whoever rates and is no civil servant: the regional head, or who acts for the head."""
        held = await self._apis.pages("registry", "/office-holders", token=token)
        return [
            _official(UUID(one["person_id"]), city, city, name=one["name"], role=one["role"])
            for one in held
            if UUID(one["person_id"]) in raters
        ]

    async def record_head(self, place: Place) -> None:
        """Let the office record the regional head and who rates for the head; on a second start it is recorded already."""
        named = regional_heads.read(place.directory)
        if named is None:
            return
        token, day = self.office_token(place.city), (self._clock.now() + timedelta(hours=7)).date()
        rows = await self._apis.pages("registry", "/office-holders", token=token)
        held = {one["name"]: UUID(one["person_id"]) for one in rows}
        for name, role in ((named.head, named.role), (named.delegate, regional_heads.DELEGATE_ROLE)):
            if name not in held:
                body = regional_heads.holding(name, role, named.decree, day)
                answer = await self._apis.call("POST", "registry", "/office-holders", token=token, body=body)
                held[name] = UUID(answer["person_id"])
        body = regional_heads.rating(held[named.head], held[named.delegate], named.decree, day)
        for one in regional_heads.unrated(await self._apis.pages("registry", "/servants", token=token)):
            await self._apis.call("POST", "registry", f"/servants/{one}/raters", token=token, body=body)

    async def declare_authority(self, place: Place) -> None:
        """Let the office declare the mayor, who is no civil servant, as appointing authority; once a city."""
        crowd, token = self.crowds[place.city], self.office_token(place.city)
        if place.city not in DECLARING or crowd.extras.authority is not None:
            return
        held = await self._apis.pages("registry", "/office-holders", token=token, role=AUTHORITY)
        if not held:
            day = (self._clock.now() + timedelta(hours=7)).date().isoformat()
            body = {"role": AUTHORITY, "name": words.MAYOR, "from": day, "reason": words.DECREE}
            answer = await self._apis.call("POST", "registry", "/office-holders", token=token, body=body)
            held = [answer]
        crowd.extras.authority = _official(
            UUID(held[0]["person_id"]), place.city, place.scope, name=words.MAYOR, role=AUTHORITY
        )

    async def declare_onlookers(self, place: Place) -> None:
        """Let the office declare who looks at the city without rating anybody: leader, auditor, operations, province."""
        token = self.office_token(place.city)
        held = await self._apis.pages("registry", "/office-holders", token=token)
        known = {one["role"] for one in held}
        day = (self._clock.now() + timedelta(hours=7)).date().isoformat()
        for role, name in words.ONLOOKERS.items():
            if role not in known:
                body = {"role": role, "name": name, "from": day, "reason": words.APPOINTED}
                await self._apis.call("POST", "registry", "/office-holders", token=token, body=body)

    async def _policy(self, scope: str, token: str) -> Policy:
        answer = await self._apis.call("GET", "registry", f"/policies/{scope}", token=token)
        return Policy.model_validate(answer["policy"])

    async def open_cycle(self, place: Place) -> None:
        """Open the half-year cycle of a place; opened twice, it is the same cycle."""
        body = {"scope": place.scope, "period_start": PERIOD_START.isoformat(), "months": MONTHS}
        cycle = await self._apis.call("POST", "evaluation", "/cycles", token=self.office_token(place.city), body=body)
        self.scenes.append(Scene(place, UUID(cycle["id"])))
        if place.scope in self._yearly:
            year = await self._apis.call(
                "POST", "evaluation", "/cycles", token=self.office_token(place.city), body=body | {"months": YEAR}
            )
            self.crowds[place.city].extras.year = UUID(year["id"])

    @property
    def calls(self) -> int:
        """How many calls everybody made."""
        return self._apis.calls

    async def look(self) -> bool:
        """See where every cycle stands; true when all are closed."""
        for scene in self.scenes:
            token = self.office_token(scene.place.city)
            scene.seen = await self._apis.call("GET", "evaluation", f"/cycles/{scene.cycle_id}", token=token)
        return all(scene.closed for scene in self.scenes)

    async def summaries(self, scene: Scene) -> dict[str, dict[str, Any]]:
        """What each service counted in the cycle."""
        token = self.office_token(scene.place.city)
        parts = {"plans": "board", "evaluation": "summary", "feedback": "summary", "notify": "summary"}
        counted: dict[str, dict[str, Any]] = {
            name: await self._apis.call("GET", name, f"/cycles/{scene.cycle_id}/{part}", token=token)
            for name, part in parts.items()
        }
        return counted | {
            "listed": await tallies.listed(self._apis, self.crowds[scene.place.city], scene.cycle_id, token)
        }


def _official(person_id: UUID, city: str, scope: str, *, name: str, role: str) -> Person:
    """Somebody with an account and without a NIP, in no unit."""
    return Person(
        id=person_id,
        nip="",
        name=name,
        city=city,
        scope=scope,
        unit_id=UUID(int=0),
        rater_id=None,
        authority_id=None,
        roles=(role,),
        position=name,
    )


def _person(row: dict[str, Any], city: str, scope: str) -> Person:
    return Person(
        id=UUID(row["id"]),
        nip=row["nip"],
        name=row["name"],
        city=city,
        scope=scope,
        unit_id=UUID(row["unit_id"]),
        rater_id=UUID(row["rater_id"]) if row["rater_id"] else None,
        authority_id=UUID(row["authority_id"]) if row["authority_id"] else None,
        roles=tuple(row["roles"]),
        position=row["position"],
    )


async def until_ready(director: Director, place: Place) -> None:
    """Wait until evaluation has the place's policy, by opening its cycle until that succeeds."""
    for _ in range(200):
        try:
            await director.open_cycle(place)
        except Declined as problem:
            if problem.status not in (403, 404, 409, 429, 503):
                raise
            await asyncio.sleep(0.1)
        else:
            return
    raise TimeoutError(f"the policy of {place.label} has not reached the evaluation service")
