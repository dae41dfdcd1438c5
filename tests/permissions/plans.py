"""Probes of the plans service: a plan in each of its states, a report, an initiative, a dialogue."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from contracts.base import Phase, new_id
from contracts.evaluation.visits import VisitScheduled
from contracts.policy import LogApproval, LogRule
from kit.db import Database
from services.plans.visits import commands as visits
from tests.conftest import ClientOf
from tests.permissions.probing import People, Probe, more_time
from tests.services.plans.stage import TALK, Stage, content
from tests.support import people, policies
from tests.support.clock import SetClock
from tests.support.holders import declare
from tests.support.tables import csv_of

ENTRY = {"day": "2026-01-05", "text": "Memeriksa berkas masuk", "minutes": 240}
INITIATIVE = {"kind": "INNOVATION", "title": "Loket", "description": "Antrean daring", "benefit": "Lebih cepat"}


async def probes(database: Database, client_of: ClientOf) -> AsyncIterator[Probe]:
    """The office of Dumai: the first drafts, the second has proposed, the third's plan is set."""
    weekly = {"log": LogRule(approval=LogApproval.WEEKLY)}
    office = await people.people(database, "dumai", policy=policies.policy("dumai").model_copy(update=weekly))
    await declare(database, office.tenant_id, office.holders)
    client = client_of("plans", database)
    # The half-year before, in which the first person's plan was set.
    past = await people.open_cycle(database, office, start=date(2025, 7, 1), end=date(2025, 12, 31))
    earlier = Stage(database, client, office, past)
    await earlier.open(Phase.PLANNING)
    await earlier.made_set()
    stage = Stage(database, client, office, await people.open_cycle(database, office))
    await stage.open(Phase.PLANNING)
    for part in (_draft, _proposal, _community, _reports, _visits, _initiatives):
        async for probe in part(stage):
            yield probe


async def _draft(stage: Stage) -> AsyncIterator[Probe]:
    servant = stage.office.staff[0]
    plan_id = (await stage.plan(servant)).id
    around = People.of(stage.office, servant)
    one: dict[str, Any] = {"ids": {"plan_id": plan_id}, "people": around}
    yield Probe(method="GET", route="/journal", query={"subject": str(servant)}, people=around)
    yield Probe(method="GET", route="/operations", people=around)
    yield Probe(method="GET", route="/journal/verification", people=around)
    yield Probe(method="GET", route="/lookups", people=around)
    async for probe in _templates(stage, one):
        yield probe
    async for probe in _trials(stage, around):
        yield probe
    await stage.put(servant, f"/plans/{plan_id}", content())
    yield Probe(method="GET", route="/plans", people=around)
    yield Probe(method="GET", route="/plans/{plan_id}", **one)
    yield Probe(method="PUT", route="/plans/{plan_id}", body=content(), **one)
    yield Probe(method="POST", route="/plans/{plan_id}/proposal", **one)
    yield Probe(method="GET", route="/plans/{plan_id}/versions", **one)
    yield Probe(method="GET", route="/plans/{plan_id}/goals", **one)
    yield Probe(method="POST", route="/plans/{plan_id}/activities", body={"entries": [ENTRY]}, **one)
    yield Probe(method="GET", route="/plans/{plan_id}/activities", **one)
    yield Probe(method="GET", route="/plans/{plan_id}/activities/copies", **one)
    log = csv_of([["Tanggal", "Uraian Kegiatan", "Durasi (menit)"], ["2026-01-05", "Menyusun agenda", 60]])
    yield Probe(method="POST", route="/plans/{plan_id}/activities/file", files=[("files", ("log.csv", log))], **one)
    await stage.post(servant, f"/plans/{plan_id}/activities", {"entries": [ENTRY | {"text": "Rapat loket"}]})
    yield Probe(method="GET", route="/plans/{plan_id}/activities/download", **one)
    yield Probe(method="GET", route="/plans/{plan_id}/activities/weeks", **one)
    week = {"week": ENTRY["day"], "decision": "APPROVED", "plan_ids": [str(plan_id)]}
    ids = {"cycle_id": stage.cycle.id}
    yield Probe(method="POST", route="/cycles/{cycle_id}/log-decisions", ids=ids, body=week, people=around)
    cycle: dict[str, Any] = {"ids": {"cycle_id": stage.cycle.id}, "people": around}
    yield Probe(method="GET", route="/cycles/{cycle_id}/board", **cycle)
    yield Probe(method="GET", route="/cycles/{cycle_id}/board/people", **cycle)
    yield Probe(method="POST", route="/cycles/{cycle_id}/more-time", body=more_time(servant), **cycle)


