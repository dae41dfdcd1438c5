"""Asks every route as each kind of person and takes everything back, so that all of them find the same state."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.public.scopes import PERSON
from kit.actor import Actor
from kit.db import Database
from tests.support.client import Client
from tests.support.holders import EVERY
from tests.support.people import Office

ANYONE = "anyone"
ABOVE = {
    "appointing": Role.APPOINTING_AUTHORITY,
    "leader": Role.CITY_LEADER,
    "auditor": Role.AUDITOR,
    "operations": Role.OPERATIONS,
    "integrator": Role.INTEGRATOR,
    "province": Role.PROVINCE,
}
"""Holders of offices, who are no civil servants here."""
KINDS = ("self", "rater", "authority", "debtor", "peer", "panel", "office", *ABOVE, ANYONE)
"""The words of the table; what each means stands there."""
ELSEWHERE = "16.99"
"""A city that has nothing to do with any of this."""
_REFUSED = frozenset({403, 404})
_NOT_NOW = frozenset({409, 412})
"""The person may, but not in this state."""


_READ_ONLY = "https://kinerja.id/problems/read-only"


class _TakenBack(Exception):
    """Ends a transaction that went well."""


class Rehearsal(Database):
    """A database that keeps nothing; its deputy holds every open obligation of the city while asking."""

    deputy: UUID | None = None
    takes_changes: bool = True

    @asynccontextmanager
    async def transaction(
        self, tenant_id: str, actor: Actor | None = None, *, opening: str = ""
    ) -> AsyncIterator[AsyncSession]:
        """Roll back what went well, too."""
        with suppress(_TakenBack):
            async with super().transaction(tenant_id, actor, opening=opening) as session:
                if actor is not None and actor.id == self.deputy:
                    await session.execute(_HAND_OVER, {"deputy": actor.id})
                if not self.takes_changes:
                    await session.execute(_STANDSTILL)
                yield session
                await session.flush()
                raise _TakenBack


_STANDSTILL = text("set transaction read only")
_HAND_OVER = text("update obligations set debtor_id = :deputy where state = 'OPEN'")


@dataclass(frozen=True)
class People:
    """How each person of a city stands to the one concerned, with the roles in the token."""

    city: str
    kinds: Mapping[str, tuple[UUID, tuple[Role, ...]]]

    @classmethod
    def of(cls, office: Office, about: UUID, *, peer: UUID | None = None, debtor: UUID | None = None) -> "People":
        """Everybody around a civil servant of the office; the last of the staff has no part in anything."""
        rater = office.rater(about)
        kinds = {
            "self": about,
            "rater": rater,
            "authority": None if rater is None else office.rater(rater),
            "debtor": debtor or office.staff[3],
            "peer": peer,
            "panel": office.panel[0],
            "office": office.office,
            ANYONE: office.staff[4],
        }
        around = {kind: (one, office.roles(one)) for kind, one in kinds.items() if one}
        above = {kind: (office.holders[role], (role,)) for kind, role in ABOVE.items()}
        return cls(office.tenant_id, around | above)

    def only(self, *kinds: str) -> "People":
        """Some of them."""
        return People(self.city, {kind: self.kinds[kind] for kind in kinds})

    def but(self, kind: str) -> "People":
        """All the others."""
        return People(self.city, {name: one for name, one in self.kinds.items() if name != kind})

    def ids(self) -> Iterator[UUID]:
        """Everybody's id."""
        yield from {who for who, _ in self.kinds.values()}


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One route, asked about one thing in a state in which somebody may do it."""

    method: str
    route: str
    """As the document has it, without ``/v1``."""
    people: People
    ids: Mapping[str, object] = field(default_factory=dict)
    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[tuple[str, tuple[str, bytes]]] = ()
    concerns: UUID | None = None
    """Whom it is about, if that is another than the one around whom the people stand."""
    everywhere: bool = False
    """What it names is the same in every city, and of none."""

    @property
    def concerned(self) -> UUID:
        """Whom it is about."""
        return self.concerns or self.people.kinds["self"][0]

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    async def ask(self, client: Client, who: UUID, city: str, roles: Sequence[Role]) -> httpx.Response:
        given: dict[str, Any] = {"files": list(self.files)} if self.files else {"json": self.body}
        path = f"/v1{self.route.format_map(dict(self.ids))}"
        headers = client.as_(who, city, *roles, scopes=(PERSON,))  # no scope opens anything without the role
        return await client.request(self.method, path, headers=headers, params=dict(self.query), **given)


@dataclass
class Observed:
    """Who may, as the routes of one service answered."""

    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    """What says that a probe proves nothing, or that another city gets in."""


async def observe(client: Client, rehearsal: Rehearsal, probes: AsyncIterator[Probe]) -> Observed:
    """Ask each probe as everybody of the city, then as the same people with every role, but of another city."""
    found = Observed()
    async for probe in probes:
        people = probe.people
        rehearsal.deputy = people.kinds["debtor"][0] if "debtor" in people.kinds else None
        answers = {
            kind: await probe.ask(client, who, people.city, roles) for kind, (who, roles) in people.kinds.items()
        }
        may = frozenset(kind for kind, answer in answers.items() if answer.status_code not in _REFUSED)
        if ANYONE in may and "province" in may:
            found.wrong.append(f"{probe.name}: an official of the province reads what is about people")
        known = found.allowed.get(probe.name, frozenset()) | may
        found.allowed[probe.name] = frozenset({ANYONE}) if ANYONE in known else known
        found.wrong += _pointless(probe, {kind: answers[kind] for kind in answers if kind in may})
        found.wrong += await _at_a_standstill(client, rehearsal, probe, answers)
        for who in people.ids():
            elsewhere = await probe.ask(client, who, ELSEWHERE, EVERY)
            if wrong := _let_in(probe, who, elsewhere, open_to_all=ANYONE in may):
                found.wrong.append(wrong)
    return found


def _pointless(probe: Probe, answers: Mapping[str, httpx.Response]) -> list[str]:
    """A refusal means little where nobody succeeds, and a malformed request is judged before the person is."""
    wrong = [
        f"{probe.name} as {kind}: {answer.status_code} {answer.text[:300]}"
        for kind, answer in answers.items()
        if not answer.is_success and answer.status_code not in _NOT_NOW
    ]
    if not any(answer.is_success for answer in answers.values()):
        told = {kind: answer.text[:200] for kind, answer in answers.items()}
        wrong.append(f"{probe.name}: nobody succeeds {told}")
    return wrong


async def _at_a_standstill(
    client: Client, rehearsal: Rehearsal, probe: Probe, answers: Mapping[str, httpx.Response]
) -> list[str]:
    """While no changes are taken: one's own records are read, others' where nothing is to be noted, and nothing is written.

    What was done before may be answered as it was. Asked as one of those who succeed, as oneself if that is one of them.
    """
    kind = next((one for one in KINDS if one in answers and answers[one].is_success), None)
    if kind is None:
        return []
    who, roles = probe.people.kinds[kind]
    rehearsal.takes_changes = False
    try:
        answer = await probe.ask(client, who, probe.people.city, roles)
    finally:
        rehearsal.takes_changes = True
    is_refused = answer.status_code == 503 and answer.json()["type"] == _READ_ONLY
    own = probe.method == "GET" and kind == "self"
    if answer.is_success or (is_refused and not own):
        return []
    return [f"{probe.name} as {kind} while no changes are taken: {answer.status_code} {answer.text[:300]}"]


def _let_in(probe: Probe, who: UUID, answer: httpx.Response, *, open_to_all: bool) -> str | None:
    """What the path names is not there. What else is asked is refused, or answered without anything of this city."""
    refused = answer.status_code in _REFUSED or (not answer.is_success and (open_to_all or not probe.ids))
    named = () if probe.everywhere else tuple(probe.ids.values())
    ours = {str(one) for one in (*named, *probe.people.ids())} - {str(who)}
    seen = any(one in answer.text for one in ours)
    if refused or not (named or seen):
        return None
    return f"{probe.name} from another city: {answer.status_code} {answer.text[:300]}"


def more_time(person_id: UUID) -> dict[str, str]:
    """Asks for more time for one person."""
    return {"until": "2026-01-30", "reason": "Bertugas di luar", "person_id": str(person_id), "phase": "PLANNING"}
