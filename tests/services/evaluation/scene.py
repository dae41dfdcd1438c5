"""A cycle in one office: people act through HTTP, workflows through activities, other services through what they tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.activities import PhaseAsk, PhaseState, SweepAsk
from contracts.amendments import ScoreChange
from contracts.base import Event, Phase, Rating, new_id
from contracts.calendar import DayKind
from contracts.evaluation.activities import CycleAsk, PhaseWindow
from contracts.evaluation.cycles import MembersEnrolled
from contracts.evaluation.results import ResultIssued
from contracts.feedback.objections import Decision, ObjectionDecided, ObjectionFiled, ObjectionOutcome
from contracts.notify.notices import NoticeDelivered
from contracts.plans.initiatives import InitiativeVerified
from contracts.plans.plans import Direction, IndicatorState, PlanSet
from contracts.plans.reports import ActualsReported
from contracts.policy import Policy
from contracts.registry.servants import ServantRecorded
from contracts.registry.units import UnitRecorded
from directory import take
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from obligations.legal_dates import due_after
from services.evaluation.activities import EvaluationActivities
from services.evaluation.appraisals.commands import facts
from services.evaluation.assessments.rules.form import codes
from services.evaluation.results.commands import objections, receipt
from tests.conftest import ClientOf
from tests.support import people
from tests.support.client import Client
from tests.support.clock import SetClock
from tests.support.emitted import emitted_of
from tests.support.people import Office, master_data
from tests.support.policies import calendar

TAKERS: dict[type[Event], Any] = {
    PlanSet: facts.take_plan,
    ActualsReported: facts.take_actuals,
    InitiativeVerified: facts.take_initiative,
    ObjectionFiled: objections.record_filing,
    ObjectionDecided: objections.apply_decision,
    NoticeDelivered: receipt.deliver,
}
RATINGS: dict[str, Any] = {
    "result_rating": "MEETS",
    "behaviour_rating": "MEETS",
    "reasons": {"result_rating": "Capaian indikator", "behaviour_rating": "BerAKHLAK"},
}


@dataclass
class Scene:
    """Everything a test of this service needs."""

    database: Database
    client: Client
    clock: SetClock
    office: Office
    cycle_id: UUID = field(default_factory=new_id)
    appraisals: dict[UUID, UUID] = field(default_factory=dict)

    @property
    def does(self) -> EvaluationActivities:
        return EvaluationActivities(self.database)

    @property
    def tenant_id(self) -> str:
        return self.office.tenant_id

    @property
    def ani(self) -> UUID:
        """Rated by the section head; the head is the reviewing authority."""
        return self.office.staff[0]

    @property
    def rater(self) -> UUID:
        return self.office.section_head

    @property
    def authority(self) -> UUID:
        return self.office.head

    @property
    def codes(self) -> tuple[str, ...]:
        return codes(self.office.policy)

    async def call(
        self, method: str, person: UUID, path: str, body: Any = None, *, status: int = 0, **query: Any
    ) -> Any:
        """What the API answers to this person; 2xx unless a status is named."""
        headers = self.client.as_(person, self.tenant_id, *self.office.roles(person))
        answer = await self.client.request(method, f"/v1{path}", json=body, params=query, headers=headers)
        assert answer.status_code == status or (not status and answer.is_success), f"{path}: {answer.text}"
        return answer.json()

    async def post(self, person: UUID, path: str, body: Any = None, *, status: int = 0, **query: Any) -> Any:
        return await self.call("POST", person, path, {} if body is None else body, status=status, **query)

    async def get(self, person: UUID, path: str, *, status: int = 0, **query: Any) -> Any:
        return await self.call("GET", person, path, status=status, **query)

    def ask(self, phase: Phase) -> PhaseAsk:
        return PhaseAsk(tenant_id=self.tenant_id, cycle_id=self.cycle_id, phase=phase, members=len(self.appraisals))

    async def lead(self, phase: Phase) -> PhaseWindow:
        """Let the time of the phase come, and open it."""
        window = await self.does.begin_phase(self.ask(phase))
        if not window.opened:
            self.clock.advance(seconds=window.opens_in)
            window = await self.does.begin_phase(self.ask(phase))
        assert window.opened
        await self.does.open_phase(self.ask(phase))
        return window

    async def end(self, phase: Phase) -> None:
        await self.does.close_phase(self.ask(phase))
        await self.does.end_phase(self.ask(phase))

    async def through(self, *phases: Phase) -> None:
        """Lead phases in which nothing of interest happens."""
        for phase in phases:
            await self.lead(phase)
            await self.end(phase)

    async def owed(self, phase: Phase) -> int:
        state: PhaseState = await self.does.read_phase(self.ask(phase))
        return state.owed

    async def sweep(self, *, days: float = 0) -> int:
        """Move the ladders, after some days."""
        self.clock.advance(days=days)
        return (await self.does.sweep_obligations(SweepAsk(tenant_id=self.tenant_id))).handled

    async def next_sweep(self) -> float | None:
        """After how many seconds the next sweep is wanted."""
        return (await self.does.sweep_obligations(SweepAsk(tenant_id=self.tenant_id))).wait_seconds

    def office_days(self, days: int, *, since: datetime) -> datetime:
        """The end of the day so many working days later."""
        return due_after(since, days, DayKind.WORKING, calendar())

    async def close(self) -> int:
        return (await self.does.close_cycle(CycleAsk(tenant_id=self.tenant_id, cycle_id=self.cycle_id))).owed

    async def take(self, *events: Event) -> None:
        """What other services tell, each in a transaction of its own."""
        for event in events:
            async with self.database.transaction(self.tenant_id) as session:
                await TAKERS[type(event)](session, event)

    async def plan(self, *servants: UUID, actual: int | None = 105) -> None:
        """The plan of each is set, and its last actuals are reported."""
        for servant in servants:
            about: dict[str, Any] = {
                "tenant_id": self.tenant_id,
                "plan_id": new_id(),
                "cycle_id": self.cycle_id,
                "servant_id": servant,
            }
            indicator = IndicatorState(
                id=new_id(),
                statement="Laporan selesai",
                unit="laporan",
                weight=Decimal(100),
                direction=Direction.HIGHER_BETTER,
                target_lo=Decimal(100),
                target_hi=Decimal(100),
            )
            reported = indicator.model_copy(update={"actual": None if actual is None else Decimal(actual)})
            await self.take(
                PlanSet(**about, version=1, set_by=self.rater, by_superior=False, late=False, indicators=(indicator,)),
                ActualsReported(**about, period=2, final=True, automatic=actual is None, indicators=(reported,)),
            )

    async def assess(self, servant: UUID, by: UUID, *, points: int = 95, status: int = 0, **change: Any) -> Any:
        """The superior's assessment, the same points for everything."""
        body = RATINGS | {"scores": dict.fromkeys(self.codes, points)} | change
        return await self.post(by, f"/appraisals/{self.appraisals[servant]}/assessments", body, status=status)

    async def assess_as_peer(self, servant: UUID, by: UUID, *, points: int = 95, status: int = 0) -> Any:
        body = {"scores": dict.fromkeys(self.codes, points)}
        return await self.post(by, f"/appraisals/{self.appraisals[servant]}/assessments", body, status=status)

    async def peers(self, servant: UUID) -> list[UUID]:
        """Who was asked to assess, from the obligations."""
        return [row["debtor_id"] for row in await self.obligations("ASSESS_PEER", servant)]

    async def colleagues_answer(self, *, points: int = 95) -> None:
        """Everybody who still owes an anonymous assessment gives it, and the sweep computes what waited for that."""
        for row in await self.obligations("ASSESS_PEER"):
            if row["state"] == "OPEN":
                await self.assess_as_peer(row["about_id"], row["debtor_id"], points=points)
        await self.sweep()

    async def obligations(self, kind: str, about: UUID | None = None) -> list[dict[str, Any]]:
        """Obligations of a kind, of one person if named."""
        looking = text("select * from obligations where kind = :kind order by debtor_id")
        async with self.database.transaction(self.tenant_id) as session:
            rows = (await session.execute(looking, {"kind": kind})).mappings().all()
        return [dict(row) for row in rows if about is None or row["about_id"] == about]

    async def read(self, servant: UUID, by: UUID | None = None) -> Any:
        return await self.get(by or self.office.office, f"/appraisals/{self.appraisals[servant]}")

    async def issue(self, servant: UUID, by: UUID, *, status: int = 0) -> Any:
        body = {"cycle_id": str(self.cycle_id), "appraisal_ids": [str(self.appraisals[servant])], "note": "dibahas"}
        return await self.post(by, "/results/issue", body, status=status)

    async def results(self, servant: UUID) -> list[Any]:
        found = await self.get(self.office.office, "/results", servant_id=str(servant))
        return sorted(found["items"], key=lambda one: one["version"])

    async def deliver(self, servant: UUID) -> ResultIssued:
        """Notify delivers the newest result."""
        issued = [one for one in await emitted_of(self.database, ResultIssued) if one.servant_id == servant][-1]
        await self.take(
            NoticeDelivered(
                tenant_id=self.tenant_id,
                notice_id=new_id(),
                person_id=servant,
                about_event=new_id(),
                about_type=ResultIssued.ce_type(),
                about_id=issued.result_id,
                delivered_at=self.clock.now(),
            )
        )
        return issued

    async def provisional(self, servant: UUID, **change: Any) -> None:
        """Everything is in for a person whose city asks the superior alone."""
        await self.plan(servant)
        await self.assess(servant, self.office.rater(servant) or self.office.office, **change)

    async def received(self, servant: UUID, **change: Any) -> ResultIssued:
        """The result was issued by the rater, delivered and acknowledged."""
        await self.provisional(servant, **change)
        await self.issue(servant, self.office.rater(servant) or self.office.office)
        issued = await self.deliver(servant)
        await self.post(servant, f"/results/{issued.result_id}/acknowledgement")
        return issued

    async def objected(self, servant: UUID, result_id: UUID) -> None:
        """Feedback tells that an objection was filed."""
        now = self.clock.now()
        await self.take(
            ObjectionFiled(
                **self._objection(servant, result_id),
                rater_id=self.office.rater(servant) or self.office.office,
                authority_id=self.office.authority(servant) or self.office.office,
                filed_at=now,
                statements_by=now,
                decide_by=now,
            )
        )

    async def decided(
        self, servant: UUID, result_id: UUID, *, result_rating: Rating | None = None, scores: Sequence[ScoreChange] = ()
    ) -> None:
        """Feedback tells the decision: amended if a rating is named, or a score."""
        amended = result_rating is not None or scores
        decision = Decision(
            outcome=ObjectionOutcome.AMENDED if amended else ObjectionOutcome.UPHELD,
            reason="Bukti dukung diperiksa kembali",
            result_rating=result_rating,
        )
        authority = self.office.authority(servant) or self.office.office
        body = self._objection(servant, result_id)
        await self.take(ObjectionDecided(**body, authority_id=authority, decision=decision, scores=tuple(scores)))

    def _objection(self, servant: UUID, result_id: UUID) -> dict[str, Any]:
        return {
            "tenant_id": self.tenant_id,
            "cycle_id": self.cycle_id,
            "servant_id": servant,
            "objection_id": new_id(),
            "appraisal_id": self.appraisals[servant],
            "result_id": result_id,
        }

    def now(self) -> datetime:
        return self.clock.now()