async def _templates(stage: Stage, empty: dict[str, Any]) -> AsyncIterator[Probe]:
    """One that the rater keeps; the plan is empty yet."""
    body = content() | {"position": "Pelaksana", "name": "Loket"}
    kept = (await stage.post(stage.rater, "/plan-templates", body)).json()["id"]
    around = empty["people"]
    yield Probe(method="POST", route="/plan-templates", body=body | {"name": "Arsip"}, people=around)
    yield Probe(method="GET", route="/plan-templates", people=around)
    yield Probe(method="POST", route="/plans/{plan_id}/start", body={"template_id": kept}, **empty)
    yield Probe(method="POST", route="/plans/{plan_id}/copy", body={}, **empty)
    given: dict[str, Any] = {"ids": {"template_id": kept}, "people": around}
    whom = {"cycle_id": str(stage.cycle.id)}
    yield Probe(method="GET", route="/plan-templates/{template_id}/assignment", query=whom, **given)
    yield Probe(method="POST", route="/plan-templates/{template_id}/assignment", body=whom, **given)
    for keeper in (stage.rater, stage.authority):
        own = (await stage.post(keeper, "/plan-templates", body | {"name": f"Punya {keeper}"})).json()["id"]
        ids = {"template_id": own}
        yield Probe(method="POST", route="/plan-templates/{template_id}/retirement", ids=ids, people=around)


async def _trials(stage: Stage, around: People) -> AsyncIterator[Probe]:
    """Of the servant, and seen by nobody else."""
    body = {"name": "Coba", "indicators": content()["results"][0]["indicators"]}
    kept = (await stage.post(around.kinds["self"][0], "/trial-plans", body)).json()
    one: dict[str, Any] = {"ids": {"trial_id": kept["id"]}, "people": around}
    yield Probe(method="POST", route="/trial-plans", body=body, people=around)
    yield Probe(method="GET", route="/trial-plans", people=around)
    yield Probe(method="GET", route="/trial-plans/{trial_id}", **one)
    yield Probe(method="PUT", route="/trial-plans/{trial_id}", body=body, **one)
    yield Probe(method="POST", route="/trial-plans/{trial_id}/removal", **one)


async def _samples(stage: Stage, one_plan: dict[str, Any]) -> AsyncIterator[Probe]:
    """The one plan that is set, drawn by the office."""
    route, around = f"/cycles/{stage.cycle.id}/plan-samples", one_plan["people"]
    drawn = (await stage.post(stage.office.office, route, {"seed": "undian"})).json()["id"]
    cycle: dict[str, Any] = {"ids": {"cycle_id": stage.cycle.id}, "people": around}
    yield Probe(method="POST", route="/cycles/{cycle_id}/plan-samples", body={"seed": "lain"}, **cycle)
    yield Probe(method="GET", route="/cycles/{cycle_id}/plan-samples", **cycle)
    ids = {"sample_id": drawn} | one_plan["ids"]
    for part in ("plans", "lots", "redraw"):
        yield Probe(method="GET", route=f"/plan-samples/{{sample_id}}/{part}", ids={"sample_id": drawn}, people=around)
    yield Probe(
        method="POST",
        route="/plan-samples/{sample_id}/plans/{plan_id}/finding",
        ids=ids,
        body={"finding": "IN_ORDER"},
        people=around,
    )


async def _proposed(stage: Stage, servant: UUID) -> tuple[UUID, str]:
    """The plan was proposed and talked about: the plan and the dialogue."""
    plan_id = (await stage.plan(servant)).id
    await stage.put(servant, f"/plans/{plan_id}", content())
    await stage.post(servant, f"/plans/{plan_id}/proposal")
    dialogue = await stage.post(stage.rater, f"/plans/{plan_id}/dialogues", TALK)
    return plan_id, dialogue.json()["id"]


async def _proposal(stage: Stage) -> AsyncIterator[Probe]:
    plan_id, dialogue_id = await _proposed(stage, stage.office.staff[1])
    around = People.of(stage.office, stage.office.staff[1])
    one: dict[str, Any] = {"ids": {"plan_id": plan_id}, "people": around}
    yield Probe(method="POST", route="/plans/{plan_id}/return", body={"reason": "Target belum terukur"}, **one)
    yield Probe(method="POST", route="/plans/{plan_id}/setting", **one)
    yield Probe(method="POST", route="/plans/setting", body={"plan_ids": [str(plan_id)]}, people=around)
    yield Probe(method="POST", route="/plans/{plan_id}/dialogues", body=TALK, **one)
    recorded = await stage.post(stage.office.staff[1], f"/plans/{plan_id}/dialogues", TALK | {"summary": "Kata saya"})
    for one_side in (dialogue_id, recorded.json()["id"]):
        ids = {"dialogue_id": one_side}
        yield Probe(method="POST", route="/dialogues/{dialogue_id}/confirmation", ids=ids, people=around)


