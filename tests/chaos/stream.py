"""A stream of commands: each one transaction with its events, some ten a second, whatever is away."""

import asyncio
from collections.abc import Callable
from datetime import date
from itertools import count

from sqlalchemy.exc import SQLAlchemyError

from contracts.base import Event, Phase, new_id
from contracts.evaluation.cycles import CycleOpened
from contracts.notify.notices import NoticeDelivered
from contracts.obligations import Obligation, ObligationKind, Step, SteppedObligation
from contracts.plans.obligations import ObligationsOpened, ObligationsStepped
from contracts.plans.plans import PlanDrafted, PlanReturned
from kit import direct
from kit.clock import Clock
from kit.db import Database
from kit.outbox import emit_all
from obligations.parts import in_parts
from tests.support.people import Office, master_data

PAUSE_SECONDS = 0.1
Own = Callable[[Office], Event]
OPENS_A_CYCLE = 10
"""Every so many commands; a cycle is a workflow."""


def delivered(office: Office) -> Event:
    """What notify tells of itself."""
    return NoticeDelivered(
        tenant_id=office.tenant_id,
        notice_id=new_id(),
        person_id=office.head,
        about_event=new_id(),
        about_type=PlanReturned.ce_type(),
        delivered_at=Clock().now(),
    )


def drafted(office: Office) -> Event:
    """What plans tells of itself, and notify passes over."""
    return PlanDrafted(tenant_id=office.tenant_id, plan_id=new_id(), cycle_id=new_id(), servant_id=office.head)


class Stream:
    """The service's own outbox stands for those of plans and evaluation: to the bus all are alike.

    Each command tells something on the service's own topic too: a relay that finds that one empty beside a full journal
    takes the broker for a new one, and tells everything again.
    """

    def __init__(self, database: Database, office: Office, own: Own) -> None:
        self.given = 0
        self.failed = 0
        """Commands whose caller heard that the database is away."""
        self._database = database
        self._office = office
        self._own = own
        self._cycle_id = new_id()
        self._owed = {person: new_id() for person in office.everyone}
        self._due = Clock().now()

    async def _begin(self) -> None:
        """Tell of the people and of what each of them owes."""
        items = [
            Obligation(
                id=one,
                kind=ObligationKind.PROPOSE_PLAN,
                subject_id=new_id(),
                debtor_id=person,
                due_at=self._due,
                opened_at=self._due,
            )
            for person, one in self._owed.items()
        ]
        opened = [
            ObligationsOpened(
                tenant_id=self._office.tenant_id, cycle_id=self._cycle_id, phase=Phase.PLANNING, items=list(part)
            )
            for part in in_parts(items)
        ]
        await self._give(*master_data(self._office), *opened, self._own(self._office))

    async def run(self) -> None:
        """Give commands until cancelled."""
        try:
            await self._begin()
            for number in count():
                try:
                    await self._give(*self._command(number))
                    self.given += 1
                except (*direct.AWAY, SQLAlchemyError):
                    self.failed += 1
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            await self._database.close()

    def _command(self, number: int) -> list[Event]:
        events: list[Event] = [self._reminded(number), self._returned(number), self._own(self._office)]
        if number % OPENS_A_CYCLE == 0:
            events.append(self._opened(number))
        return events

    def _reminded(self, number: int) -> ObligationsStepped:
        """Adds one to a number that nothing but the inbox keeps from being added to twice."""
        person = self._office.everyone[number % len(self._office.everyone)]
        item = SteppedObligation(
            id=self._owed[person],
            kind=ObligationKind.PROPOSE_PLAN,
            step=Step.REMIND,
            debtor_id=person,
            told_id=person,
            due_at=self._due,
            rung=0,
        )
        # Another cycle each time, because the key may be its id: all partitions take part.
        return ObligationsStepped(
            tenant_id=self._office.tenant_id, cycle_id=new_id(), phase=Phase.PLANNING, items=[item]
        )

    def _returned(self, number: int) -> PlanReturned:
        return PlanReturned(
            tenant_id=self._office.tenant_id,
            plan_id=new_id(),
            cycle_id=self._cycle_id,
            servant_id=self._office.staff[number % len(self._office.staff)],
            returned_by=self._office.section_head,
            reason="Target",
            round=1,
        )

    def _opened(self, number: int) -> CycleOpened:
        policy = self._office.policy
        return CycleOpened(
            tenant_id=self._office.tenant_id,
            cycle_id=new_id(),
            scope=policy.scope,
            name=f"Siklus {number}",
            period_start=date(2026, 1, 1),
            period_end=date(2026, 6, 30),
            months=policy.period_months,
            policy=policy,
            calendar_version=1,
        )

    async def _give(self, *events: Event) -> None:
        async with self._database.transaction(self._office.tenant_id) as session:
            await emit_all(session, events)
