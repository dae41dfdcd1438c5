"""A cycle in one office, its people at the API, and evaluation's events of their results."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from contracts.activities import PhaseAsk, SweepAsk
from contracts.base import Phase, Predicate, Rating, new_id
from contracts.evaluation.cycles import PhaseOpened
from contracts.evaluation.results import (
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
    ResultSuperseded,
)
from contracts.feedback.activities import ObjectionAsk
from contracts.policy import Measure, Policy
from directory import take
from kit.db import Database
from services.feedback.activities import FeedbackActivities
from services.feedback.results import commands as results
from tests.conftest import ClientOf
from tests.contracts.samples import sample
from tests.support import people, policies
from tests.support.client import Client
from tests.support.people import Cycle, Office

INDICATOR = UUID("0190aaaa-0000-7000-8000-000000000001")


@dataclass
class Scene:
    """Everything a test of this service needs; people act through HTTP, workflows through activities."""

    database: Database
    client: Client
    office: Office
    cycle: Cycle
    does: FeedbackActivities = field(init=False)

    def __post_init__(self) -> None:
        self.does = FeedbackActivities(self.database)

    @property
    def ani(self) -> UUID:
        """Rated by the section head; the head is the reviewing authority."""
        return self.office.staff[0]

    @property
    def assessed(self) -> tuple[str, ...]:
        """The criteria that people score."""
        return tuple(one.code for one in self.office.policy.criteria if one.measure is Measure.ASSESSMENT)

    @property
    def indicators(self) -> dict[str, Decimal | None]:
        """What evaluation tells of the plan's indicators."""
        return {str(INDICATOR): Decimal(70)}

    @property
    def rater(self) -> UUID:
        return self.office.section_head

    @property
    def authority(self) -> UUID:
        return self.office.head

    async def post(self, person: UUID, path: str, body: dict[str, Any] | None = None, *, status: int = 0) -> Any:
        """What the API answers to this person, whose roles come from the office; 2xx unless a status is named."""
        headers = self.client.as_(person, self.office.tenant_id, *self.office.roles(person))
        answer = await self.client.post(f"/v1{path}", json=body or {}, headers=headers)
        assert answer.status_code == status or (not status and answer.is_success), answer.text
        return answer.json()

    async def get(self, person: UUID, path: str, *, status: int = 200, **query: Any) -> Any:
        """The same for reading."""
        headers = self.client.as_(person, self.office.tenant_id, *self.office.roles(person))
        answer = await self.client.get(f"/v1{path}", params=query, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def phase(self, phase: Phase) -> PhaseAsk:
        return PhaseAsk(
            tenant_id=self.office.tenant_id, cycle_id=self.cycle.id, phase=phase, members=len(self.office.everyone)
        )

    def about(self, objection: dict[str, Any]) -> ObjectionAsk:
        return ObjectionAsk(tenant_id=self.office.tenant_id, objection_id=UUID(objection["id"]))

    async def sweep(self) -> int:
        return (await self.does.sweep_obligations(SweepAsk(tenant_id=self.office.tenant_id))).handled

    async def provisional(self, servant: UUID, *, days: int = 5) -> UUID:
        """Evaluation emits that the ratings stand; returns the appraisal."""
        event = ResultProvisional(
            tenant_id=self.office.tenant_id,
            appraisal_id=self.cycle.appraisals[servant],
            cycle_id=self.cycle.id,
            servant_id=servant,
            rater_id=self.office.rater(servant) or self.office.office,
            result_rating=Rating.BELOW,
            behaviour_rating=Rating.MEETS,
            predicate=Predicate.NEEDS_IMPROVEMENT,
            local_score=Decimal("71.00"),
            clarify_until=self.now() + timedelta(days=days),
            criteria={code: Decimal("71.00") for code in self.assessed},
            indicators=self.indicators,
        )
        async with self.database.transaction(self.office.tenant_id) as session:
            await results.take_provisional(session, event)
        return event.appraisal_id

    async def issue(self, servant: UUID, **change: Any) -> UUID:
        """Evaluation emits that a version was issued; returns the result."""
        body = self.result(servant) | change
        event = ResultIssued(
            **body, issued_at=self.now(), issued_by=body["rater_id"], by_superior=False, indicators=self.indicators
        )
        async with self.database.transaction(self.office.tenant_id) as session:
            await results.take_issued(session, event)
        return event.result_id

    async def receive(self, servant: UUID, *, days: int = 18, **change: Any) -> UUID:
        """Issued and received; the window is open for so many days."""
        result_id = await self.issue(servant, **change)
        body = self.result(servant) | change | {"result_id": result_id}
        until = self.now() + timedelta(days=days)
        event = ResultReceived(**body, received_at=self.now(), deemed=False, object_until=until)
        async with self.database.transaction(self.office.tenant_id) as session:
            await results.take_received(session, event)
        return result_id

    async def finalise(self, servant: UUID, **change: Any) -> UUID:
        """Evaluation emits that nothing changes the result any more."""
        event = ResultFinalised(**(self.result(servant) | change), finalised_at=self.now())
        async with self.database.transaction(self.office.tenant_id) as session:
            await results.take_finalised(session, event)
        return event.result_id

    async def supersede(self, servant: UUID, result_id: UUID) -> None:
        """A later version took its place."""
        event = ResultSuperseded(
            tenant_id=self.office.tenant_id,
            appraisal_id=self.cycle.appraisals[servant],
            cycle_id=self.cycle.id,
            servant_id=servant,
            result_id=result_id,
            version=1,
            by_version=2,
        )
        async with self.database.transaction(self.office.tenant_id) as session:
            await results.take_superseded(session, event)

    def now(self) -> datetime:
        return self.database.clock.now()

    def result(self, servant: UUID) -> dict[str, Any]:
        """The body that events about a result share."""
        return {
            "tenant_id": self.office.tenant_id,
            "appraisal_id": self.cycle.appraisals[servant],
            "cycle_id": self.cycle.id,
            "servant_id": servant,
            "result_id": new_id(),
            "version": 1,
            "rater_id": self.office.rater(servant) or self.office.office,
            "authority_id": self.office.authority(servant),
            "result_rating": Rating.BELOW,
            "behaviour_rating": Rating.MEETS,
            "predicate": Predicate.NEEDS_IMPROVEMENT,
            "local_score": Decimal("71.00"),
            "local_band": "FAIR",
            "criteria": {"results": Decimal("71.00"), "behaviour": None}
            | dict.fromkeys(self.assessed, Decimal("71.00")),
            "final_without_objection": False,
        }


async def scene(database: Database, client_of: ClientOf, place: str = "palembang", **change: Any) -> Scene:
    """An office of a place with an open cycle; ``change`` changes its policy."""
    policy = Policy.model_validate(policies.policy(place).model_dump() | change)
    office = await people.people(database, place, policy=policy)
    cycle = await people.open_cycle(database, office)
    return Scene(database, client_of("feedback", database), office, cycle)


async def in_phase(here: Scene, phase: Phase) -> None:
    """Evaluation tells that a phase of the cycle began."""
    opened = sample(PhaseOpened)
    change = {"tenant_id": here.office.tenant_id, "cycle_id": here.cycle.id, "phase": phase}
    async with here.database.transaction(here.office.tenant_id) as session:
        await take.take_phase(session, PhaseOpened.model_validate(opened.model_dump() | change))