async def _community(stage: Stage) -> AsyncIterator[Probe]:
    """A file that names the first person."""
    servant = stage.office.staff[0]
    async with stage.database.transaction(stage.city) as session:
        found = await session.execute(text("select nip from directory_people where id = :id"), {"id": servant})
        nip = str(found.scalar_one())
    file = csv_of([["Jenis", "Judul", "Rujukan", "Jumlah", "NIP"], ["Survei", "Loket", "SKM-3/2026", 120, nip]])
    one: dict[str, Any] = {"ids": {"cycle_id": stage.cycle.id}, "people": People.of(stage.office, servant)}
    route = "/cycles/{cycle_id}/community-responses"
    yield Probe(method="POST", route=route, files=[("files", ("rekap.csv", file))], **one)
    yield Probe(method="GET", route=route, **one)


async def _reports(stage: Stage) -> AsyncIterator[Probe]:
    servant = stage.office.staff[2]
    plan_id, _ = await _proposed(stage, servant)
    await stage.post(stage.rater, f"/plans/{plan_id}/setting")
    agreed = {"answer": "AGREED"}
    one_plan: dict[str, Any] = {"ids": {"plan_id": plan_id}, "people": People.of(stage.office, servant)}
    yield Probe(method="POST", route="/plans/{plan_id}/confirmation", body=agreed, **one_plan)
    async for probe in _samples(stage, one_plan):
        yield probe
    await stage.open(Phase.EXECUTION)
    report = (await stage.reports(plan_id))[0]
    form = (await stage.get(servant, f"/reports/{report.id}")).json()
    figures = {"actuals": [{"indicator_id": one["id"], "actual": "10"} for one in form["indicators"]]}
    around = People.of(stage.office, servant)
    amended = content() | {"reason": "Anggaran berubah"}
    one: dict[str, Any] = {"ids": {"report_id": report.id}, "people": around}
    yield Probe(
        method="POST", route="/plans/{plan_id}/amendment", ids={"plan_id": plan_id}, body=amended, people=around
    )
    yield Probe(method="GET", route="/reports/{report_id}", **one)
    yield Probe(method="POST", route="/reports/{report_id}", body=figures, **one)
    # Written in January it is a draft, which is confirmed on the last day of the quarter.
    await stage.post(servant, f"/reports/{report.id}", figures)
    now = stage.database.clock
    assert isinstance(now, SetClock)
    now.set(datetime(2026, 3, 31, 2, tzinfo=UTC))
    yield Probe(method="POST", route="/reports/{report_id}/confirmation", **one)
    yield Probe(method="GET", route="/reports/{report_id}/history", **one)


async def _visits(stage: Stage) -> AsyncIterator[Probe]:
    """A panel visits the unit; one person of it has a plan that is set."""
    office, visit_id = stage.office, new_id()
    about: dict[str, Any] = {
        "tenant_id": stage.city,
        "visit_id": visit_id,
        "cycle_id": stage.cycle.id,
        "unit_id": office.unit_id,
    }
    due = datetime(2026, 6, 1, 9, tzinfo=UTC)
    async with stage.database.transaction(stage.city) as session:
        await visits.take(session, VisitScheduled(**about, panel=office.panel[:1], due_at=due))
    around = People.of(office, office.staff[2])
    yield Probe(method="GET", route="/visits/{visit_id}/plans", ids={"visit_id": visit_id}, people=around)


async def _initiatives(stage: Stage) -> AsyncIterator[Probe]:
    servant = stage.office.staff[2]
    body = INITIATIVE | {"cycle_id": str(stage.cycle.id), "servant_id": str(servant)}
    recorded = (await stage.post(servant, "/initiatives", body)).json()
    around = People.of(stage.office, servant)
    yield Probe(method="POST", route="/initiatives", body=body, people=around)
    yield Probe(method="GET", route="/initiatives", people=around)
    ids = {"initiative_id": recorded["id"]}
    yield Probe(method="GET", route="/initiatives/{initiative_id}", ids=ids, people=around)
    survey = {"kind": "SURVEY", "title": "Survei loket", "reference": "SKM 3/2026", "count": 120}
    yield Probe(
        method="POST",
        route="/initiatives/{initiative_id}/evidence",
        ids={"initiative_id": recorded["id"]},
        body={"evidence": [survey]},
        people=around,
    )
    yield Probe(
        method="POST",
        route="/initiatives/{initiative_id}/verification",
        ids={"initiative_id": recorded["id"]},
        body={"recognised": True, "document": "SK 12/2026"},
        people=around,
    )