INSPECTORATE = new_id()
NEW_CYCLE = {"period_start": "2026-01-01", "months": 6}


async def scene(
    database: Database,
    client_of: ClientOf,
    clock: SetClock,
    place: str = "palembang",
    *,
    policy: Policy | None = None,
    kind: type[Office] = Office,
) -> Scene:
    """An office of a place whose half-year cycle was opened and whose people are enrolled."""
    office = await people.people(database, place, policy=policy or policy_of(place), kind=kind)
    if place == "dumai":
        await _of_the_inspectorate(database, office)
    made = Scene(database, client_of("evaluation", database), clock, office)
    cycle = await made.post(office.office, "/cycles", NEW_CYCLE | {"scope": office.policy.scope})
    made.cycle_id = UUID(cycle["id"])
    await made.does.enrol_members(CycleAsk(tenant_id=office.tenant_id, cycle_id=made.cycle_id))
    for event in await emitted_of(database, MembersEnrolled):
        if event.cycle_id == made.cycle_id:
            made.appraisals |= {one.servant_id: one.appraisal_id for one in event.members}
    return made


async def _of_the_inspectorate(database: Database, office: Office) -> None:
    """Dumai's panel works in a unit of its own and is rated by the secretary: it is independent of the office (DMI-4)."""
    unit, everybody = master_data(office)[0], [one for one in master_data(office) if isinstance(one, ServantRecorded)]
    assert isinstance(unit, UnitRecorded)
    own = {"unit_id": INSPECTORATE, "code": "INSPEKTORAT", "name": "Inspektorat"}
    away = {"unit_id": INSPECTORATE, "revision": 2, "rater_id": office.sekda, "authority_id": None}
    panel = [one.model_copy(update=away) for one in everybody if one.servant_id in office.panel]
    async with database.transaction(office.tenant_id) as session:
        await take.take_master_data(session, [unit.model_copy(update=own), *panel])


