"""Probes of evaluation: results in Palembang, peers and a finding in Sawahlunto, a visit in Dumai, periods in Binjai."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.base import Phase, Role, new_id
from contracts.registry.holders import AccountRecorded
from kinerja.commands.places import policy as policy_of
from kit.db import Database
from services.evaluation.provinces.commands import Officials
from services.evaluation.provinces.rules import province_of
from tests.conftest import ClientOf
from tests.permissions.probing import ANYONE, People, Probe, more_time
from tests.services.evaluation.scene import NEW_CYCLE, RATINGS, Scene, evaluate, executing
from tests.services.evaluation.visits import FINDINGS, REPLIES, answers
from tests.support.clock import MONDAY, SetClock
from tests.support.holders import declare, withdraw
from tests.support.policies import quarterly


async def probes(database: Database, client_of: ClientOf, clock: SetClock) -> AsyncIterator[Probe]:
    """Four cities beside one another; the clock begins anew for each."""
    parts = (("palembang", _results), ("sawahlunto", _peers), ("dumai", _visits), ("binjai", _periods))
    for place, part in parts:
        clock.set(MONDAY)
        here = await executing(database, client_of, clock, place, policy=quarterly(policy_of(place)))
        await declare(database, here.office.tenant_id, here.office.holders)
        if place == "sawahlunto":
            async for probe in _nominations(here):
                yield probe
        await evaluate(here)
        async for probe in part(here):
            yield probe


async def _results(here: Scene) -> AsyncIterator[Probe]:
    first, second, third = here.office.staff[:3]
    await here.lead(Phase.DISCLOSURE)
    await here.provisional(first)
    received = await here.received(second)
    await here.provisional(third)
    await here.issue(third, here.rater)
    waiting = {"result_id": (await here.deliver(third)).result_id}
    signing = {"cycle_id": str(here.cycle_id), "appraisal_ids": [str(here.appraisals[first])]}
    around = People.of(here.office, second)
    one: dict[str, Any] = {"ids": {"result_id": received.result_id}, "people": around}
    hers = {"appraisal_id": here.appraisals[second]}
    yield Probe(method="GET", route="/journal", query={"subject": str(second)}, people=around)
    yield Probe(method="GET", route="/operations", people=around)
    yield Probe(method="GET", route="/journal/verification", people=around)
    yield Probe(method="GET", route="/lookups", people=around)
    yield Probe(method="GET", route="/province/cities", people=await _province(here, around))
    yield Probe(method="GET", route="/appraisals", people=around)
    yield Probe(method="GET", route="/appraisals/{appraisal_id}", ids=hers, people=around)
    yield Probe(method="POST", route="/results/issue", body=signing, people=People.of(here.office, first))
    yield Probe(method="GET", route="/results", people=around)
    yield Probe(method="GET", route="/results/{result_id}", **one)
    yield Probe(method="GET", route="/results/{result_id}/explanation", **one)
    yield Probe(
        method="POST",
        route="/results/{result_id}/acknowledgement",
        ids=waiting,
        people=People.of(here.office, third),
    )
    person: dict[str, Any] = {"ids": {"servant_id": second}, "people": around}
    yield Probe(method="GET", route="/servants/{servant_id}/profile", **person)
    yield Probe(method="GET", route="/servants/{servant_id}/profile/download", **person)
    yield Probe(method="GET", route="/servants/{servant_id}/credit-points", **person)
    balance = {"level": "AHLI_MUDA", "points": 50, "as_of": "2025-12-31", "document": "PAK 800/1/2025"}
    route = "/servants/{servant_id}/credit-balance"
    yield Probe(method="PUT", route=route, body=balance, concerns=second, **person)
    for part in (_cycles, _steering, _proposals, _end):
        async for probe in part(here, around):
            yield probe


async def _province(here: Scene, around: People) -> People:
    """The same people, signed in for the province; the city has declared the official."""
    account = AccountRecorded(
        tenant_id=here.tenant_id,
        account_id=here.office.holders[Role.PROVINCE],
        revision=1,
        name="Pejabat provinsi",
        email="",
        roles=(Role.PROVINCE,),
    )
    await Officials(here.database).take(account, new_id())
    return People(province_of(here.tenant_id), around.kinds)


async def _cycles(here: Scene, around: People) -> AsyncIterator[Probe]:
    performance = {"items": [{"unit_id": str(here.office.unit_id), "performance": "GOOD"}]}
    one: dict[str, Any] = {"ids": {"cycle_id": here.cycle_id}, "people": around}
    opening = NEW_CYCLE | {"scope": here.office.policy.scope}
    yield Probe(method="POST", route="/cycles", body=opening, people=around)
    yield Probe(method="GET", route="/cycles", people=around)
    new = {"scope": here.office.policy.scope, "period_start": "2027-01-01", "months": "6"}
    yield Probe(method="GET", route="/cycle-preview", query=new, people=around)
    yield Probe(method="GET", route="/cycle-preview/people", query=new, people=around)
    yield Probe(method="GET", route="/cycles/{cycle_id}", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/units", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/summary", **one)
    yield Probe(
        method="POST", route="/cycles/{cycle_id}/org-performance", body=performance, concerns=here.office.head, **one
    )
    yield Probe(method="GET", route="/cycles/{cycle_id}/fairness", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/fairness/mine", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/fairness/branch", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/distribution", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/competences", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/outliers", **one)
    trial = {"policy": here.office.policy.model_dump(mode="json")}
    yield Probe(method="POST", route="/cycles/{cycle_id}/recomputation", body={}, **one)
    yield Probe(method="POST", route="/cycles/{cycle_id}/simulation", body=trial, **one)


async def _steering(here: Scene, around: People) -> AsyncIterator[Probe]:
    one: dict[str, Any] = {"ids": {"cycle_id": here.cycle_id}, "people": around}
    because = {"reason": "gangguan listrik"}
    longer = because | {"phase": "DISCLOSURE", "until": "2026-12-28"}
    yield Probe(method="GET", route="/cycles/{cycle_id}/standing", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/interventions", **one)
    yield Probe(method="POST", route="/cycles/{cycle_id}/pause", body=because, **one)
    yield Probe(method="POST", route="/cycles/{cycle_id}/extension", body=longer, **one)
    yield Probe(method="POST", route="/cycles/{cycle_id}/more-time", body=more_time(here.office.staff[1]), **one)
    yield Probe(method="POST", route="/cycles/{cycle_id}/cancellation", body=because, **one)
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/pause", because)
    yield Probe(method="POST", route="/cycles/{cycle_id}/resume", body=because, **one)
    await here.post(here.office.office, f"/cycles/{here.cycle_id}/resume", because)


async def _proposals(here: Scene, around: People) -> AsyncIterator[Probe]:
    await here.lead(Phase.FINALISATION)
    await here.sweep(days=30)  # the time to object is over
    proposal = (await here.get(here.office.office, "/proposals"))["items"][0]
    decision = {"proposal_ids": [proposal["id"]], "accepted": True, "reason": "sudah dibahas"}
    yield Probe(method="GET", route="/proposals", people=around)
    about = UUID(proposal["servant_id"])
    deciding: dict[str, Any] = {"method": "POST", "route": "/proposals/decisions", "body": decision, "concerns": about}
    yield Probe(people=around.but("office"), **deciding)
    await withdraw(here.database, here.office.tenant_id, here.office.holders)
    yield Probe(people=around, **deciding)
    await declare(here.database, here.office.tenant_id, here.office.holders, revision=3)
    async for probe in _practices(here, around):
        yield probe


async def _practices(here: Scene, around: People) -> AsyncIterator[Probe]:
    servant = here.office.staff[1]
    proof = {"kind": "LINK", "title": "Laporan", "reference": "https://contoh.go.id/laporan"}
    told = {"appraisal_id": str(here.appraisals[servant]), "title": "Loket", "what": "a", "where": "b"}
    body = told | {"evidence": [proof]}
    yield Probe(method="POST", route="/practices", body=body | {"title": "Loket lain"}, people=around)
    practice = await here.post(servant, "/practices", body)
    one: dict[str, Any] = {"ids": {"practice_id": practice["id"]}, "people": around}
    publish = {"act": "PUBLISH", "reason": "dapat ditiru"}
    yield Probe(method="GET", route="/practices", people=around)
    yield Probe(method="POST", route="/practices/{practice_id}/decision", body=publish, concerns=servant, **one)
    await here.post(here.office.office, f"/practices/{practice['id']}/decision", publish)
    yield Probe(method="GET", route="/practices/{practice_id}", **one)


async def _end(here: Scene, around: People) -> AsyncIterator[Probe]:
    await here.lead(Phase.SYSTEM_REVIEW)
    one: dict[str, Any] = {"ids": {"cycle_id": here.cycle_id}, "people": around}
    action = {"what": "Formulir dipersingkat", "until": "2026-12-31"}
    action |= {"responsible_id": str(around.kinds["self"][0])}
    review = {"findings": "Formulir terlalu panjang", "actions": [action]}
    upward = {"recipient": "Sekretaris Daerah", "missing_reason": "masih dinilai"}
    yield Probe(method="POST", route="/cycles/{cycle_id}/upward-report", body=upward, **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/upward-reports", **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/export", **one)
    async for probe in _batches(here, around):
        yield probe
    yield Probe(method="POST", route="/cycles/{cycle_id}/review", body=review, **one)
    yield Probe(method="GET", route="/cycles/{cycle_id}/review", **one)
    kept = await here.post(here.office.office, f"/cycles/{here.cycle_id}/review", review)
    decided: dict[str, Any] = {"ids": {"action_id": kept["actions"][0]["id"]}, "people": around}
    said = {"done": True, "word": "Sudah berlaku"}
    yield Probe(method="GET", route="/review-actions", people=around)
    yield Probe(method="POST", route="/review-actions/{action_id}/mark", body=said, **decided)


async def _batches(here: Scene, around: People) -> AsyncIterator[Probe]:
    """What is final goes to the national application."""
    cycle: dict[str, Any] = {"ids": {"cycle_id": here.cycle_id}, "people": around}
    yield Probe(method="POST", route="/cycles/{cycle_id}/national-batches", body={}, **cycle)
    made = await here.post(here.office.office, f"/cycles/{here.cycle_id}/national-batches")
    yield Probe(method="GET", route="/cycles/{cycle_id}/national-batches", **cycle)
    yield Probe(method="GET", route="/cycles/{cycle_id}/national-batches/preview", **cycle)
    one: dict[str, Any] = {"ids": {"batch_id": made["id"]}, "people": around}
    yield Probe(method="GET", route="/national-batches/{batch_id}", **one)
    for what in ("rows", "held", "download"):
        yield Probe(method="GET", route=f"/national-batches/{{batch_id}}/{what}", **one)
    yield Probe(method="POST", route="/national-batches/{batch_id}/sending", body={}, **one)
    row = (await here.get(here.office.office, f"/national-batches/{made['id']}/rows"))["items"][0]["record"]
    names = ("nip", "tahun", "bulanMulaiPenilaian", "bulanSelesaiPenilaian")
    table = f"{','.join(names)},status\n{','.join(str(row[name]) for name in names)},DITERIMA\n"
    files = [("files", ("jawaban.csv", table.encode()))]
    yield Probe(method="POST", route="/national-batches/{batch_id}/answers", files=files, **one)


async def _nominations(here: Scene) -> AsyncIterator[Probe]:
    """While the work is carried out, Ani has named a colleague."""
    named, route = [str(here.office.staff[1])], "/appraisals/{appraisal_id}/nominations"
    path = f"/appraisals/{here.appraisals[here.ani]}/nominations"
    await here.call("PUT", here.ani, path, {"colleagues": named})
    around = People.of(here.office, here.ani)
    one: dict[str, Any] = {"ids": {"appraisal_id": here.appraisals[here.ani]}, "people": around}
    yield Probe(method="GET", route=route, **one)
    yield Probe(method="PUT", route=route, body={"colleagues": named}, **one)
    yield Probe(method="PUT", route=f"{route}/answer", body={"approved": named}, **one)


async def _peers(here: Scene) -> AsyncIterator[Probe]:
    peer, finding = (await here.peers(here.ani))[0], here.office.staff[1]
    await here.plan(here.ani, finding)
    scores = {"scores": dict.fromkeys(here.codes, 90)}
    everybody = People.of(here.office, here.ani, peer=peer, debtor=here.office.panel[1])
    stranger = People(everybody.city, {**everybody.kinds, ANYONE: (here.office.sekda, ())})  # all staff are peers
    superiors = stranger.only("self", "rater", "authority", "debtor", "panel", "office", ANYONE)
    one: dict[str, Any] = {"ids": {"appraisal_id": here.appraisals[here.ani]}}
    route = "/appraisals/{appraisal_id}/assessments"
    yield Probe(method="GET", route="/appraisals/{appraisal_id}/form", people=stranger, **one)
    yield Probe(method="GET", route="/appraisals/{appraisal_id}/competences", people=stranger, **one)
    yield Probe(method="GET", route="/appraisals/{appraisal_id}", people=stranger, **one)
    for method in ("POST", "PUT"):
        yield Probe(method=method, route=route, body=RATINGS | scores, people=superiors, **one)
        yield Probe(method=method, route=route, body=scores, people=stranger.only("self", "peer", ANYONE), **one)
    async for probe in _finding(here, finding):
        yield probe


async def _finding(here: Scene, servant: UUID) -> AsyncIterator[Probe]:
    """Superior and colleagues are far apart: the office looks at it, asks, and the rater answers or revises."""
    await here.assess(servant, here.rater, points=110)
    await here.colleagues_answer(points=20)
    around, reason = People.of(here.office, servant, debtor=here.office.panel[1]), {"reason": "sudah diperiksa"}
    around = People(around.city, {**around.kinds, ANYONE: (here.office.sekda, ())})
    [found] = (await here.get(here.office.office, "/moderations"))["items"]
    one: dict[str, Any] = {"ids": {"moderation_id": found["id"]}, "people": around}
    appraisal: dict[str, Any] = {"ids": {"appraisal_id": here.appraisals[servant]}, "people": around}
    question = {"question": "mengapa berbeda jauh?"}
    yield Probe(method="GET", route="/moderations", people=around)
    yield Probe(method="GET", route="/moderations/{moderation_id}", **one)
    yield Probe(method="GET", route="/moderations/{moderation_id}/revisions", **one)
    yield Probe(method="POST", route="/appraisals/{appraisal_id}/moderation", body=reason, **appraisal)
    yield Probe(method="POST", route="/moderations/{moderation_id}/question", body=question, **one)
    yield Probe(method="POST", route="/moderations/{moderation_id}/closing", body=reason, **one)
    await here.post(here.office.office, f"/moderations/{found['id']}/question", question)
    yield Probe(method="POST", route="/moderations/{moderation_id}/answer", body=reason, **one)
    revised = RATINGS | reason | {"scores": dict.fromkeys(here.codes, 70)}
    yield Probe(method="POST", route="/appraisals/{appraisal_id}/revision", body=revised, **appraisal)


async def _visits(here: Scene) -> AsyncIterator[Probe]:
    (visit,) = (await here.get(here.office.office, "/visits"))["items"]
    around = People.of(here.office, here.ani)
    observed = People.of(here.office, here.office.head)
    one: dict[str, Any] = {"ids": {"visit_id": visit["id"]}, "people": observed}
    hers = {"appraisal_id": here.appraisals[here.ani]}
    held = {"held_on": "2026-06-30", "checklist": answers(here), "findings": FINDINGS}
    due = {"visit_on": visit["scheduled_for"][:10]}
    yield Probe(method="GET", route="/appraisals/{appraisal_id}/form", ids=hers, people=around)
    yield Probe(method="GET", route="/visits", people=around)
    yield Probe(method="GET", route="/visits/{visit_id}", **one)
    clock = here.clock.now()
    here.clock.set(datetime.fromisoformat(visit["scheduled_for"]))
    yield Probe(method="POST", route="/visits/{visit_id}/date", body=due, **one)
    async for probe in _panels(here, visit, observed):
        yield probe
    here.clock.set(clock)
    yield Probe(method="POST", route="/visits/{visit_id}/report", body=held, **one)
    await here.post(here.office.panel[0], f"/visits/{visit['id']}/report", held)
    # The colleague without a part in it is one of those observed, who read it from now on.
    concerned = around.only("self", "rater", "authority", "debtor", "panel", "office")
    yield Probe(method="GET", route="/visits/{visit_id}", ids=one["ids"], people=concerned)
    yield Probe(method="POST", route="/visits/{visit_id}/response", body={"comment": "Sependapat"}, **one)
    await here.post(here.office.head, f"/visits/{visit['id']}/response", {"items": REPLIES})
    items = [{"appraisal_id": str(here.appraisals[here.ani]), "scores": dict.fromkeys(here.codes, 90)}]
    assessing = one | {"people": around}
    yield Probe(method="POST", route="/visits/{visit_id}/assessments", body={"items": items}, **assessing)


async def _panels(here: Scene, visit: Any, observed: People) -> AsyncIterator[Probe]:
    """While the visit is scheduled."""
    because = {"reason": "Pernah bekerja di sana"}
    named = because | {"panel": [str(one) for one in here.office.panel]}
    ordered = named | {"unit_id": visit["unit_id"], "visit_on": visit["scheduled_for"][:10]}
    declared = because | {"unit_id": visit["unit_id"]}
    yield Probe(method="GET", route="/panel-conflicts", people=observed)
    yield Probe(method="POST", route="/panel-conflicts", body=declared, people=observed)
    about: dict[str, Any] = {"people": observed, "concerns": here.office.head}
    yield Probe(
        method="POST", route="/cycles/{cycle_id}/visits", ids={"cycle_id": here.cycle_id}, body=ordered, **about
    )
    yield Probe(method="POST", route="/visits/{visit_id}/panel", ids={"visit_id": visit["id"]}, body=named, **about)


async def _periods(here: Scene) -> AsyncIterator[Probe]:
    around = People.of(here.office, here.ani)
    one = {"appraisal_id": here.appraisals[here.ani]}
    given = {"result_rating": "MEETS", "behaviour_rating": "MEETS", "note": "triwulan pertama"}
    yield Probe(method="GET", route="/appraisals/{appraisal_id}/periods", ids=one, people=around)
    yield Probe(
        method="POST",
        route="/appraisals/{appraisal_id}/periods/{number}",
        ids=one | {"number": 1},
        body=given,
        people=around,
    )
    everybody = given | {"items": [{"appraisal_id": str(here.appraisals[here.ani])}]}
    of_the_cycle = {"cycle_id": here.cycle_id, "number": 1}
    yield Probe(
        method="POST", route="/cycles/{cycle_id}/periods/{number}", ids=of_the_cycle, body=everybody, people=around
    )
