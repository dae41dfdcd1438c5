"""A city whose plans, evaluation and feedback really work on their databases, on the clock of the test server."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from temporalio import activity
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    UnsandboxedWorkflowRunner,
    Worker,
)

from contracts.base import Event, Role, new_id
from contracts.evaluation.cycles import CycleClosed, CycleOpened, MembersEnrolled, PhaseOpened
from contracts.evaluation.interventions import CycleCancelled
from contracts.registry.servants import ServantRecorded
from contracts.workflows import QUEUE
from directory import take
from kit.actor import Actor
from kit.db import Database
from services.evaluation import activities as evaluation
from services.evaluation.cycles.commands import interventions, lifecycle
from services.feedback import activities as feedback
from services.plans import activities as plans
from tests.support import people, policies
from tests.support.clock import SetClock
from tests.support.emitted import relay_url
from workflows.registered import WORKFLOWS

_TAKERS: dict[type[Event], Any] = {
    CycleOpened: take.take_cycle,
    MembersEnrolled: take.take_members,
    PhaseOpened: take.take_phase,
    CycleClosed: take.take_end,
    CycleCancelled: take.take_end,
}


@dataclass
class City(Interceptor):
    """Its databases; what was told passes from evaluation to the others after every activity, as the bus would do it."""

    env: WorkflowEnvironment
    clock: SetClock
    databases: dict[str, Database]
    twice: bool = False
    """Every activity is done, dies before it can answer, and is done again."""
    told: Counter[str] = field(default_factory=Counter)
    tenant_id: str = "16.71"
    office: people.Office = field(init=False)
    _relays: dict[str, asyncpg.Connection] = field(default_factory=dict)
    _began: datetime = field(init=False)
    _opened: datetime = field(init=False)
    _bus: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        policy = policies.policy().model_copy(update={"scope": self.tenant_id})
        self.office = people.Office(self.tenant_id, policy)

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _Delivering(next, self)

    async def begin(self) -> None:
        """From now on the business clock goes with the server's."""
        self._began, self._opened = await self.env.get_current_time(), self.clock.now()

    async def populate(self, more: int) -> UUID:
        """People an office and so many more below its section head; open their cycle. Returns its id."""
        await self.begin()
        arriving = people.master_data(self.office) + [self._servant(number) for number in range(more)]
        for name, database in self.databases.items():
            self._relays[name] = await asyncpg.connect(relay_url(database))
            async with database.transaction(self.office.tenant_id) as session:
                await take.take_master_data(session, arriving)
        office = Actor(self.office.office, self.office.tenant_id, frozenset({Role.PERFORMANCE_OFFICE}))
        async with self.databases["evaluation"].transaction(self.office.tenant_id, office) as session:
            cycle = await lifecycle.open_cycle(
                session, self.office.policy.scope, period_start=date(2026, 1, 1), months=6
            )
        await self.deliver()
        return cycle.id

    async def cancel(self, cycle_id: UUID) -> None:
        """The office ends it."""
        office = Actor(self.office.office, self.office.tenant_id, frozenset({Role.PERFORMANCE_OFFICE}))
        async with self.databases["evaluation"].transaction(self.office.tenant_id, office) as session:
            await interventions.cancel(session, cycle_id, "Peraturan baru")
        await self.deliver()

    async def tick(self) -> None:
        """The business clock goes with the test server's."""
        self.clock.set(max(self.clock.now(), self._opened + (await self.env.get_current_time() - self._began)))

    async def deliver(self, first: str = "") -> None:
        """Pass on what was told since the last time; ``first`` names the service that has just acted, if one did."""
        async with self._bus:
            for name in self.databases:
                for event in await _taken(self._relays[name]):
                    self.told[f"{name} {type(event).__name__}"] += len(getattr(event, "items", ()) or (1,))
                    if (taker := _TAKERS.get(type(event))) is not None:
                        await self._take(taker, event)

    async def leave(self) -> None:
        """Close what was opened."""
        for relay in self._relays.values():
            await relay.close()

    async def _take(self, taker: Any, event: Event) -> None:
        for name in ("plans", "feedback"):
            async with self.databases[name].transaction(event.tenant_id) as session:
                await taker(session, event)

    def _servant(self, number: int) -> ServantRecorded:
        return ServantRecorded(
            tenant_id=self.office.tenant_id,
            servant_id=new_id(),
            revision=1,
            nip=f"19490101197002{number:04d}",
            name=f"Pegawai lain {number}",
            email=f"lain{number}@example.go.id",
            employment_type="PNS",
            grade="III/a",
            position="Pelaksana",
            position_kind="PELAKSANA",
            unit_id=self.office.unit_id,
            is_head=False,
            rater_id=self.office.section_head,
            authority_id=self.office.head,
        )


async def _taken(relay: asyncpg.Connection) -> list[Event]:
    """What stands in an outbox, which is empty of it from now on."""
    rows = await relay.fetch("delete from outbox returning id, type, body")
    ordered = sorted(rows, key=lambda row: int(row["id"]))
    return [Event.known[row["type"]].model_validate_json(row["body"]) for row in ordered]


class _Delivering(ActivityInboundInterceptor):
    def __init__(self, following: ActivityInboundInterceptor, city: City) -> None:
        super().__init__(following)
        self._city = city

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002
        await self._city.tick()
        service = activity.info().task_queue
        answer = await super().execute_activity(input)
        await self._city.deliver(service)
        if self._city.twice:
            answer = await super().execute_activity(input)
            await self._city.deliver(service)
        return answer


@asynccontextmanager
async def at_work(city: City) -> AsyncIterator[None]:
    """The workers of the three services and of the workflows, these without a sandbox: other tests replay them in one."""
    doing = {
        "plans": plans.build(city.databases["plans"]),
        "feedback": feedback.build(city.databases["feedback"]),
        "evaluation": evaluation.build(city.databases["evaluation"]),
    }
    acting = [
        Worker(city.env.client, task_queue=queue, activities=acts, interceptors=[city])  # type: ignore[arg-type]
        for queue, acts in doing.items()
    ]
    leading = Worker(
        city.env.client, task_queue=QUEUE, workflows=WORKFLOWS, workflow_runner=UnsandboxedWorkflowRunner()
    )
    async with acting[0], acting[1], acting[2], leading:
        try:
            yield
        finally:
            await city.leave()
