"""Events of a city as they are heard, and a reader that follows the feed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from contracts.base import AssessorRole, Event, Phase, Predicate, Rating, Role, new_id
from contracts.evaluation.assessments import AssessmentSubmitted
from contracts.evaluation.cycles import PhaseClosed
from contracts.evaluation.results import ResultFinalised, ResultSuperseded
from contracts.public.scopes import PERSON
from kit.db import Database
from kit.kafka import Heard
from services.integrations.feed.commands import Publishing
from tests.services.integrations.machines import admit
from tests.support.client import Client

CITY, ELSEWHERE = "14.72", "16.71"
URL = "https://events.example.go.id"
NOON = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)


def finalised(servant: UUID | None = None, *, appraisal: UUID | None = None, city: str = CITY) -> ResultFinalised:
    """A final result."""
    return ResultFinalised(
        tenant_id=city,
        appraisal_id=appraisal or new_id(),
        cycle_id=new_id(),
        servant_id=servant or new_id(),
        result_id=new_id(),
        version=1,
        rater_id=new_id(),
        authority_id=new_id(),
        result_rating=Rating.MEETS,
        behaviour_rating=Rating.ABOVE,
        predicate=Predicate.GOOD,
        local_score=Decimal("97.25"),
        local_band="Baik",
        criteria={"discipline": Decimal("88.10")},
        final_without_objection=False,
        finalised_at=NOON,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        months=6,
    )


def superseded(of: ResultFinalised) -> ResultSuperseded:
    """The version after it took its place."""
    return ResultSuperseded(
        tenant_id=of.tenant_id,
        appraisal_id=of.appraisal_id,
        cycle_id=of.cycle_id,
        servant_id=of.servant_id,
        result_id=of.result_id,
        version=of.version,
        by_version=of.version + 1,
        was_final=True,
    )


def closed(cycle: UUID | None = None, *, city: str = CITY) -> PhaseClosed:
    """The end of a phase: about nobody in particular."""
    return PhaseClosed(tenant_id=city, cycle_id=cycle or new_id(), phase=Phase.OBJECTION, early=True)


def assessed() -> AssessmentSubmitted:
    """What a colleague wrote: told between the services, and to nobody else."""
    return AssessmentSubmitted(
        tenant_id=CITY,
        appraisal_id=new_id(),
        cycle_id=new_id(),
        servant_id=new_id(),
        role=AssessorRole.PEER,
        assessor_id=None,
    )


def heard(*events: Event, time: datetime = NOON) -> list[Heard]:
    """The events with ids of their own."""
    return [Heard(event, new_id(), time) for event in events]


async def publish(database: Database, told: Sequence[Heard]) -> int:
    """Into the feed, as the consumer does it."""
    async with database.transaction(told[0].event.tenant_id) as session:
        return await Publishing(URL).publish(session, told)


@dataclass
class Reader:
    """A machine that follows the feed by its links."""

    client: Client
    id: UUID
    city: str = CITY
    scopes: tuple[str, ...] = (PERSON,)
    where: str = "/v1/events"
    read: list[dict[str, Any]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return self.client.as_(self.id, self.city, Role.INTEGRATOR, scopes=self.scopes)

    async def get(self, path: str, **query: Any) -> Any:
        return await self.client.get(path, headers=self.headers, params=query or None)

    async def pages(self) -> AsyncIterator[list[dict[str, Any]]]:
        """Page after page until there is nothing new; the next call goes on from there."""
        while True:
            answer = await self.client.get(self.where, headers=self.headers)
            assert answer.status_code == 200, answer.text
            self.where = answer.links["next"]["url"]
            found: list[dict[str, Any]] = answer.json()
            if not found:
                return
            self.read += found
            yield found

    async def follow(self) -> list[dict[str, Any]]:
        """Everything that is new."""
        return [one async for page in self.pages() for one in page]


async def reader(
    database: Database, client: Client, *, city: str = CITY, scopes: tuple[str, ...] = (PERSON,)
) -> Reader:
    """A machine that the office has declared."""
    who = new_id()
    await admit(database, city, {who: Role.INTEGRATOR})
    return Reader(client, who, city, scopes)