async def evaluating(
    database: Database,
    client_of: ClientOf,
    clock: SetClock,
    place: str = "palembang",
    *,
    policy: Policy | None = None,
    kind: type[Office] = Office,
) -> Scene:
    """The same, in its evaluation phase."""
    made = await executing(database, client_of, clock, place, policy=policy, kind=kind)
    await evaluate(made)
    return made


async def executing(
    database: Database,
    client_of: ClientOf,
    clock: SetClock,
    place: str = "palembang",
    *,
    policy: Policy | None = None,
    kind: type[Office] = Office,
) -> Scene:
    """The same, while the work is carried out."""
    made = await scene(database, client_of, clock, place, policy=policy, kind=kind)
    await made.through(Phase.PREPARATION, Phase.PLANNING)
    await made.lead(Phase.EXECUTION)
    return made


async def evaluate(made: Scene) -> None:
    """The work is over, and its evaluation opens."""
    made.clock.set(datetime.combine(date(2026, 7, 1), made.now().timetz()))
    await made.end(Phase.EXECUTION)
    await made.lead(Phase.EVALUATION)


async def in_february(database: Database, client_of: ClientOf, clock: SetClock) -> Scene:
    """Dumai in its execution: a visit is scheduled, it is Monday the 2nd of February 2026."""
    made = await executing(database, client_of, clock, "dumai")
    clock.set(datetime.combine(date(2026, 2, 2), made.now().timetz()))
    return made
