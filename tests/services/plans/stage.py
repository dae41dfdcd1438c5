"""An office in the middle of a cycle, and its people as callers of the plans API."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select
from sqlmodel import col

from contracts.activities import PhaseAsk, PhaseState
from contracts.base import Phase, Role
from contracts.obligations import ObligationKind
from contracts.plans.obligations import OBLIGATIONS
from kit.db import Database
from obligations.rows import ObligationRow
from obligations.sweep import sweep
from services.plans.activities import PlanActivities
from services.plans.cycles.commands.lapses import LAPSES
from services.plans.plans.models import Plan
from services.plans.reports.models import Report
from tests.support import people
from tests.support.client import Client

Body = dict[str, Any]


def indicator(**changes: object) -> Body:
    """Letters answered, all of the weight."""
    plain: Body = {
        "statement": "Surat yang dijawab",
        "unit": "surat",
        "target_lo": "40",
        "target_hi": "40",
        "weight": "100",
        "source_of_data": "Buku agenda",
    }
    return plain | changes


def content(*indicators: Body, goal: str | None = "Pelayanan publik yang cepat") -> Body:
    """A plan of one primary result."""
    result = {"kind": "PRIMARY", "statement": "Surat masuk terjawab", "goal": goal}
    return {"results": [result | {"indicators": list(indicators) or [indicator()]}]}


TALK: Body = {"held_on": "2026-01-05", "summary": "Target dibahas", "agreed": "Laporan tiap triwulan", "purpose": "SET"}


class Stage:
    """One city's office, its cycle and its callers."""

    def __init__(self, database: Database, client: Client, office: people.Office, cycle: people.Cycle) -> None:
        self.database = database
        self.client = client
        self.office = office
        self.cycle = cycle
        self.activities = PlanActivities(database)

    @property
    def city(self) -> str:
        return self.office.tenant_id

    @property
    def servant(self) -> UUID:
        """The first of the staff."""
        return self.office.staff[0]

    @property
    def peer(self) -> UUID:
        """Another of the staff, with the same rater."""
        return self.office.staff[1]

    @property
    def rater(self) -> UUID:
        return self.office.section_head

    @property
    def authority(self) -> UUID:
        return self.office.head

    def ask(self, phase: Phase) -> PhaseAsk:
        return PhaseAsk(tenant_id=self.city, cycle_id=self.cycle.id, phase=phase, members=len(self.office.everyone))

    async def open(self, phase: Phase, *, days: int = 30) -> PhaseState:
        """Evaluation emits that the phase began, and the workflow asks this service to open it."""
        await people.open_phase(self.database, self.cycle, phase, days=days)
        return await self.activities.open_phase(self.ask(phase))

    async def sweep(self) -> int:
        """Move the ladders that are due."""
        handled, _ = await sweep(self.database, OBLIGATIONS, LAPSES, tenant_id=self.city)
        return handled

    async def post(self, person: UUID, path: str, body: Body | None = None, **headers: str) -> httpx.Response:
        return await self.client.post(f"/v1{path}", json=body or {}, headers=self._headers(person) | headers)

    async def put(self, person: UUID, path: str, body: Body, **headers: str) -> httpx.Response:
        return await self.client.put(f"/v1{path}", json=body, headers=self._headers(person) | headers)

    async def get(self, person: UUID, path: str, **query: str | int) -> httpx.Response:
        return await self.client.get(f"/v1{path}", params=query, headers=self._headers(person))

    def _headers(self, person: UUID) -> dict[str, str]:
        roles: tuple[Role, ...] = self.office.roles(person)
        return self.client.as_(person, self.city, *roles)

    async def plan(self, person: UUID | None = None) -> Plan:
        """The plan of a person in this cycle, of the servant by default, as it is stored now."""
        async with self.database.transaction(self.city) as session:
            mine = select(Plan).where(
                col(Plan.servant_id) == (person or self.servant), col(Plan.cycle_id) == self.cycle.id
            )
            return (await session.scalars(mine)).one()

    async def reports(self, plan_id: UUID) -> Sequence[Report]:
        async with self.database.transaction(self.city) as session:
            mine = select(Report).where(col(Report.plan_id) == plan_id).order_by(col(Report.period))
            return (await session.scalars(mine)).all()

    async def owed(self, kind: ObligationKind, subject_id: UUID) -> ObligationRow | None:
        """The open obligation of one kind about something."""
        async with self.database.transaction(self.city) as session:
            open_ = select(ObligationRow).where(
                col(ObligationRow.kind) == kind.value,
                col(ObligationRow.subject_id) == subject_id,
                col(ObligationRow.state) == "OPEN",
            )
            return (await session.scalars(open_)).one_or_none()

    async def proposed(self, body: Body | None = None) -> UUID:
        """The servant's plan, written and proposed."""
        plan_id = (await self.plan()).id
        assert (await self.put(self.servant, f"/plans/{plan_id}", body or content())).status_code == 200
        assert (await self.post(self.servant, f"/plans/{plan_id}/proposal")).status_code == 200
        return plan_id

    async def made_set(self, body: Body | None = None) -> UUID:
        """The servant's plan, set after a dialogue and agreed on by both."""
        plan_id = await self.set_by_rater(body)
        agreed = await self.post(self.servant, f"/plans/{plan_id}/confirmation", {"answer": "AGREED"})
        assert agreed.status_code == 200
        return plan_id

    async def set_by_rater(self, body: Body | None = None) -> UUID:
        """The servant's plan, set after a dialogue; the servant has said nothing yet."""
        plan_id = await self.proposed(body)
        assert (await self.post(self.rater, f"/plans/{plan_id}/dialogues", TALK)).status_code == 201
        assert (await self.post(self.rater, f"/plans/{plan_id}/setting")).status_code == 200
        return plan_id
